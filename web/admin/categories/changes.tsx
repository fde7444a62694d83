import { useQuery } from '@tanstack/react-query'
import { Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { Cause } from '#contract/common.ts'
import { addDays } from '#contract/days.ts'
import type { Movement, SpellChange } from '#contract/registry/categories.ts'
import { HouseholdCategory } from '#contract/registry/households.ts'
import { api } from '#web/api/client.ts'
import { useMe } from '#web/api/session.ts'
import { TableExport } from '#web/ui/files/table-export.tsx'
import { DayField } from '#web/ui/form/day-field.tsx'
import { ScrollRegion } from '#web/ui/list/scroll-region.tsx'
import { EmptyState, ErrorState, SkeletonRows } from '#web/ui/page/states.tsx'
import { categoryColour } from '#web/ui/words/category-colour.ts'
import { formatCount } from '#web/ui/words/format.ts'
import { SpellCount } from './category-table.tsx'
import type { CategorySearch } from './search.ts'

interface ChangesProps {
  area: number
  search: CategorySearch
  onChange(next: Partial<CategorySearch>): void
}

const monthBefore = (day: string) => addDays(`${day.slice(0, 7)}-01`, -1)
const risks = ['none', 'open', 'resolved']
const rank = ({ category, risk }: Movement) =>
  HouseholdCategory.options.indexOf(category) * risks.length + risks.indexOf(risk)
const flow = (changes: Movement['in']) =>
  Object.entries(changes)
    .filter(([, count]) => count > 0)
    .toSorted(([, a], [, b]) => b - a) as [SpellChange, number][]

/** What came in and went out of every category between the ends of two days, and why; the lines add up. */
export function Changes({ area, search, onChange }: ChangesProps) {
  const { t } = useTranslation('categories')
  const common = useTranslation().t
  const today = useMe().asOf
  const to = search.to ?? today
  const from = search.from ?? monthBefore(to)
  const wrong = from > to
  const { cause } = search
  const query = useQuery({
    queryKey: ['reconciliation', area, from, to, cause],
    queryFn: () => api.categories.reconcile({ area, from, to, cause }),
    enabled: !wrong,
  })
  const rows = query.data?.rows.toSorted((a, b) => rank(a) - rank(b)) ?? []
  const monitored = rows.filter(({ risk }) => risk === 'open')
  const total = (key: 'before' | 'after') => monitored.reduce((sum, row) => sum + row[key], 0)
  const still = rows.every((row) => flow(row.in).length === 0 && flow(row.out).length === 0)
  return (
    <>
      <div className="day-fields">
        <DayField
          label={t('from')}
          value={from}
          max={today}
          wrong={wrong}
          onChange={(from) => onChange({ from })}
        />
        <DayField label={t('to')} value={to} max={today} wrong={wrong} onChange={(to) => onChange({ to })} />
        <Select
          className="cause-choice"
          allowClear
          value={cause}
          placeholder={t('anyCause')}
          aria-label={t('anyCause')}
          options={Cause.options.map((value) => ({ value, label: common(`cause.${value}`) }))}
          onChange={(next) => onChange({ cause: next })}
        />
      </div>
      {wrong && (
        <p className="field-error" role="alert">
          {t('wrongDays')}
        </p>
      )}
      {query.isError && <ErrorState error={query.error} onRetry={() => query.refetch()} />}
      {query.isPending && !wrong && <SkeletonRows rows={8} height={36} />}
      {query.data && rows.length === 0 && <EmptyState title={t('nobodyTitle')}>{t('nobodyText')}</EmptyState>}
      {query.data && rows.length > 0 && (
        <section className="panel" aria-labelledby="changes-title">
          <h2 id="changes-title" className="panel-title">
            {still
              ? t('noChange')
              : t('reconcileFinding', {
                  ...{ from, to },
                  ...{ before: formatCount(total('before')), after: formatCount(total('after')) },
                })}
          </h2>
          <TableExport title={t('changes')} of="movement-table" />
          <ScrollRegion label={t('changes')}>
            <table id="movement-table" className="plain-table movement-table">
              <thead>
                <tr>
                  <th scope="col">{t('category')}</th>
                  <th scope="col" className="number">
                    {t('before')}
                  </th>
                  <th scope="col">{t('came')}</th>
                  <th scope="col">{t('went')}</th>
                  <th scope="col" className="number">
                    {t('after')}
                  </th>
                </tr>
              </thead>
              <tbody>
                {rows.map((row) => (
                  <MovementRow key={row.category + row.risk} row={row} days={{ area, from, to, cause }} />
                ))}
              </tbody>
            </table>
          </ScrollRegion>
          <p className="muted panel-foot">{t('balance')}</p>
        </section>
      )}
    </>
  )
}

function MovementRow({
  row,
  days: { area, from, to, cause },
}: {
  row: Movement
  days: { area: number; from: string; to: string; cause: Cause | undefined }
}) {
  const { t } = useTranslation('categories')
  const common = useTranslation().t
  const of = { area, category: [row.category], risk: [row.risk], cause }
  return (
    <tr>
      <th scope="row">
        <i className="category-dot" style={{ background: categoryColour[row.category] }} />
        {common(`category.${row.category}`)}
        {row.risk !== 'none' && <span className="muted"> · {t(`risk.${row.risk}`)}</span>}
      </th>
      <td className="number">
        <SpellCount count={row.before} search={{ ...of, on: from }} />
      </td>
      {(['in', 'out'] as const).map((change) => (
        <td key={change}>
          <ul className="flow">
            {flow(row[change]).map(([because, count]) => (
              <li key={because}>
                <span aria-hidden="true">{change === 'in' ? '+' : '−'}</span>
                <SpellCount count={count} search={{ ...of, change, from, to, because: [because] }} />{' '}
                <span className="muted">{t(`change.${because}`)}</span>
              </li>
            ))}
          </ul>
        </td>
      ))}
      <td className="number">
        <SpellCount count={row.after} search={{ ...of, on: to }} />
      </td>
    </tr>
  )
}
