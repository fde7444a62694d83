import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Input, Modal, Progress, Tag } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { DataKey } from '#contract/protection/keys.ts'
import { api } from '#web/api/client.ts'
import { TableExport } from '#web/ui/files/table-export.tsx'
import { ListFrame } from '#web/ui/list/list-frame.tsx'
import type { Column } from '#web/ui/list/list-table.tsx'
import { useWholeList } from '#web/ui/list/use-paged-list.ts'
import { MayButton } from '#web/ui/may/may-button.tsx'
import { Failed } from '#web/ui/page/failed.tsx'
import { formatCount, formatInstant } from '#web/ui/words/format.ts'

const pollMs = 3000

/** The data keys, and how far what they sealed has come to the newest. */
export function KeysPage() {
  const { t } = useTranslation('rights')
  const [isRotating, setRotating] = useState(false)
  const list = useWholeList(
    {
      queryKey: ['keys'],
      queryFn: () => api.keys.list(undefined, { context: { background: true } }),
      refetchInterval: pollMs,
    },
    ({ keys }) => keys,
  )
  const columns: Column<DataKey>[] = [
    {
      key: 'key',
      head: t('keysTitle'),
      isRowHead: true,
      cell: ({ id, state }) => (
        <>
          {t('key', { id })} <Tag>{t(`keyState.${state}`)}</Tag>
        </>
      ),
    },
    { key: 'madeAt', head: t('madeAt'), className: 'nowrap', cell: ({ madeAt }) => formatInstant(madeAt) },
    { key: 'madeBy', head: t('madeBy'), cell: ({ madeBy }) => madeBy ?? t('first') },
    {
      key: 'left',
      head: t('left'),
      label: t('left'),
      className: 'number',
      cell: ({ left }) => (left === null ? '–' : formatCount(left)),
    },
  ]
  const { progress = [] } = list.query.data ?? {}
  return (
    <>
      <ListFrame
        title={t('keysTitle')}
        note={null}
        actions={
          <>
            <TableExport title={t('keysTitle')} of="keys-table" />
            <MayButton type="primary" capability="key.rotate" onClick={() => setRotating(true)}>
              {t('rotate')}
            </MayButton>
          </>
        }
        intro={t('keysNote')}
        list={list}
        empty={{ title: t('keysTitle') }}
        id="keys-table"
        columns={columns}
        keyOf={({ id }) => String(id)}
      />
      {progress.length > 0 && (
        <section className="panel" aria-labelledby="keys-progress">
          <h2 id="keys-progress">{t('progress')}</h2>
          {progress.map(({ place, done, total, finishedAt }) => (
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
      <Failed of={rotate} />
    </Modal>
  )
}
