import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import { Button, Tag } from 'antd'
import { Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import type { AuditRow } from '#contract/protection/audit.ts'
import { api } from '#web/api/client.ts'
import { OneOf, SomeOf } from '#web/ui/list/filters/choose.tsx'
import { SearchField } from '#web/ui/list/filters/search-field.tsx'
import { type Column, ListTable } from '#web/ui/list/list-table.tsx'
import { lazyPart } from '#web/ui/page/lazy-part.ts'
import { PageHeader } from '#web/ui/page/page-header.tsx'
import { EmptyState, ErrorState, SkeletonRows } from '#web/ui/page/states.tsx'
import { formatCount, formatInstant } from '#web/ui/words/format.ts'
import { ListExport } from '../exports/index.ts'
import { useActionName } from './action-name.ts'
import { AlarmList } from './alarm-list.tsx'
import { ChainStrip } from './chain-strip.tsx'
import '#web/ui/list/pager.css'
import './audit.css'

const route = getRouteApi('/layout/audit')
const EntryDrawer = lazyPart(() => import('./entry-drawer.tsx'), 'EntryDrawer')
const Period = lazyPart(() => import('./period.tsx'), 'Period')
const countedTo = 10_000

/** All of it, whatever page is shown. */
function fileFilter<Filter extends { before?: number | undefined }>({ before: _page, ...filter }: Filter) {
  return filter
}

/** Whether the record holds, what in it is unusual, and every line of it. */
export function AuditPage() {
  const { t } = useTranslation('audit')
  const common = useTranslation().t
  const navigate = useNavigate()
  const search = route.useSearch()
  const nameOf = useActionName()
  const { id, ...filter } = search
  const query = useQuery({
    queryKey: ['audit', 'list', filter],
    queryFn: () => api.audit.list({ ...filter, size: 50 }),
    placeholderData: keepPreviousData,
  })
  const change = (next: Partial<typeof search>) =>
    navigate({ to: '/audit', search: { ...search, before: undefined, ...next }, resetScroll: false })
  const rows = query.data?.rows ?? []
  const total = query.data?.total ?? 0
  const isFiltered = Object.values(filter).some((value) => value !== undefined)
  return (
    <>
      <PageHeader title={t('title')}>
        <ListExport kind="audit" filter={fileFilter(filter)} />
      </PageHeader>
      <ChainStrip />
      <AlarmList />
      <section aria-labelledby="audit-list">
        <div className="audit-heading bare">
          <h2 id="audit-list">{t('list')}</h2>
          {query.data && !query.isPlaceholderData && (
            <span className="muted">
              {total >= countedTo
                ? t('atLeast', { count: formatCount(countedTo) as never })
                : common('total', { count: formatCount(total) as never })}
            </span>
          )}
        </div>
        <search className="record-filters no-print">
          <Suspense fallback={<span className="wide" />}>
            <Period onChange={(from, to) => change({ from, to })} />
          </Suspense>
          <SearchField
            className="middle"
            name={t('actor')}
            value={search.actor}
            onSearch={(actor) => change({ actor })}
          />
          <SomeOf
            name={t('action')}
            most={2}
            value={search.action}
            options={(query.data?.actions ?? []).map((value) => ({ value, label: nameOf(value) }))}
            onChange={(action) => change({ action })}
          />
          <OneOf
            name={t('outcome')}
            value={search.outcome}
            options={(['done', 'refused'] as const).map((value) => ({
              value,
              label: t(`outcomes.${value}`),
            }))}
            onChange={(outcome) => change({ outcome })}
          />
          {isFiltered && (
            <Link to="/audit" search={{}} className="ant-btn ant-btn-link">
              {t('clear')}
            </Link>
          )}
        </search>
        {query.isError && <ErrorState error={query.error} onRetry={() => query.refetch()} />}
        {query.isPending && <SkeletonRows rows={12} height={28} />}
        {query.data && rows.length === 0 && <EmptyState title={t('emptyTitle')}>{t('emptyText')}</EmptyState>}
        {rows.length > 0 && (
          <Entries rows={rows} onOpen={(entry) => change({ id: entry, before: search.before })} />
        )}
        <nav className="pager-row no-print" aria-label={t('list')}>
          {search.before !== undefined && (
            <Button size="small" onClick={() => change({})}>
              {t('newest')}
            </Button>
          )}
          {query.data?.more && (
            <Button size="small" onClick={() => change({ before: rows.at(-1)?.id })}>
              {t('older')}
            </Button>
          )}
        </nav>
      </section>
      <Suspense fallback={null}>
        {id !== undefined && (
          <EntryDrawer id={id} onClose={() => change({ id: undefined, before: search.before })} />
        )}
      </Suspense>
    </>
  )
}

function Entries({ rows, onOpen }: { rows: AuditRow[]; onOpen(id: number): void }) {
  const { t } = useTranslation('audit')
  const common = useTranslation().t
  const nameOf = useActionName()
  const roleOf = (role: string) =>
    role === 'system' || role === 'cli' || role === 'unknown' ? t(role) : common(`role.${role as 'clerk'}`)
  const columns: Column<AuditRow>[] = [
    { key: 'when', head: t('when'), className: 'nowrap', cell: (row) => formatInstant(row.at) },
    {
      key: 'who',
      head: t('who'),
      cell: ({ actor }) => (
        <>
          {actor.username}
          <span className="sub">
            {roleOf(actor.role)} {actor.area?.name}
          </span>
        </>
      ),
    },
    {
      key: 'what',
      head: t('what'),
      isRowHead: true,
      cell: (row) => (
        <>
          <button type="button" className="audit-open" onClick={() => onOpen(row.id)}>
            {nameOf(row.action)}
          </button>{' '}
          {row.outcome === 'refused' && <Tag className="state-refused">{t('outcomes.refused')}</Tag>}
        </>
      ),
    },
    { key: 'why', head: t('why'), cell: (row) => row.reason },
    {
      key: 'count',
      head: t('count'),
      className: 'number',
      cell: ({ count }) => (count === null ? '' : formatCount(count)),
    },
    { key: 'where', head: t('where'), className: 'nowrap muted', cell: (row) => row.address },
  ]
  return (
    <div className="panel record-panel">
      <ListTable rows={rows} columns={columns} keyOf={(row) => String(row.id)} />
    </div>
  )
}
