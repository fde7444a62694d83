import { useTranslation } from 'react-i18next'
import { formatBytes } from '#web/ui/words/format.ts'
import { useOpen } from '../device/state.ts'
import { retryNow } from '../sync/sender.ts'
import { formatClock } from '../ui/clock.ts'
import { useFailureText } from '../ui/failure-text.ts'
import { Link } from '../ui/router.tsx'
import type { OutboxItem } from '../work/outbox.ts'

/** One item: what it is, how far it is, and in plain words why it is not further. */
export function ItemRow({ item, isBlocked = false }: { item: OutboxItem; isBlocked?: boolean }) {
  const { t } = useTranslation('field')
  const { key } = useOpen()
  const failureText = useFailureText()
  const { state, reason } = item
  const failure = reason && state !== 'sent' && state !== 'conflict' ? failureText(reason) : undefined
  const isBegun = item.kind === 'photo' && item.sentBytes > 0 && state !== 'sent'
  const waitsUntil = state === 'waiting' && item.attempts > 0 && item.nextAt > Date.now()
  return (
    <li className={`item item-${state}`}>
      <div className="row between">
        <strong>
          {item.kind === 'report' ? t('outbox.report') : t('outbox.photo')}
          {item.kind === 'photo' && <span className="muted small"> {formatBytes(item.size)}</span>}
        </strong>
        <span className="state">
          {state === 'sent' && item.sentAt
            ? t('outbox.sentAt', { time: formatClock(item.sentAt) })
            : isBlocked && item.kind === 'photo'
              ? t('outbox.blocked')
              : t(`outbox.states.${state}`)}
        </span>
      </div>
      <span className="muted">{item.household}</span>
      {isBegun && (
        <>
          <progress
            value={item.sentBytes}
            max={item.size}
            aria-label={t('outbox.progress', { done: item.sentBytes, total: item.size })}
          />
          <span className="muted small">
            {t('outbox.progress', { done: formatBytes(item.sentBytes), total: formatBytes(item.size) })}
          </span>
        </>
      )}
      {failure && (
        <p className={state === 'failed' ? 'failure' : 'muted'}>
          {failure.what} {state === 'failed' && failure.todo}
          {waitsUntil && ` ${t('outbox.nextAt', { time: formatClock(item.nextAt) })}`}
        </p>
      )}
      {state === 'conflict' && (
        <Link to={`outbox/${item.id}`} className="button primary">
          {t('outbox.decide')}
        </Link>
      )}
      {(state === 'failed' || waitsUntil) && (
        <div className="row">
          <button type="button" onClick={() => void retryNow(key, [item.id])}>
            {t('outbox.retry')}
          </button>
          {state === 'failed' && (
            <Link to={`outbox/${item.id}/drop`} className="button">
              {t('outbox.drop')}
            </Link>
          )}
        </div>
      )}
    </li>
  )
}
