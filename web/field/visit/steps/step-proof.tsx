import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import type { Department } from '#contract/common.ts'
import { SelectField } from '../../ui/select-field.tsx'
import { TextField } from '../../ui/text-field.tsx'
import type { DraftFinding } from '../../work/draft.ts'

/** Those who solve what households are in trouble with, the most frequent first; the office may name any other. */
const departments = [
  ...(['YB', 'MZ', 'JY', 'ZJ', 'SL', 'RS', 'CL', 'WJ', 'YJ', 'NY'] as const),
  ...(['YH', 'GA', 'ZR', 'CZ', 'SJ', 'SW', 'XF', 'FP'] as const),
] as const satisfies readonly Department[]
const none = ''

interface StepProofProps {
  proof: NonNullable<DraftFinding['proof']> | null
  onChange(proof: NonNullable<DraftFinding['proof']>): void
}

/** What shows that a department solved it. */
export function StepProof({ proof, onChange }: StepProofProps) {
  const { t } = useTranslation('field')
  const common = useTranslation().t
  const day = useId()
  const now = proof ?? { department: null, doneOn: '', document: '' }
  return (
    <>
      <SelectField
        label={t('form.proof.department')}
        options={[
          { value: none, label: t('form.proof.choose') },
          ...departments.map((value) => ({ value, label: common(`department.${value}`) })),
        ]}
        value={now.department ?? none}
        onChange={(value) =>
          onChange({ ...now, department: departments.find((one) => one === value) ?? null })
        }
      />
      <div className="field">
        <label htmlFor={day}>{t('form.proof.doneOn')}</label>
        <input
          id={day}
          type="date"
          value={now.doneOn}
          onChange={(event) => onChange({ ...now, doneOn: event.target.value })}
        />
      </div>
      <TextField
        label={t('form.proof.document')}
        value={now.document}
        maxLength={100}
        onChange={(document) => onChange({ ...now, document })}
      />
    </>
  )
}
