import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import { Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { RiskStatus, type Spell } from '#contract/registry/categories.ts'
import { HouseholdCategory } from '#contract/registry/households.ts'
import { api } from '#web/api/client.ts'
import { useMe } from '#web/api/session.ts'
import { HouseholdCell, PlaceCell } from '#web/ui/list/household-cells.tsx'
import { PagedList } from '#web/ui/list/paged-list.tsx'
import { PageHeader } from '#web/ui/page/page-header.tsx'
import { AreaPicker } from '#web/ui/place/area-picker.tsx'
import { formatCount } from '#web/ui/words/format.ts'
import type { SpellSearch } from './search.ts'
import '#web/ui/list/records.css'
import './categories.css'
import { categoryColour } from '#web/ui/words/category-colour.ts'

const route = getRouteApi('/layout/categories/households')
const size = 50

/** The households behind a figure of the classification. */
export function SpellsPage() {
  const { t } = useTranslation('categories')
  const common = useTranslation().t
  const me = useMe()
  const navigate = useNavigate()
  const search = route.useSearch()
  const { page = 1, ...filter } = search
  const query = useQuery({
    queryKey: ['spells', filter, page],
    queryFn: () => api.categories.spells({ ...filter, page, size }),
    placeholderData: keepPreviousData,
  })
  const change = (next: Partial<SpellSearch>) =>
    navigate({
      to: '/categories/households',
      search: { ...search, page: undefined, ...next },
      resetScroll: false,
    })
  const total = query.data?.total ?? 0
  // Rows of before stay while the next are on their way; their number is not that of the heading.
  const counted = query.data !== undefined && !query.isPlaceholderData
  const days = { from: search.from ?? '', to: search.to ?? '' }
  const what =
    search.change === 'in'
      ? t('spellsIn', days)
      : search.change === 'out'
        ? t('spellsOut', days)
        : t('spellsHold', { day: search.on ?? me.asOf })
  const why = [
    ...(search.because ?? []).map((one) => t(`change.${one}`)),
    ...(search.grade ? [t(`grade.${search.grade}`)] : []),
    ...(search.cause ? [search.cause === 'none' ? t('causeNone') : common(`cause.${search.cause}`)] : []),
  ]
  return (
    <>
      <PageHeader
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
        note={[what, ...why, counted && common('total', { count: formatCount(total) as never })]
          .filter(Boolean)
          .join(' · ')}
      />
      <search className="record-filters">
        <Select
          mode="multiple"
          className="wide"
          allowClear
          value={search.category}
          placeholder={t('allCategories')}
          aria-label={t('category')}
          options={HouseholdCategory.options.map((value) => ({ value, label: common(`category.${value}`) }))}
          onChange={(category) => change({ category: category.length > 0 ? category : undefined })}
        />
        <Select
          mode="multiple"
          className="wide"
          allowClear
          value={search.risk}
          placeholder={t('allRisks')}
          aria-label={t('allRisks')}
          options={RiskStatus.options.map((value) => ({ value, label: t(`risk.${value}`) }))}
          onChange={(risk) => change({ risk: risk.length > 0 ? risk : undefined })}
        />
        <AreaPicker value={search.area} whole={me.area.name} onChange={(area) => change({ area })} />
      </search>
      <PagedList
        {...{ query, page, size }}
        emptyTitle={t('emptyTitle')}
        emptyText={t('emptyText')}
        onPage={(next) => change({ page: next })}
      >
        {({ rows }) => <SpellTable rows={rows} />}
      </PagedList>
    </>
  )
}

function SpellTable({ rows }: { rows: Spell[] }) {
  const { t } = useTranslation('categories')
  const common = useTranslation().t
  return (
    <div className="panel record-panel">
      <table className="record-list">
        <thead>
          <tr>
            <th scope="col">{t('household')}</th>
            <th scope="col">{t('category')}</th>
            <th scope="col">{t('place')}</th>
            <th scope="col">{t('causes')}</th>
            <th scope="col">{t('since')}</th>
            <th scope="col">{t('until')}</th>
            <th scope="col">{t('because')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.household.ref + row.from + row.category + row.risk}>
              <HouseholdCell household={row.household} />
              <td>
                <i className="category-dot" style={{ background: categoryColour[row.category] }} />
                {common(`category.${row.category}`)}
                {row.risk !== 'none' && <span className="sub">{t(`risk.${row.risk}`)}</span>}
              </td>
              <PlaceCell household={row.household} />
              <td>{row.causes.map((cause) => common(`cause.${cause}`)).join(common('may.separator'))}</td>
              <td className="nowrap" data-label={t('since')}>
                {row.from}
              </td>
              <td className="nowrap" data-label={t('until')}>
                {row.to ?? <span className="muted">{t('holds')}</span>}
              </td>
              <td data-label={t('because')}>
                {t(`change.${row.openedBecause}`)}
                {row.closedBecause && <> → {t(`change.${row.closedBecause}`)}</>}
                {row.case && (
                  <Link className="sub" to="/cases/$id" params={{ id: row.case }}>
                    {t('caseLink')}
                  </Link>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
