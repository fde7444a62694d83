import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Input, Modal, Progress, Tag } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '#web/api/client.ts'
import { TableExport } from '#web/ui/files/table-export.tsx'
import { MayButton } from '#web/ui/may/may-button.tsx'
import { PageHeader } from '#web/ui/page/page-header.tsx'
import { ErrorState, SkeletonRows } from '#web/ui/page/states.tsx'
import { formatCount, formatInstant } from '#web/ui/words/format.ts'
import '#web/ui/list/records.css'

const pollMs = 3000

/** The data keys, and how far what they sealed has come to the newest. */
export function KeysPage() {
  const { t } = useTranslation('rights')
  const [isRotating, setRotating] = useState(false)
  const query = useQuery({
    queryKey: ['keys'],
    queryFn: () => api.keys.list(undefined, { context: { background: true } }),
    refetchInterval: pollMs,
  })
  const status = query.data
  return (
    <>
      <PageHeader title={t('keysTitle')}>
        <MayButton type="primary" capability="key.rotate" onClick={() => setRotating(true)}>
          {t('rotate')}
        </MayButton>
      </PageHeader>
      <p className="record-note">{t('keysNote')}</p>
      {query.isError && <ErrorState error={query.error} onRetry={() => query.refetch()} />}
      {query.isPending && <SkeletonRows rows={4} height={28} />}
      {status && (
        <div className="panel record-panel">
          <TableExport title={t('keysTitle')} of="keys-table" />
          <table id="keys-table" className="record-list">
            <thead>
              <tr>
                <th scope="col">{t('keysTitle')}</th>
                <th scope="col">{t('madeAt')}</th>
                <th scope="col">{t('madeBy')}</th>
                <th scope="col" className="number">
                  {t('left')}
                </th>
              </tr>
            </thead>
            <tbody>
              {status.keys.map((key) => (
                <tr key={key.id}>
                  <th scope="row">
                    {t('key', { id: key.id })} <Tag>{t(`keyState.${key.state}`)}</Tag>
                  </th>
                  <td className="nowrap">{formatInstant(key.madeAt)}</td>
                  <td>{key.madeBy ?? t('first')}</td>
                  <td className="number" data-label={t('left')}>
                    {key.left === null ? '–' : formatCount(key.left)}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {status && status.progress.length > 0 && (
        <section className="panel" aria-labelledby="keys-progress">
          <h2 id="keys-progress">{t('progress')}</h2>
          {status.progress.map(({ place, done, total, finishedAt }) => (
            <div key={place}>
              {place}{' '}
              <span className="muted">
                {formatCount(done)} / {formatCount(total)}
              </span>
              <Progress
                aria-label={place}
                percent={finishedAt ? 100 : Math.min(99, Math.floor((done / Math.max(total, 1)) * 100))}
                size="small"
              />
            </div>
          ))}
        </section>
      )}
      {isRotating && <Rotate onClose={() => setRotating(false)} />}
    </>
  )
}

function Rotate({ onClose }: { onClose(): void }) {
  const { t } = useTranslation('rights')
  const common = useTranslation().t
  const queries = useQueryClient()
  const [reason, setReason] = useState('')
  const rotate = useMutation({
    mutationFn: () => api.keys.rotate({ reason: reason.trim() }),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['keys'] })
      onClose()
    },
  })
  return (
    <Modal
      open
      title={t('rotate')}
      okText={t('rotate')}
      cancelText={common('cancel')}
      okButtonProps={{ disabled: reason.trim() === '', loading: rotate.isPending }}
      onOk={() => rotate.mutate()}
      onCancel={onClose}
    >
      <p>{t('rotateText')}</p>
      <label htmlFor="rotate-reason">{t('rotateReason')}</label>
      <Input
        id="rotate-reason"
        maxLength={500}
        value={reason}
        onChange={(event) => setReason(event.target.value)}
      />
      {rotate.isError && <ErrorState error={rotate.error} />}
    </Modal>
  )
}
