import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { Input, Select } from 'antd'
import { Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { z } from 'zod'
import { HouseholdCategory, type HouseholdRow } from '#contract/registry/households.ts'
import { api } from '#web/api/client.ts'
import { useMe } from '#web/api/session.ts'
import { HouseholdCell, PlaceCell } from '#web/ui/list/household-cells.tsx'
import { PagedList } from '#web/ui/list/paged-list.tsx'
import { MayButton } from '#web/ui/may/may-button.tsx'
import { PageHeader } from '#web/ui/page/page-header.tsx'
import { AreaPicker } from '#web/ui/place/area-picker.tsx'
import { formatCount } from '#web/ui/words/format.ts'
import { RiskMark } from '#web/ui/words/risk-mark.tsx'
import { RequestExport } from '../exports/index.ts'
import { OpenBreakGlass } from '../secrets/index.ts'
import '#web/ui/list/records.css'
import './households.css'

const route = getRouteApi('/layout/households')
const size = 50
/** A household number or an ID number, in full: who types one knows whom they look for. */
const isWholeNumber = (q: string | undefined) => /^\d{15,20}$|^\d{17}[\dXx]$/.test(q?.trim() ?? '')

export function HouseholdsPage() {
  const { t } = useTranslation('households')
  const common = useTranslation().t
  const clues = useTranslation('clues').t
  const secrets = useTranslation('secrets').t
  const [isExporting, setExporting] = useState(false)
  const [isOpening, setOpening] = useState(false)
  const navigate = useNavigate()
  const me = useMe()
  const search = route.useSearch()
  const { page = 1, ...filter } = search
  const query = useQuery({
    queryKey: ['households', search],
    queryFn: () => api.households.list({ ...filter, page, size }),
    placeholderData: keepPreviousData,
  })
  const change = (next: Partial<typeof search>) =>
    navigate({ to: '/households', search: { ...search, page: undefined, ...next } })
  const total = query.data?.total ?? 0
  return (
    <>
      <PageHeader
        title={t('title')}
        note={query.data ? common('households', { count: formatCount(total) as never }) : undefined}
        isNoteStale={query.isPlaceholderData}
      >
        <MayButton capability="export.request" onClick={() => setExporting(true)}>
          {clues('export')}
        </MayButton>
      </PageHeader>
      <search className="record-filters">
        <Input.Search
          key={search.q}
          className="household-search"
          allowClear
          defaultValue={search.q}
          placeholder={t('searchPlaceholder')}
          aria-label={t('searchPlaceholder')}
          onSearch={(q) => change({ q: q.trim() || undefined })}
        />
        <Select
          mode="multiple"
          className="household-category"
          value={search.category}
          placeholder={t('category')}
          aria-label={t('category')}
          options={HouseholdCategory.options.map((value) => ({ value, label: common(`category.${value}`) }))}
          onChange={(category) => change({ category: category.length > 0 ? category : undefined })}
        />
        <AreaPicker value={search.area} whole={me.area.name} onChange={(area) => change({ area })} />
      </search>
      <Suspense fallback={null}>
        {isExporting && (
          <RequestExport
            kind="households"
            filter={{ households: filter }}
            rows={query.isPlaceholderData ? undefined : query.data?.total}
            onClose={() => setExporting(false)}
          />
        )}
        {isOpening && <OpenBreakGlass number={search.q ?? ''} onClose={() => setOpening(false)} />}
      </Suspense>
      <PagedList
        {...{ query, page, size }}
        emptyTitle={t('emptyTitle')}
        emptyText={
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
        }
        onPage={(next) => change({ page: next })}
      >
        {({ rows }) => <HouseholdTable rows={rows} />}
      </PagedList>
    </>
  )
}

function HouseholdTable({ rows }: { rows: z.infer<typeof HouseholdRow>[] }) {
  const { t } = useTranslation('households')
  const common = useTranslation().t
  return (
    <div className="panel record-panel">
      <table className="record-list">
        <thead>
          <tr>
            <th scope="col">{t('head')}</th>
            <th scope="col">{t('place')}</th>
            <th scope="col">{t('category')}</th>
            <th scope="col">{t('openClues')}</th>
            <th scope="col">{t('number')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.ref}>
              <HouseholdCell household={row} />
              <PlaceCell household={row} />
              <td>{common(`category.${row.category as 'stable'}`)}</td>
              <td data-label={t('openClues')}>
                {row.level ? (
                  <span className="risk-mark">
                    <RiskMark risk={row.level} text={false} /> {row.openClues}
                  </span>
                ) : (
                  <span className="muted">–</span>
                )}
              </td>
              <td className="muted nowrap" data-label={t('number')}>
                {row.householdNo}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
