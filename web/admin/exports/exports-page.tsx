import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { Button, Input, Modal, Tag } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ExportRow } from '#contract/protection/exports.ts'
import { api } from '#web/api/client.ts'
import { ListFrame } from '#web/ui/list/list-frame.tsx'
import { type Column, ListTable } from '#web/ui/list/list-table.tsx'
import { usePagedList } from '#web/ui/list/use-paged-list.ts'
import { ErrorState } from '#web/ui/page/states.tsx'
import { formatCount, formatInstant } from '#web/ui/words/format.ts'
import { useNames } from '../shell/brought.ts'
import { exportAddress, fileFormats } from './export-address.ts'
import { ListExport } from './list-export.tsx'
import { RequestMore } from './request-more.tsx'

const route = getRouteApi('/layout/exports')

/** What is not counted after a minute was refused. */
const countedWithinMs = 60_000
const lookAgainMs = 500

/** The file one began to fetch here last, and how often it will have been fetched: the register is looked at until it says so. */
function useFetched() {
  const [fetched, setFetched] = useState<{ id: string; times: number; at: number }>()
  return {
    onFetch: ({ id, downloads }: ExportRow) =>
      setFetched((last) => ({
        id,
        times: Math.max(downloads, last?.id === id ? last.times : 0) + 1,
        at: Date.now(),
      })),
    againIn: ({ rows }: { rows: readonly ExportRow[] }) => {
      const isAwaited = rows.some(({ id, downloads }) => id === fetched?.id && downloads < fetched.times)
      return isAwaited && fetched && Date.now() - fetched.at < countedWithinMs ? lookAgainMs : false
    },
  }
}

/** The register: what waits for one's own word on top, then every export one may know of. */
export function ExportsPage() {
  const { t } = useTranslation('exports')
  const navigate = useNavigate()
  const search = route.useSearch()
  const [declining, setDeclining] = useState<ExportRow>()
  const [isRequesting, setRequesting] = useState(false)
  const { onFetch, againIn } = useFetched()
  const columns = useColumns({ onDecline: setDeclining, onFetch })
  const keyOf = (row: ExportRow) => row.id
  const waiting = useQuery({
    queryKey: ['exports', 'waiting'],
    queryFn: () => api.exports.list({ toDecide: true, size: 200 }),
  })
  const list = usePagedList('exports', search, (query) => api.exports.list(query), againIn)
  return (
    <>
      <ListFrame
        title={t('title')}
        intro={t('note')}
        actions={
          <>
            <ListExport kind="exports" list={list} />
            <Button onClick={() => setRequesting(true)}>{t('more.title')}</Button>
          </>
        }
        above={
          waiting.data &&
          waiting.data.total > 0 && (
            <section className="panel record-panel" aria-labelledby="exports-waiting">
              <h2 id="exports-waiting" style={{ padding: 12 }}>
                {t('toDecide', { count: waiting.data.total })}
              </h2>
              <ListTable rows={waiting.data.rows} columns={columns} keyOf={keyOf} />
            </section>
          )
        }
        list={list}
        empty={{ title: t('emptyTitle'), text: t('emptyText') }}
        columns={columns}
        keyOf={keyOf}
        onPage={(page) => navigate({ to: '/exports', search: { page } })}
      />
      {isRequesting && <RequestMore onClose={() => setRequesting(false)} />}
      {declining && <Decline row={declining} onClose={() => setDeclining(undefined)} />}
    </>
  )
}

interface RowActions {
  onDecline(row: ExportRow): void
  onFetch(row: ExportRow): void
}

function useColumns(actions: RowActions): Column<ExportRow>[] {
  const { t } = useTranslation('exports')
  const nameOf = useNames('exportNames')
  return [
    {
      key: 'number',
      head: t('number'),
      className: 'nowrap',
      isRowHead: true,
      cell: (row) => (
        <>
          {row.number} <Tag className={`state-${row.state}`}>{t(`state.${row.state}`)}</Tag>
        </>
      ),
    },
    {
      key: 'who',
      head: t('who'),
      cell: ({ requestedBy: { name, area } }) => (
        <>
          {name}
          <span className="sub">{area.name}</span>
        </>
      ),
    },
    {
      key: 'what',
      head: t('what'),
      cell: (row) => (
        <>
          {nameOf(row.kind)}
          <span className="sub">
            {t('purpose')}：{row.purpose}
          </span>
        </>
      ),
    },
    {
      key: 'rows',
      head: t('rows'),
      label: t('rows'),
      className: 'number',
      cell: (row) => formatCount(row.rows),
    },
    {
      key: 'when',
      head: t('when'),
      label: t('when'),
      className: 'nowrap',
      cell: (row) => <When row={row} />,
    },
    {
      key: 'decision',
      head: t('decision'),
      cell: (row) => (
        <>
          <Decide row={row} />
          {row.downloads > 0 && <span className="sub">{t('downloads', { count: row.downloads })}</span>}
        </>
      ),
    },
    {
      key: 'action',
      head: <span className="visually-hidden">{t('action')}</span>,
      cell: (row) => <Actions row={row} {...actions} />,
    },
  ]
}

function When({ row }: { row: ExportRow }) {
  const { t } = useTranslation('exports')
  const { requestedAt, expiresAt, state } = row
  return (
    <>
      {formatInstant(requestedAt)}
      {expiresAt && (state === 'pending' || state === 'ready') && (
        <span className="sub">{t('until', { at: formatInstant(expiresAt) })}</span>
      )}
    </>
  )
}

function Decide({ row }: { row: ExportRow }) {
  const { t } = useTranslation('exports')
  if (row.decision) {
    const { approved, by, reason } = row.decision
    return <>{approved ? t('approvedBy', { by }) : t('declinedBy', { by, reason: reason ?? '' })}</>
  }
  return <span className="muted">{row.state === 'pending' ? t('waits') : t('none')}</span>
}

function useDecide() {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (decision: { id: string; approve: boolean; reason?: string }) => api.exports.decide(decision),
    onSettled: () => queries.invalidateQueries({ queryKey: ['exports'] }),
  })
}

function Actions({ row, onDecline, onFetch }: RowActions & { row: ExportRow }) {
  const { t } = useTranslation('exports')
  const decide = useDecide()
  return (
    <div className="record-actions">
      {row.mayDownload &&
        fileFormats.map((format) => (
          <Button
            key={format}
            size="small"
            href={exportAddress(row.id, format)}
            {...(format === 'print' ? { target: '_blank', rel: 'noopener' } : { download: true })}
            onClick={() => onFetch(row)}
          >
            {t(`form.${format}`)}
          </Button>
        ))}
      {row.mayDecide && (
        <>
          <Button
            size="small"
            type="primary"
            loading={decide.isPending}
            onClick={() => decide.mutate({ id: row.id, approve: true })}
          >
            {t('approve')}
          </Button>
          <Button size="small" onClick={() => onDecline(row)}>
            {t('decline')}
          </Button>
        </>
      )}
      {decide.isError && <ErrorState error={decide.error} />}
    </div>
  )
}

function Decline({ row, onClose }: { row: ExportRow; onClose(): void }) {
  const { t } = useTranslation('exports')
  const common = useTranslation().t
  const decide = useDecide()
  const [reason, setReason] = useState('')
  const isMissing = decide.isIdle && reason.trim() === ''
  return (
    <Modal
      open
      title={t('declineTitle', { number: row.number })}
      okText={t('decline')}
      cancelText={common('cancel')}
      okButtonProps={{ disabled: isMissing, loading: decide.isPending }}
      onCancel={onClose}
      onOk={() =>
        decide.mutate({ id: row.id, approve: false, reason: reason.trim() }, { onSuccess: onClose })
      }
    >
      <label htmlFor="decline-reason">{t('declineReason')}</label>
      <Input.TextArea
        id="decline-reason"
        rows={3}
        maxLength={500}
        value={reason}
        onChange={(event) => setReason(event.target.value)}
      />
      {decide.isError && <ErrorState error={decide.error} />}
    </Modal>
  )
}
