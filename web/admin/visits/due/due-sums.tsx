import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { TableExport } from '#web/ui/files/table-export.tsx'
import { ErrorState, SkeletonRows } from '#web/ui/page/states.tsx'
import { formatCount } from '#web/ui/words/format.ts'
import { dueSumsQuery } from './due-query.ts'
import '#web/ui/list/records.css'
import './due.css'

/** A county in sums, township by township; each opens its list. */
export function DueSums({ area }: { area: number }) {
  const { t } = useTranslation('visits')
  const { data, error, isPending, refetch } = useQuery(dueSumsQuery(area))
  if (error) return <ErrorState error={error} onRetry={() => refetch()} />
  if (isPending) return <SkeletonRows rows={4} height={28} />
  const rows = data.rows.filter(({ overdue, week }) => overdue + week > 0)
  if (rows.length === 0) return null
  return (
    <section className="panel record-panel" aria-labelledby="due-sums">
      <h2 id="due-sums" className="due-sums-title">
        {t('dueVisits.sums')}
      </h2>
      <TableExport title={t('dueVisits.sums')} of="due-sums-table" />
      <table id="due-sums-table" className="record-list">
        <thead>
          <tr>
            <th scope="col">{t('dueVisits.place')}</th>
            <th scope="col" className="number">
              {t('dueVisits.when.overdue')}
            </th>
            <th scope="col" className="number">
              {t('dueVisits.when.week')}
            </th>
          </tr>
        </thead>
        <tbody>
          {rows
            .toSorted((a, b) => b.overdue - a.overdue)
            .map(({ area: below, overdue, week }) => (
              <tr key={below.code}>
                <th scope="row">
                  <Link to="/visits/due" search={{ area: below.code }}>
                    {below.name}
                  </Link>
                </th>
                <td
                  className={overdue > 0 ? 'number overdue' : 'number'}
                  data-label={t('dueVisits.when.overdue')}
                >
                  {formatCount(overdue)}
                </td>
                <td className="number" data-label={t('dueVisits.when.week')}>
                  {formatCount(week)}
                </td>
              </tr>
            ))}
        </tbody>
      </table>
    </section>
  )
}
