import { useTranslation } from 'react-i18next'
import type { Correction } from '#contract/protection/own-record.ts'
import { formatInstant } from '#web/ui/words/format.ts'

/** What happened to a correction, as a story. */
export function Steps({ steps }: Pick<Correction, 'steps'>) {
  const { t } = useTranslation('rights')
  return (
    <ol className="record-steps">
      {steps.map((step) => (
        <li key={`${step.at}-${step.kind}`}>
          <strong>
            {t(`step.${step.kind}`)}
            {step.outcome && `：${t(`outcome.${step.outcome}`)}`}
          </strong>{' '}
          <span className="muted">
            {step.by} {formatInstant(step.at)}
          </span>
          {step.text && <div>{step.text}</div>}
        </li>
      ))}
    </ol>
  )
}
