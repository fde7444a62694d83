import { Input, Radio, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import type { z } from 'zod'
import {
  type ClueFinding,
  ClueOutcome,
  ExcludeReason,
  type SolvedProof,
  type Visit,
} from '#contract/work/visits.ts'
import { ProofFields } from './proof-fields.tsx'
import { ClueLine, FindingText } from './visit-report.tsx'

type Finding = z.infer<typeof ClueFinding>
export interface Draft {
  outcome: Finding['outcome'] | undefined
  reason: Finding['reason']
  note: string
  proof?: Partial<SolvedProof> | null
}

/** What is lacking before it can be handed in; `theirs` is what the visitors said, where somebody else decides. */
export function lackOf({ outcome, reason, note, proof }: Draft, theirs?: Finding['outcome']) {
  if (!outcome) return 'chooseOutcome'
  if (outcome === 'exclude' && reason === null) return 'chooseReason'
  if (outcome === 'solved' && !wholeProof(proof)) return 'noProof'
  if (note.trim() !== '') return undefined
  if (outcome === 'exclude' && reason === 'other') return 'noteOther'
  if (theirs && theirs !== outcome) return 'noteNeeded'
  return outcome === 'solved' && !theirs ? 'noteSolved' : undefined
}

/** The proof once all of it is there. */
export function wholeProof(proof: Draft['proof']): SolvedProof | null {
  const { department, doneOn, document = '' } = proof ?? {}
  return department && doneOn && document.trim() !== '' ? { department, doneOn, document } : null
}

/** What the note is for, shown before it is missed. */
function noteHint({ outcome, reason }: Draft, theirs?: Finding['outcome']) {
  if (theirs && outcome && theirs !== outcome) return 'noteNeeded'
  if (outcome === 'exclude' && reason === 'other') return 'noteOther'
  return outcome === 'solved' && !theirs ? 'noteSolved' : 'note'
}

interface FindingFieldsProps {
  clue: Visit['clues'][number]
  draft: Draft
  /** What the visitors said. */
  theirs?: Finding | undefined
  /** Say what is lacking: only after a try. */
  tried: boolean
  onChange(draft: Draft): void
}

/** Confirm, exclude or solved for one clue, with reason and words where they are needed. */
export function FindingFields({ clue, draft, theirs, tried, onChange }: FindingFieldsProps) {
  const { t } = useTranslation('visits')
  const clues = useTranslation('clues').t
  const common = useTranslation().t
  const lack = tried ? lackOf(draft, theirs?.outcome) : undefined
  return (
    <fieldset className={lack ? 'finding lacks' : 'finding'}>
      <legend className="visually-hidden">{common(`cause.${clue.cause}`)}</legend>
      <ClueLine clue={clue} />
      {theirs && (
        <p className="their-word">
          <span className="muted">{t('visitorsStatement')}</span> <FindingText finding={theirs} />
        </p>
      )}
      <Radio.Group
        value={draft.outcome}
        onChange={({ target }) =>
          onChange({
            ...draft,
            outcome: target.value,
            reason: target.value === 'exclude' ? draft.reason : null,
          })
        }
        options={ClueOutcome.options.map((value) => ({
          value,
          label: (
            <>
              {t(`outcome.${value}`)} <span className="muted">{t(`outcomeHint.${value}`)}</span>
            </>
          ),
        }))}
      />
      {draft.outcome === 'exclude' && (
        <Select
          value={draft.reason ?? undefined}
          placeholder={t('chooseReason')}
          aria-label={t('excludeWhy')}
          options={ExcludeReason.options.map((value) => ({ value, label: clues(`excludeReason.${value}`) }))}
          onChange={(reason) => onChange({ ...draft, reason })}
        />
      )}
      {draft.outcome === 'solved' && (
        <ProofFields proof={draft.proof ?? {}} onChange={(proof) => onChange({ ...draft, proof })} />
      )}
      <Input.TextArea
        rows={2}
        maxLength={500}
        value={draft.note}
        placeholder={t(noteHint(draft, theirs?.outcome))}
        aria-label={t('note')}
        onChange={(event) => onChange({ ...draft, note: event.target.value })}
      />
      {lack && (
        <p className="lack" role="alert">
          {t(lack)}
        </p>
      )}
    </fieldset>
  )
}
