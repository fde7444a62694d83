import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { Button, Input, Modal, Tag } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ExportRow } from '#contract/protection/exports.ts'
import { api } from '#web/api/client.ts'
import { PagedList } from '#web/ui/list/paged-list.tsx'
import { PageHeader } from '#web/ui/page/page-header.tsx'
import { ErrorState } from '#web/ui/page/states.tsx'
import { formatCount, formatInstant } from '#web/ui/words/format.ts'
import { useNames } from '../shell/brought.ts'
import { exportAddress } from './export-address.ts'
import '#web/ui/list/records.css'

const route = getRouteApi('/layout/exports')
const size = 50

/** The register: what waits for one's own word on top, then every export one may know of. */
export function ExportsPage() {
  const { t } = useTranslation('exports')
  const common = useTranslation().t
  const navigate = useNavigate()
  const { page = 1 } = route.useSearch()
  const waiting = useQuery({
    queryKey: ['exports', 'waiting'],
    queryFn: () => api.exports.list({ toDecide: true, size: 200 }),
  })
  const all = useQuery({
    queryKey: ['exports', page],
    queryFn: () => api.exports.list({ page, size }),
    placeholderData: keepPreviousData,
  })
  return (
    <>
      <PageHeader
        title={t('title')}
        note={all.data ? common('total', { count: formatCount(all.data.total) as never }) : undefined}
      />
      <p className="record-note">{t('note')}</p>
      {waiting.data && waiting.data.total > 0 && (
        <section className="panel record-panel" aria-labelledby="exports-waiting">
          <h2 id="exports-waiting" style={{ padding: 12 }}>
            {t('toDecide', { count: waiting.data.total })}
          </h2>
          <Register rows={waiting.data.rows} />
        </section>
      )}
      <PagedList
        query={all}
        {...{ page, size }}
        emptyTitle={t('emptyTitle')}
        emptyText={t('emptyText')}
        onPage={(next) => navigate({ to: '/exports', search: { page: next } })}
      >
        {({ rows }) => (
          <section className="panel record-panel">
            <Register rows={rows} />
          </section>
        )}
      </PagedList>
    </>
  )
}

function Register({ rows }: { rows: ExportRow[] }) {
  const { t } = useTranslation('exports')
  const nameOf = useNames('exportNames')
  const [declining, setDeclining] = useState<ExportRow>()
  return (
    <>
      <table className="record-list">
        <thead>
          <tr>
            <th scope="col">{t('number')}</th>
            <th scope="col">{t('who')}</th>
            <th scope="col">{t('what')}</th>
            <th scope="col" className="number">
              {t('rows')}
            </th>
            <th scope="col">{t('when')}</th>
            <th scope="col">{t('decision')}</th>
            <th scope="col">
              <span className="visually-hidden">{t('action')}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.id}>
              <th scope="row" className="nowrap">
                {row.number} <Tag className={`state-${row.state}`}>{t(`state.${row.state}`)}</Tag>
              </th>
              <td>
                {row.requestedBy.name}
                <span className="sub">{row.requestedBy.area.name}</span>
              </td>
              <td>
                {nameOf(row.kind)}
                <span className="sub">
                  {t('purpose')}：{row.purpose}
                </span>
              </td>
              <td className="number" data-label={t('rows')}>
                {formatCount(row.rows)}
              </td>
              <td className="nowrap" data-label={t('when')}>
                {formatInstant(row.requestedAt)}
                {row.expiresAt && (row.state === 'pending' || row.state === 'ready') && (
                  <span className="sub">{t('until', { at: formatInstant(row.expiresAt) })}</span>
                )}
              </td>
              <td>
                <Word row={row} />
                {row.downloads > 0 && <span className="sub">{t('downloads', { count: row.downloads })}</span>}
              </td>
              <td>
                <Actions row={row} onDecline={() => setDeclining(row)} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {declining && <Decline row={declining} onClose={() => setDeclining(undefined)} />}
    </>
  )
}

function Word({ row }: { row: ExportRow }) {
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
    mutationFn: (word: { id: string; approve: boolean; reason?: string }) => api.exports.decide(word),
    onSettled: () => queries.invalidateQueries({ queryKey: ['exports'] }),
  })
}

function Actions({ row, onDecline }: { row: ExportRow; onDecline(): void }) {
  const { t } = useTranslation('exports')
  const decide = useDecide()
  const queries = useQueryClient()
  return (
    <div className="record-actions">
      {row.mayDownload && (
        <Button
          size="small"
          href={exportAddress(row.id)}
          download
          onClick={() => setTimeout(() => queries.invalidateQueries({ queryKey: ['exports'] }), 1500)}
        >
          {t('download')}
        </Button>
      )}
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
          <Button size="small" onClick={onDecline}>
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
