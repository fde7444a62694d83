import { useTranslation } from 'react-i18next'
import type { TimelineEntry } from '#contract/clues.ts'
import { formatInstant } from '#web/ui/format.ts'

/** Newest last, as one tells it. */
export function Timeline({ entries }: { entries: TimelineEntry[] }) {
  const { t } = useTranslation('clues')
  return (
    <ol className="timeline">
      {entries.map((entry) => {
        const { rule, place, dueOn, reason, note } = entry.details
        return (
          <li key={`${entry.at}-${entry.kind}-${rule ?? ''}`}>
            <time dateTime={entry.at}>{formatInstant(entry.at)}</time>
            <span>
              <strong>{t(`event.${entry.kind}`)}</strong> {entry.by}
              {rule && <> · {t('eventRule', { rule })}</>}
              {place && <> · {t('eventPlace', { place, dueOn: dueOn ?? '' })}</>}
              {reason && <> · {t('eventReason', { reason })}</>}
              {note && <> · {t('eventNote', { note })}</>}
            </span>
          </li>
        )
      })}
    </ol>
  )
}
