import { useTranslation } from 'react-i18next'
import type { TimelineEntry } from '#contract/work/clues.ts'
import { formatInstant } from '#web/ui/words/format.ts'

/** Newest last. */
export function Timeline({ entries }: { entries: TimelineEntry[] }) {
  const { t } = useTranslation('clues')
  const casework = useTranslation('visits').t
  const common = useTranslation().t
  return (
    <ol className="timeline">
      {entries.map((entry) => {
        const { department, doneOn = '', document = '' } = entry.details
        const { movedTo, movedFrom } = entry.details
        const { rule, ended, place, dueOn, reason, note, from, to, visitor, text, outcome } = entry.details
        return (
          <li key={`${entry.at}-${entry.kind}-${rule ?? ''}`}>
            <time dateTime={entry.at}>{formatInstant(entry.at)}</time>
            <span>
              <strong>{t(`event.${entry.kind}`)}</strong> {entry.by}
              {from && to && (
                <>
                  {' '}
                  · {common(`level.${from as 'red'}`)} → {common(`level.${to as 'red'}`)}
                </>
              )}
              {rule && <> · {t('eventRule', { rule })}</>}
              {ended === 'unknown' && <> · {t('eventUnknown')}</>}
              {place && <> · {t('eventPlace', { place, dueOn: dueOn ?? '' })}</>}
              {visitor && <> · {t('eventVisitor', { visitor, dueOn: dueOn ?? '' })}</>}
              {outcome && (
                <> · {casework('visitOutcome', { outcome: casework(`outcome.${outcome as 'confirm'}`) })}</>
              )}
              {text && <> · {t('eventText', { text })}</>}
              {reason && (
                <>
                  {' '}
                  ·{' '}
                  {t('eventReason', {
                    reason: t(`excludeReason.${reason as 'other'}`, { defaultValue: reason }),
                  })}
                </>
              )}
              {department && (
                <>
                  {' '}
                  · {common(`department.${department as 'YB'}`)} {doneOn} {document}
                </>
              )}
              {movedTo && <> · {t('eventMovedTo', { place: movedTo })}</>}
              {movedFrom && <> · {t('eventMovedFrom', { place: movedFrom })}</>}
              {note && <> · {t('eventNote', { note })}</>}
            </span>
          </li>
        )
      })}
    </ol>
  )
}
