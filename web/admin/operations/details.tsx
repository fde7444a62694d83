import { useTranslation } from 'react-i18next'
import type { OperationsStatus } from '#contract/protection/operations.ts'
import { TableExport } from '#web/ui/files/table-export.tsx'
import { type Column, ListTable } from '#web/ui/list/list-table.tsx'
import { formatCount, formatInstant } from '#web/ui/words/format.ts'
import { useText } from '#web/ui/words/use-text.ts'

type Queue = OperationsStatus['queues'][number]

export function Queues({ queues }: { queues: readonly Queue[] }) {
  const { t } = useTranslation('operations')
  const figure = (key: 'waiting' | 'active' | 'failed' | 'oldest', cell: Column<Queue>['cell']) => ({
    key,
    head: t(key),
    label: t(key),
    className: 'number',
    cell,
  })
  return (
    <Part
      id="operations-queues"
      title={t('queues')}
      rows={queues}
      keyOf={({ queue }) => queue}
      columns={[
        { key: 'queue', head: t('queue'), isRowHead: true, cell: ({ queue }) => queue },
        figure('waiting', ({ waiting }) => formatCount(waiting)),
        figure('active', ({ active }) => formatCount(active)),
        figure('failed', ({ failed }) => formatCount(failed)),
        figure('oldest', ({ oldestSeconds }) => t('seconds', { count: Math.round(oldestSeconds) })),
      ]}
    />
  )
}

export function LateSources({ sources }: { sources: OperationsStatus['lateSources'] }) {
  const { t } = useTranslation('operations')
  const text = useText()
  return (
    <Part
      id="operations-late"
      title={t('late')}
      rows={sources}
      keyOf={({ feed }) => feed}
      columns={[
        { key: 'feed', isRowHead: true, cell: ({ name }) => text(name) },
        { key: 'late', className: 'number', cell: ({ late, counties }) => t('lateIn', { late, counties }) },
      ]}
    />
  )
}

export function SlowStatements({ statements }: { statements: OperationsStatus['slowStatements'] }) {
  const { t } = useTranslation('operations')
  return (
    <Part
      id="operations-slow"
      title={t('slow')}
      rows={statements}
      keyOf={({ name }) => name}
      columns={[
        {
          key: 'name',
          isRowHead: true,
          cell: ({ name, lastAt }) => (
            <>
              <code>{name}</code>
              <span className="sub">{formatInstant(lastAt)}</span>
            </>
          ),
        },
        { key: 'times', label: t('times'), className: 'number', cell: ({ count }) => formatCount(count) },
        {
          key: 'longest',
          label: t('longest'),
          className: 'number',
          cell: ({ longestMs }) => t('milliseconds', { count: longestMs }),
        },
      ]}
    />
  )
}

interface PartProps<Row> {
  id: string
  title: string
  rows: readonly Row[]
  columns: readonly Column<Row>[]
  keyOf(row: Row): string
}

/** Left out where there is nothing. */
function Part<Row>({ id, title, ...table }: PartProps<Row>) {
  if (table.rows.length === 0) return null
  return (
    <section aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      <div className="panel record-panel">
        <TableExport title={title} of={`${id}-table`} />
        <ListTable id={`${id}-table`} {...table} />
      </div>
    </section>
  )
}
