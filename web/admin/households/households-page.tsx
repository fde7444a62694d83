import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { z } from 'zod'
import { HouseholdCategory, type HouseholdRow } from '#contract/registry/households.ts'
import { api } from '#web/api/client.ts'
import { useMe } from '#web/api/session.ts'
import { OneOf, SomeOf } from '#web/ui/list/filters/choose.tsx'
import { SearchField } from '#web/ui/list/filters/search-field.tsx'
import { useHouseholdColumns } from '#web/ui/list/household-columns.tsx'
import { ListFrame } from '#web/ui/list/list-frame.tsx'
import type { Column } from '#web/ui/list/list-table.tsx'
import { usePagedList } from '#web/ui/list/use-paged-list.ts'
import { MayButton } from '#web/ui/may/may-button.tsx'
import { AreaPicker } from '#web/ui/place/area-picker.tsx'
import { formatCount } from '#web/ui/words/format.ts'
import { RiskMark } from '#web/ui/words/risk-mark.tsx'
import { ListExport } from '../exports/index.ts'
import { OpenBreakGlass } from '../secrets/index.ts'
import { Findings } from './findings.tsx'
import './households.css'

const route = getRouteApi('/layout/households')
type Row = z.infer<typeof HouseholdRow>
/** A household number or an ID number, in full: who types one knows whom they look for. */
const isWholeNumber = (q: string | undefined) => /^\d{15,20}$|^\d{17}[\dXx]$/.test(q?.trim() ?? '')

export function HouseholdsPage() {
  const { t } = useTranslation('households')
  const common = useTranslation().t
  const secrets = useTranslation('secrets').t
  const [isOpening, setOpening] = useState(false)
  const navigate = useNavigate()
  const me = useMe()
  const search = route.useSearch()
  const list = usePagedList('households', search, (query) => api.households.list(query))
  const columns = useColumns()
  const { data } = list.query
  const change = (next: Partial<typeof search>) =>
    navigate({ to: '/households', search: { ...search, page: undefined, ...next } })
  return (
    <>
      <ListFrame
        title={t('title')}
        note={data && common('households', { count: formatCount(data.total) as never })}
        actions={
          <ListExport kind="households" list={list} filter={{ households: list.filter }} also={['people']} />
        }
        views={{
          list: 'households',
          search,
          onChoose: (view) => navigate({ to: '/households', search: view }),
        }}
        hasSearch
        filters={
          <>
            <SearchField
              className="household-search"
              name={t('searchPlaceholder')}
              value={search.q}
              onSearch={(q) => change({ q })}
            />
            <SomeOf
              name={t('category')}
              value={search.category}
              options={HouseholdCategory.options.map((value) => ({
                value,
                label: common(`category.${value}`),
              }))}
              onChange={(category) => change({ category })}
            />
            <OneOf
              name={t('finding')}
              value={search.finding}
              options={[{ value: 'size' as const, label: t('sizeDiffers') }]}
              onChange={(finding) => change({ finding })}
            />
            <AreaPicker value={search.area} whole={me.area.name} onChange={(area) => change({ area })} />
          </>
        }
        list={list}
        empty={{
          title: t('emptyTitle'),
          text: (
            <>
              {t('emptyText')}
              {isWholeNumber(search.q) && (
                <p>
                  {secrets('notFound')}{' '}
                  <MayButton size="small" capability="break-glass.use" onClick={() => setOpening(true)}>
                    {secrets('title')}
                  </MayButton>
                </p>
              )}
            </>
          ),
        }}
        above={<Findings area={search.area} />}
        columns={columns}
        keyOf={({ ref }) => ref}
        onPage={(page) => change({ page })}
      />
      <Suspense fallback={null}>
        {isOpening && <OpenBreakGlass number={search.q ?? ''} onClose={() => setOpening(false)} />}
      </Suspense>
    </>
  )
}

function useColumns(): Column<Row>[] {
  const { t } = useTranslation('households')
  const common = useTranslation().t
  const household = useHouseholdColumns<Row>((row) => row)
  return [
    ...household,
    { key: 'category', head: t('category'), cell: (row) => common(`category.${row.category as 'stable'}`) },
    {
      key: 'clues',
      head: t('openClues'),
      label: t('openClues'),
      cell: ({ level, openClues }) =>
        level ? (
          <span className="risk-mark">
            <RiskMark risk={level} text={false} /> {openClues}
          </span>
        ) : (
          <span className="muted">–</span>
        ),
    },
    {
      key: 'number',
      head: t('number'),
      label: t('number'),
      className: 'muted nowrap',
      cell: (row) => row.householdNo,
    },
  ]
}
