import { useTranslation } from 'react-i18next'
import type { ClueOutcome, ExcludeReason, Visit } from '#contract/work/visits.ts'
import { RiskMark } from '#web/ui/words/risk-mark.tsx'
import { useText } from '#web/ui/words/use-text.ts'
import { Choice } from '../../ui/choice.tsx'
import { TextField } from '../../ui/text-field.tsx'
import type { DraftFinding } from '../../work/draft.ts'
import type { StepProps } from '../step-props.ts'
import { StepProof } from './step-proof.tsx'

const outcomes = ['confirm', 'exclude', 'solved'] as const satisfies readonly ClueOutcome[]
const reasons = [
  'cost-reimbursed',
  'income-sufficient',
  'supported-by-kin',
  'already-helped',
  'fact-wrong',
  'not-resident',
  'other',
] as const satisfies readonly ExcludeReason[]

/** What the visitors say to one clue. */
export function StepClue({ draft, change, heading, clue }: StepProps & { clue: Visit['clues'][number] }) {
  const { t } = useTranslation('field')
  const common = useTranslation().t
  const text = useText()
  const finding: DraftFinding = draft.findings[clue.id] ?? { outcome: null, reason: null, note: '' }
  const set = (changed: Partial<DraftFinding>) =>
    change({ findings: { ...draft.findings, [clue.id]: { ...finding, ...changed } } })
  const needsNote =
    finding.outcome === 'solved' || (finding.outcome === 'exclude' && finding.reason === 'other')
  const noteLabel = finding.outcome === 'solved' ? t('form.solvedNote') : t('form.findingNote')
  return (
    <>
      <h1 ref={heading} tabIndex={-1}>
        {t('form.clue', { cause: common(`cause.${clue.cause}`) })}
      </h1>
      <p className="why">
        <RiskMark risk={clue.level} size={18} /> {text(clue.why)}
      </p>
      <Choice
        legend={t('conflict.findings')}
        hideLegend
        options={outcomes.map((value) => ({ value, label: t(`form.outcomes.${value}`) }))}
        value={finding.outcome}
        onChange={(outcome) => set({ outcome })}
      />
      {finding.outcome === 'exclude' && (
        <Choice
          legend={t('form.why')}
          options={reasons.map((value) => ({ value, label: t(`form.reasons.${value}`) }))}
          value={finding.reason}
          onChange={(reason) => set({ reason })}
        />
      )}
      {finding.outcome === 'solved' && (
        <StepProof proof={finding.proof ?? null} onChange={(proof) => set({ proof })} />
      )}
      {finding.outcome !== null && (
        <TextField
          label={needsNote ? noteLabel : `${noteLabel} (${t('optional')})`}
          value={finding.note}
          maxLength={500}
          lines={3}
          onChange={(note) => set({ note })}
        />
      )}
      <p className="muted">{t('form.outcomeHint')}</p>
    </>
  )
}
