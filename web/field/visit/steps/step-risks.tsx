import { useTranslation } from 'react-i18next'
import type { Cause } from '#contract/common.ts'
import { SelectField } from '../../ui/select-field.tsx'
import { TextField } from '../../ui/text-field.tsx'
import type { StepProps } from '../step-props.ts'

const causes = [
  'illness',
  'disability',
  'schooling',
  'disaster',
  'accident',
  'epidemic',
  'business-failure',
  'unstable-job',
  'labour-shortage',
  'housing',
  'water',
  'other',
] as const satisfies readonly Cause[]
const most = 5

/** Risks that no clue speaks of; mostly there are none. */
export function StepRisks({ draft, change, heading }: StepProps) {
  const { t } = useTranslation('field')
  const common = useTranslation().t
  const { newRisks } = draft
  const set = (at: number, changed: Partial<(typeof newRisks)[number]>) =>
    change({ newRisks: newRisks.map((risk, i) => (i === at ? { ...risk, ...changed } : risk)) })
  return (
    <>
      <h1 ref={heading} tabIndex={-1}>
        {t('form.risks')}
      </h1>
      <p>{t('form.risksLead')}</p>
      {newRisks.map((risk, at) => (
        <div key={risk.key} className="card-box">
          <SelectField
            label={t('form.riskCause')}
            options={causes.map((value) => ({ value, label: common(`cause.${value}`) }))}
            value={risk.cause}
            onChange={(cause) => set(at, { cause })}
          />
          <TextField
            label={t('form.riskNote')}
            value={risk.note}
            maxLength={300}
            lines={3}
            onChange={(note) => set(at, { note })}
          />
          <button
            type="button"
            className="plain"
            onClick={() => change({ newRisks: newRisks.filter((_, i) => i !== at) })}
          >
            {t('form.removeRisk')}
          </button>
        </div>
      ))}
      {newRisks.length < most && (
        <button
          type="button"
          onClick={() =>
            change({ newRisks: [...newRisks, { key: crypto.randomUUID(), cause: 'illness', note: '' }] })
          }
        >
          {t('form.addRisk')}
        </button>
      )}
    </>
  )
}
