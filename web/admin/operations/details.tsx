import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { OperationsStatus } from '#contract/protection/operations.ts'
import { TableExport } from '#web/ui/files/table-export.tsx'
import { formatCount, formatInstant } from '#web/ui/words/format.ts'
import { useText } from '#web/ui/words/use-text.ts'

export function Queues({ queues }: { queues: OperationsStatus['queues'] }) {
  const { t } = useTranslation('operations')
  if (queues.length === 0) return null
  return (
    <Part id="operations-queues" title={t('queues')}>
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
    </Part>
  )
}

export function LateSources({ sources }: { sources: OperationsStatus['lateSources'] }) {
  const { t } = useTranslation('operations')
  const text = useText()
  if (sources.length === 0) return null
  return (
    <Part id="operations-late" title={t('late')}>
      <tbody>
        {sources.map(({ feed, name, late, counties }) => (
          <tr key={feed}>
            <th scope="row">{text(name)}</th>
            <td className="number">{t('lateIn', { late, counties })}</td>
          </tr>
        ))}
      </tbody>
    </Part>
  )
}

export function SlowStatements({ statements }: { statements: OperationsStatus['slowStatements'] }) {
  const { t } = useTranslation('operations')
  if (statements.length === 0) return null
  return (
    <Part id="operations-slow" title={t('slow')}>
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
    </Part>
  )
}

function Part({ id, title, children }: { id: string; title: string; children: ReactNode }) {
  return (
    <section aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      <div className="panel record-panel">
        <TableExport title={title} of={`${id}-table`} />
        <table id={`${id}-table`} className="record-list">
          {children}
        </table>
      </div>
    </section>
  )
}
