import { useTranslation } from 'react-i18next'
import { formatInstant } from '#web/ui/words/format.ts'
import { clearSent } from '../device/clear-sent.ts'
import { useRows } from '../device/rows.ts'
import { useFieldState, useOpen } from '../device/state.ts'
import { retryNow } from '../sync/sender.ts'
import { sorted } from '../work/order.ts'
import { blockedVisits, isUnsent } from '../work/outbox.ts'
import { ItemRow } from './item-row.tsx'

/** What waits, what failed and why, what was sent, what was decided here. */
export function OutboxPage() {
  const { t } = useTranslation('field')
  const { key } = useOpen()
  const { online } = useFieldState()
  const items = useRows('outbox')
  const log = useRows('log')
  if (!items || !log) return null
  const listed = sorted(
    items,
    (a, b) =>
      a.madeAt.localeCompare(b.madeAt) ||
      a.visit.localeCompare(b.visit) ||
      Number(b.kind === 'report') - Number(a.kind === 'report'),
  )
  const unsent = listed.filter(isUnsent)
  const sent = listed.filter((item) => !isUnsent(item)).reverse()
  const blocked = blockedVisits(items)
  const reports = unsent.filter(({ kind }) => kind === 'report').length
  return (
    <>
      <div className={unsent.length > 0 ? 'page with-thumb' : 'page'}>
        <h1>{t('outbox.title')}</h1>
        {unsent.length === 0 ? (
          <div className="empty">
            <h2>{t('outbox.none')}</h2>
            <p>{t('outbox.noneText')}</p>
          </div>
        ) : (
          <p>{t('outbox.total', { reports, photos: unsent.length - reports })}</p>
        )}
        <ul className="items">
          {unsent.map((item) => (
            <ItemRow key={item.id} item={item} isBlocked={blocked.has(item.visit)} />
          ))}
        </ul>
        {sent.length > 0 && (
          <section>
            <h2>{t('outbox.sentTitle')}</h2>
            <ul className="items">
              {sent.map((item) => (
                <ItemRow key={item.id} item={item} />
              ))}
            </ul>
            <button type="button" className="plain" onClick={() => void clearSent(key)}>
              {t('outbox.clearSent')}
            </button>
          </section>
        )}
        {log.length > 0 && (
          <section>
            <h2>{t('outbox.log')}</h2>
            <ul className="facts">
              {sorted(log, (a, b) => b.at.localeCompare(a.at)).map((entry) => (
                <li key={entry.id}>
                  {formatInstant(entry.at)} {entry.household} {t(`outbox.logKinds.${entry.kind}`)}
                  {entry.reason && `: ${entry.reason}`}
                </li>
              ))}
            </ul>
          </section>
        )}
      </div>
      {unsent.length > 0 && (
        <div className="thumb above-tabs">
          <button type="button" className="primary" disabled={!online} onClick={() => void retryNow(key)}>
            {t('outbox.retryAll')}
          </button>
        </div>
      )}
    </>
  )
}
