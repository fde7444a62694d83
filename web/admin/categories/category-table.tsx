import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { CategorySummary, RiskStatus } from '#contract/registry/categories.ts'
import { HouseholdCategory } from '#contract/registry/households.ts'
import { TableExport } from '#web/ui/files/table-export.tsx'
import { ScrollRegion } from '#web/ui/list/scroll-region.tsx'
import { categoryColour } from '#web/ui/words/category-colour.ts'
import { formatCount } from '#web/ui/words/format.ts'
import { RiskMark } from '#web/ui/words/risk-mark.tsx'
import type { SpellSearch } from './search.ts'

type Row = CategorySummary['rows'][number]
interface Column {
  category: HouseholdCategory
  risk: RiskStatus
}

const order: RiskStatus[] = ['none', 'open', 'resolved']
const sum = (row: Row, { category, risk }: Column) =>
  row.counts
    .filter((one) => one.category === category && one.risk === risk)
    .reduce((total, { households }) => total + households, 0)

/** Of 237 basis points: 2.4%. */
export const share = (bp: number | null) => (bp === null ? '–' : `${(bp / 100).toFixed(1)}%`)

/** Areas below by category; only columns that anybody is in. The name leads a level down, every number to its households. */
export function CategoryTable({ data }: { data: CategorySummary }) {
  const { t } = useTranslation('categories')
  const common = useTranslation().t
  const groups = HouseholdCategory.options
    .map((category) => ({
      category,
      risks: order.filter((risk) => data.rows.some((row) => sum(row, { category, risk }) > 0)),
    }))
    .filter(({ risks }) => risks.length > 0)
  const columns = groups.flatMap(({ category, risks }) => risks.map((risk) => ({ category, risk })))
  const monitored = data.byCause.reduce(
    (total, one) => ({
      households: total.households + one.households,
      persons: total.persons + one.persons,
    }),
    { households: 0, persons: 0 },
  )
  const registered = data.rows.reduce((total, { scale }) => total + scale.registeredPersons, 0)
  const most = Math.max(1, ...data.rows.map(({ scale }) => scale.shareBp ?? 0))
  const one = { on: data.on }
  return (
    <section className="panel" aria-labelledby="category-title">
      <h2 id="category-title" className="panel-title">
        {monitored.households === 0
          ? t('findingNone')
          : t('finding', {
              households: formatCount(monitored.households),
              persons: formatCount(monitored.persons),
              share: share(registered === 0 ? null : (monitored.persons * 10_000) / registered),
            })}
      </h2>
      <TableExport title={t('title')} of="category-table" />
      <ScrollRegion label={t('title')}>
        <table id="category-table" className="plain-table category-table">
          <thead>
            <tr>
              <th scope="col" rowSpan={2}>
                {t('area')}
              </th>
              {groups.map(({ category, risks }) => (
                <th
                  key={category}
                  scope="colgroup"
                  colSpan={risks.length}
                  rowSpan={risks.length === 1 && risks[0] === 'none' ? 2 : 1}
                  className="number"
                >
                  <i className="category-dot" style={{ background: categoryColour[category] }} />
                  {common(`category.${category}`)}
                </th>
              ))}
              <th scope="col" rowSpan={2} className="number">
                {t('share')}
              </th>
            </tr>
            <tr>
              {groups
                .filter(({ risks }) => risks.length > 1 || risks[0] !== 'none')
                .flatMap(({ category, risks }) =>
                  risks.map((risk) => (
                    <th key={category + risk} scope="col" className="number sub-head">
                      {t(`risk.${risk}`)}
                    </th>
                  )),
                )}
            </tr>
          </thead>
          <tbody>
            {data.rows.map((row) => (
              <tr key={row.area.code}>
                <th scope="row">
                  {row.area.level === 'village' ? (
                    <Link to="/categories/households" search={{ ...one, area: row.area.code }}>
                      {row.area.name}
                    </Link>
                  ) : (
                    <Link to="/categories" search={(now) => ({ ...now, area: row.area.code })}>
                      {row.area.name}
                    </Link>
                  )}
                </th>
                {columns.map(({ category, risk }) => (
                  <td key={category + risk} className="number">
                    <SpellCount
                      count={sum(row, { category, risk })}
                      search={{ ...one, area: row.area.code, category: [category], risk: [risk] }}
                    />
                  </td>
                ))}
                <td className="number nowrap">
                  <Share row={row} most={most} />
                </td>
              </tr>
            ))}
          </tbody>
          {data.rows.length > 1 && (
            <tfoot>
              <tr>
                <th scope="row">{t('all')}</th>
                {columns.map(({ category, risk }) => (
                  <td key={category + risk} className="number">
                    <SpellCount
                      count={data.rows.reduce((total, row) => total + sum(row, { category, risk }), 0)}
                      search={{ ...one, area: data.area.code, category: [category], risk: [risk] }}
                    />
                  </td>
                ))}
                <td className="number share-all">
                  {share(registered === 0 ? null : (monitored.persons * 10_000) / registered)}
                </td>
              </tr>
            </tfoot>
          )}
        </table>
      </ScrollRegion>
    </section>
  )
}

const marks = { low: 'yellow', amber: 'orange', red: 'red' } as const

/** The share with its signal, which says on hover and to a screen reader what it means. */
function Share({ row: { scale }, most }: { row: Row; most: number }) {
  const { t } = useTranslation('categories')
  const of = t('shareOf', {
    monitored: formatCount(scale.monitoredPersons),
    registered: formatCount(scale.registeredPersons),
  })
  return (
    <span title={of}>
      {scale.signal && scale.signal !== 'none' && (
        <RiskMark risk={marks[scale.signal]} text={false} size={12} />
      )}{' '}
      {share(scale.shareBp)}
      <span className="share-bar" aria-hidden="true">
        <i style={{ width: `${((scale.shareBp ?? 0) / most) * 100}%` }} />
      </span>
    </span>
  )
}

/** A number that opens to the households it counts; zero leads nowhere. */
export function SpellCount({ count, search }: { count: number; search: SpellSearch }) {
  if (count === 0) return <span className="muted">0</span>
  return (
    <Link to="/categories/households" search={search} data-figure="rows">
      {formatCount(count)}
    </Link>
  )
}
