import { useTranslation } from 'react-i18next'
import type { OperationsStatus } from '#contract/protection/operations.ts'
import { formatCount, formatInstant } from '#web/ui/words/format.ts'
import { useText } from '#web/ui/words/use-text.ts'

export function Queues({ queues }: { queues: OperationsStatus['queues'] }) {
  const { t } = useTranslation('operations')
  if (queues.length === 0) return null
  return (
    <section aria-labelledby="operations-queues">
      <h2 id="operations-queues">{t('queues')}</h2>
      <div className="panel record-panel">
        <table className="record-list">
          <thead>
            <tr>
              <th scope="col">{t('queue')}</th>
              {(['waiting', 'active', 'failed', 'oldest'] as const).map((name) => (
                <th scope="col" className="number" key={name}>
                  {t(name)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {queues.map(({ queue, waiting, active, failed, oldestSeconds }) => (
              <tr key={queue}>
                <th scope="row">{queue}</th>
                <td className="number" data-label={t('waiting')}>
                  {formatCount(waiting)}
                </td>
                <td className="number" data-label={t('active')}>
                  {formatCount(active)}
                </td>
                <td className="number" data-label={t('failed')}>
                  {formatCount(failed)}
                </td>
                <td className="number" data-label={t('oldest')}>
                  {t('seconds', { count: Math.round(oldestSeconds) })}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  )
}

export function LateSources({ sources }: { sources: OperationsStatus['lateSources'] }) {
  const { t } = useTranslation('operations')
  const text = useText()
  if (sources.length === 0) return null
  return (
    <section aria-labelledby="operations-late">
      <h2 id="operations-late">{t('late')}</h2>
      <div className="panel record-panel">
        <table className="record-list">
          <tbody>
            {sources.map(({ feed, name, late, counties }) => (
              <tr key={feed}>
                <th scope="row">{text(name)}</th>
                <td className="number">{t('lateIn', { late, counties })}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  )
}

export function SlowStatements({ statements }: { statements: OperationsStatus['slowStatements'] }) {
  const { t } = useTranslation('operations')
  if (statements.length === 0) return null
  return (
    <section aria-labelledby="operations-slow">
      <h2 id="operations-slow">{t('slow')}</h2>
      <div className="panel record-panel">
        <table className="record-list">
          <tbody>
            {statements.map(({ name, count, longestMs, lastAt }) => (
              <tr key={name}>
                <th scope="row">
                  <code>{name}</code>
                  <span className="sub">{formatInstant(lastAt)}</span>
                </th>
                <td className="number" data-label={t('times')}>
                  {formatCount(count)}
                </td>
                <td className="number" data-label={t('longest')}>
                  {t('milliseconds', { count: longestMs })}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  )
}
