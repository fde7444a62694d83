import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import { Button, Input, Select } from 'antd'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { HouseholdCategory } from '#contract/households.ts'
import { api } from '#web/api/client.ts'
import { formatCount } from '#web/ui/format.ts'
import { MayButton } from '#web/ui/may-button.tsx'
import { PageHeader } from '#web/ui/page-header.tsx'
import { RiskMark } from '#web/ui/risk-mark.tsx'
import { EmptyState, ErrorState, SkeletonRows } from '#web/ui/states.tsx'
import './households.css'

const route = getRouteApi('/layout/households')
const size = 50
const RequestExport = lazy(async () => ({
  default: (await import('../exports/request-export.tsx')).RequestExport,
}))
const OpenBreakGlass = lazy(async () => ({
  default: (await import('../secrets/open-break-glass.tsx')).OpenBreakGlass,
}))
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
  const pages = Math.max(1, Math.ceil(total / size))
  return (
    <>
      <PageHeader
        title={t('title')}
        note={query.data ? common('total', { count: formatCount(total) as never }) : undefined}
        isNoteStale={query.isPlaceholderData}
      >
        <MayButton size="small" capability="export.request" onClick={() => setExporting(true)}>
          {clues('export')}
        </MayButton>
      </PageHeader>
      <search className="filter-row">
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
      </search>
      {query.isError && <ErrorState error={query.error} onRetry={() => query.refetch()} />}
      {query.isPending && <SkeletonRows rows={12} height={28} />}
      {query.data && total === 0 && (
        <EmptyState title={t('emptyTitle')}>
          {t('emptyText')}
          {isWholeNumber(search.q) && (
            <p>
              {secrets('notFound')}{' '}
              <MayButton size="small" capability="break-glass.use" onClick={() => setOpening(true)}>
                {secrets('title')}
              </MayButton>
            </p>
          )}
        </EmptyState>
      )}
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
      {total > 0 && (
        <div className="panel table-panel">
          <table className="list-table">
            <thead>
              <tr>
                <th scope="col">{t('head')}</th>
                <th scope="col">{t('category')}</th>
                <th scope="col">{t('place')}</th>
                <th scope="col" className="number">
                  {t('members')}
                </th>
                <th scope="col">{t('openClues')}</th>
                <th scope="col">{t('number')}</th>
              </tr>
            </thead>
            <tbody>
              {query.data?.rows.map((row) => (
                <tr key={row.ref}>
                  <th scope="row">
                    <Link to="/households/$ref" params={{ ref: row.ref }} search={{}}>
                      {row.headName}
                    </Link>
                  </th>
                  <td>{common(`category.${row.category as 'stable'}`)}</td>
                  <td>
                    {row.county.name} {row.township.name} {row.village.name}
                  </td>
                  <td className="number">{row.memberCount}</td>
                  <td>
                    {row.level ? (
                      <span className="risk-mark">
                        <RiskMark risk={row.level} text={false} /> {row.openClues}
                      </span>
                    ) : (
                      <span className="muted">–</span>
                    )}
                  </td>
                  <td className="muted">{row.householdNo}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {pages > 1 && (
        <nav className="list-pager" aria-label={clues('pageOf', { page, pages })}>
          <Button size="small" disabled={page <= 1} onClick={() => change({ page: page - 1 })}>
            {clues('prevPage')}
          </Button>
          <span>{clues('pageOf', { page, pages })}</span>
          <Button size="small" disabled={page >= pages} onClick={() => change({ page: page + 1 })}>
            {clues('nextPage')}
          </Button>
        </nav>
      )}
    </>
  )
}
