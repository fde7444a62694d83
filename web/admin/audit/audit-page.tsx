import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import { Button, Input, Select, Tag } from 'antd'
import { Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import type { AuditRow } from '#contract/protection/audit.ts'
import { api } from '#web/api/client.ts'
import { lazyPart } from '#web/ui/page/lazy-part.ts'
import { PageHeader } from '#web/ui/page/page-header.tsx'
import { EmptyState, ErrorState, SkeletonRows } from '#web/ui/page/states.tsx'
import { formatCount, formatInstant } from '#web/ui/words/format.ts'
import { useActionName } from './action-name.ts'
import { AlarmList } from './alarm-list.tsx'
import { ChainStrip } from './chain-strip.tsx'
import '#web/ui/list/pager.css'
import '#web/ui/list/records.css'
import './audit.css'

const route = getRouteApi('/layout/audit')
const EntryDrawer = lazyPart(() => import('./entry-drawer.tsx'), 'EntryDrawer')
const Period = lazyPart(() => import('./period.tsx'), 'Period')
const countedTo = 10_000

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
        <Button onClick={() => window.print()}>{common('print')}</Button>
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
          <Input.Search
            key={`actor-${search.actor}`}
            className="middle"
            allowClear
            defaultValue={search.actor}
            placeholder={t('actor')}
            aria-label={t('actor')}
            onSearch={(actor) => change({ actor: actor.trim() || undefined })}
          />
          <Select
            mode="multiple"
            className="wide"
            allowClear
            value={search.action}
            placeholder={t('action')}
            aria-label={t('action')}
            maxTagCount={2}
            options={(query.data?.actions ?? []).map((value) => ({ value, label: nameOf(value) }))}
            onChange={(action) => change({ action: action.length > 0 ? action : undefined })}
          />
          <Select
            className="middle"
            allowClear
            value={search.outcome}
            placeholder={t('outcome')}
            aria-label={t('outcome')}
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
  return (
    <div className="panel record-panel">
      <table className="record-list">
        <thead>
          <tr>
            <th scope="col">{t('when')}</th>
            <th scope="col">{t('who')}</th>
            <th scope="col">{t('what')}</th>
            <th scope="col">{t('why')}</th>
            <th scope="col" className="number">
              {t('count')}
            </th>
            <th scope="col">{t('where')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.id}>
              <td className="nowrap">{formatInstant(row.at)}</td>
              <td>
                {row.actor.username}
                <span className="sub">
                  {roleOf(row.actor.role)} {row.actor.area?.name}
                </span>
              </td>
              <th scope="row">
                <button type="button" className="audit-open" onClick={() => onOpen(row.id)}>
                  {nameOf(row.action)}
                </button>{' '}
                {row.outcome === 'refused' && <Tag className="state-refused">{t('outcomes.refused')}</Tag>}
              </th>
              <td>{row.reason}</td>
              <td className="number">{row.count === null ? '' : formatCount(row.count)}</td>
              <td className="nowrap muted">{row.address}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
