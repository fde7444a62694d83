import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { api } from '#web/api/client.ts'
import { TableExport } from '#web/ui/files/table-export.tsx'
import { type Column, ListTable } from '#web/ui/list/list-table.tsx'
import { ErrorState, SkeletonRows } from '#web/ui/page/states.tsx'
import { formatCount } from '#web/ui/words/format.ts'
import { dueSumsQuery } from './due-query.ts'
import './due.css'

type Sums = Awaited<ReturnType<typeof api.visits.dueSums>>['rows'][number]

const whens = ['overdue', 'week', 'never'] as const

/** A county in sums, township by township; each opens its list. */
export function DueSums({ area }: { area: number }) {
  const { t } = useTranslation('visits')
  const { data, error, isPending, refetch } = useQuery(dueSumsQuery(area))
  if (error) return <ErrorState error={error} onRetry={() => refetch()} />
  if (isPending) return <SkeletonRows rows={4} height={28} />
  const rows = data.rows.filter(({ never, overdue, week }) => never + overdue + week > 0)
  if (rows.length === 0) return null
  const figure = (key: (typeof whens)[number]): Column<Sums> => ({
    key,
    head: t(`dueVisits.when.${key}`),
    label: t(`dueVisits.when.${key}`),
    className: (row) => (key === 'overdue' && row.overdue > 0 ? 'number overdue' : 'number'),
    headClass: 'number',
    cell: (row) => formatCount(row[key]),
  })
  const columns: Column<Sums>[] = [
    {
      key: 'place',
      head: t('dueVisits.place'),
      isRowHead: true,
      cell: ({ area: { code, name } }) => (
        <Link to="/visits/due" search={{ area: code }}>
          {name}
        </Link>
      ),
    },
    ...whens.map(figure),
  ]
  return (
    <section className="panel record-panel" aria-labelledby="due-sums">
      <h2 id="due-sums" className="due-sums-title">
        {t('dueVisits.sums')}
      </h2>
      <TableExport title={t('dueVisits.sums')} of="due-sums-table" />
      <ListTable
        id="due-sums-table"
        rows={rows.toSorted((a, b) => b.overdue - a.overdue)}
        columns={columns}
        keyOf={({ area: { code } }) => String(code)}
      />
    </section>
  )
}
