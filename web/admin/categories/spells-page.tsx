import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { RiskStatus, type Spell } from '#contract/registry/categories.ts'
import { HouseholdCategory } from '#contract/registry/households.ts'
import { api } from '#web/api/client.ts'
import { useMe } from '#web/api/session.ts'
import { SomeOf } from '#web/ui/list/filters/choose.tsx'
import { useHouseholdColumns } from '#web/ui/list/household-columns.tsx'
import { ListFrame } from '#web/ui/list/list-frame.tsx'
import type { Column } from '#web/ui/list/list-table.tsx'
import { usePagedList } from '#web/ui/list/use-paged-list.ts'
import { AreaPicker } from '#web/ui/place/area-picker.tsx'
import { categoryColour } from '#web/ui/words/category-colour.ts'
import { formatCount } from '#web/ui/words/format.ts'
import { useCauseNames } from '#web/ui/words/use-cause-names.ts'
import { ListExport } from '../exports/index.ts'
import type { SpellSearch } from './search.ts'
import './categories.css'

const route = getRouteApi('/layout/categories/households')

/** The households behind a figure of the classification. */
export function SpellsPage() {
  const { t } = useTranslation('categories')
  const common = useTranslation().t
  const me = useMe()
  const navigate = useNavigate()
  const search = route.useSearch()
  const list = usePagedList('spells', search, (query) => api.categories.spells(query))
  const columns = useColumns()
  const change = (next: Partial<SpellSearch>) =>
    navigate({
      to: '/categories/households',
      search: { ...search, page: undefined, ...next },
      resetScroll: false,
    })
  const { data, isPlaceholderData } = list.query
  // Rows of before stay while the next are on their way; their number is not that of the heading.
  const count = data && !isPlaceholderData && common('total', { count: formatCount(data.total) as never })
  const days = { from: search.from ?? '', to: search.to ?? '' }
  const what =
    search.change === 'in'
      ? t('spellsIn', days)
      : search.change === 'out'
        ? t('spellsOut', days)
        : t('spellsInForce', { day: search.on ?? me.asOf })
  const why = [
    ...(search.because ?? []).map((one) => t(`change.${one}`)),
    ...(search.grade ? [t(`grade.${search.grade}`)] : []),
    ...(search.cause ? [search.cause === 'none' ? t('causeNone') : common(`cause.${search.cause}`)] : []),
  ]
  return (
    <ListFrame
      title={t('spellsTitle')}
      path={
        <Link
          to="/categories"
          search={{
            area: search.area,
            ...(search.change ? { ...days, view: 'changes' } : { on: search.on }),
          }}
        >
          ← {t('back')}
        </Link>
      }
      note={[what, ...why, count].filter(Boolean).join(' · ')}
      isNoteFresh
      actions={<ListExport kind="spells" list={list} />}
      filters={
        <>
          <SomeOf
            name={t('category')}
            placeholder={t('allCategories')}
            value={search.category}
            options={HouseholdCategory.options.map((value) => ({
              value,
              label: common(`category.${value}`),
            }))}
            onChange={(category) => change({ category })}
          />
          <SomeOf
            name={t('allRisks')}
            value={search.risk}
            options={RiskStatus.options.map((value) => ({ value, label: t(`risk.${value}`) }))}
            onChange={(risk) => change({ risk })}
          />
          <AreaPicker value={search.area} whole={me.area.name} onChange={(area) => change({ area })} />
        </>
      }
      list={list}
      empty={{ title: t('emptyTitle'), text: t('emptyText') }}
      columns={columns}
      keyOf={(row) => row.household.ref + row.from + row.category + row.risk}
      onPage={(page) => change({ page })}
    />
  )
}

function useColumns(): Column<Spell>[] {
  const { t } = useTranslation('categories')
  const common = useTranslation().t
  const causeNames = useCauseNames()
  const household = useHouseholdColumns<Spell>((row) => row.household)
  return [
    ...household,
    {
      key: 'category',
      head: t('category'),
      cell: ({ category, risk }) => (
        <>
          <i className="category-dot" style={{ background: categoryColour[category] }} />
          {common(`category.${category}`)}
          {risk !== 'none' && <span className="sub">{t(`risk.${risk}`)}</span>}
        </>
      ),
    },
    { key: 'causes', head: t('causes'), cell: (row) => causeNames(row.causes) },
    { key: 'since', head: t('since'), label: t('since'), className: 'nowrap', cell: (row) => row.from },
    {
      key: 'until',
      head: t('until'),
      label: t('until'),
      className: 'nowrap',
      cell: (row) => row.to ?? <span className="muted">{t('inForce')}</span>,
    },
    { key: 'because', head: t('because'), label: t('because'), cell: (row) => <Because row={row} /> },
  ]
}

function Because({ row }: { row: Spell }) {
  const { t } = useTranslation('categories')
  return (
    <>
      {t(`change.${row.openedBecause}`)}
      {row.closedBecause && <> → {t(`change.${row.closedBecause}`)}</>}
      {row.case && (
        <Link className="sub" to="/cases/$id" params={{ id: row.case }}>
          {t('caseLink')}
        </Link>
      )}
    </>
  )
}
