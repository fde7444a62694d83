import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { ErrorState, SkeletonRows } from '#web/ui/page/states.tsx'
import { formatCount } from '#web/ui/words/format.ts'
import { dueSumsQuery } from './due-query.ts'
import '#web/ui/list/records.css'
import './due.css'

const whens = ['overdue', 'week', 'never'] as const

/** A county in sums, township by township; each opens its list. */
export function DueSums({ area }: { area: number }) {
  const { t } = useTranslation('visits')
  const { data, error, isPending, refetch } = useQuery(dueSumsQuery(area))
  if (error) return <ErrorState error={error} onRetry={() => refetch()} />
  if (isPending) return <SkeletonRows rows={4} height={28} />
  const rows = data.rows.filter(({ never, overdue, week }) => never + overdue + week > 0)
  if (rows.length === 0) return null
  return (
    <section className="panel record-panel" aria-labelledby="due-sums">
      <h2 id="due-sums" className="due-sums-title">
        {t('dueVisits.sums')}
      </h2>
      <table className="record-list">
        <thead>
          <tr>
            <th scope="col">{t('dueVisits.place')}</th>
            {whens.map((when) => (
              <th key={when} scope="col" className="number">
                {t(`dueVisits.when.${when}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows
            .toSorted((a, b) => b.overdue - a.overdue)
            .map((row) => (
              <tr key={row.area.code}>
                <th scope="row">
                  <Link to="/visits/due" search={{ area: row.area.code }}>
                    {row.area.name}
                  </Link>
                </th>
                {whens.map((when) => (
                  <td
                    key={when}
                    className={when === 'overdue' && row.overdue > 0 ? 'number overdue' : 'number'}
                    data-label={t(`dueVisits.when.${when}`)}
                  >
                    {row[when] === 0 ? (
                      0
                    ) : (
                      <Link to="/visits/due" search={{ area: row.area.code, when }} data-figure="rows">
                        {formatCount(row[when])}
                      </Link>
                    )}
                  </td>
                ))}
              </tr>
            ))}
        </tbody>
      </table>
    </section>
  )
}
