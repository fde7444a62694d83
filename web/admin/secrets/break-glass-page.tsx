import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Button, Input, Modal, Tag } from 'antd'
import { Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { BreakGlass } from '#contract/protection/secrets.ts'
import { api } from '#web/api/client.ts'
import { ListFrame } from '#web/ui/list/list-frame.tsx'
import type { Column } from '#web/ui/list/list-table.tsx'
import { useWholeList } from '#web/ui/list/use-paged-list.ts'
import { MayButton } from '#web/ui/may/may-button.tsx'
import { Failed } from '#web/ui/page/failed.tsx'
import { lazyPart } from '#web/ui/page/lazy-part.ts'
import { formatInstant } from '#web/ui/words/format.ts'
import { ListExport } from '../exports/index.ts'
import { breakGlassQuery } from './break-glass-query.ts'

const OpenBreakGlass = lazyPart(() => import('./open-break-glass.tsx'), 'OpenBreakGlass')

/** One's own, and for the security administrator all of the area, what waits for review first. */
export function BreakGlassPage() {
  const { t } = useTranslation('secrets')
  const [isOpening, setOpening] = useState(false)
  const [reviewing, setReviewing] = useState<BreakGlass>()
  const list = useWholeList(breakGlassQuery, ({ rows }) =>
    rows.toSorted((a, b) => Number(b.mayReview) - Number(a.mayReview)),
  )
  const { data } = list.query
  return (
    <>
      <ListFrame
        title={t('title')}
        note={data?.toReview ? t('toReview', { count: data.toReview }) : undefined}
        actions={
          <>
            <ListExport kind="break-glass" rows={data?.rows.length} />
            <MayButton type="primary" capability="break-glass.use" onClick={() => setOpening(true)}>
              {t('open')}
            </MayButton>
          </>
        }
        intro={t('intro')}
        list={list}
        empty={{ title: t('emptyTitle'), text: t('emptyText') }}
        columns={useColumns(setReviewing)}
        keyOf={({ id }) => id}
      />
      <Suspense fallback={null}>{isOpening && <OpenBreakGlass onClose={() => setOpening(false)} />}</Suspense>
      {reviewing && <Review row={reviewing} onClose={() => setReviewing(undefined)} />}
    </>
  )
}

function useColumns(onReview: (row: BreakGlass) => void): Column<BreakGlass>[] {
  const { t } = useTranslation('secrets')
  return [
    {
      key: 'household',
      head: t('household'),
      isRowHead: true,
      cell: ({ household, mayEnd, headName, county }) => (
        <>
          {household && mayEnd ? (
            <Link to="/households/$ref" params={{ ref: household }} search={{}}>
              {headName}
            </Link>
          ) : (
            headName
          )}
          <span className="sub">{county.name}</span>
        </>
      ),
    },
    {
      key: 'who',
      head: t('who'),
      cell: ({ by }) => (
        <>
          {by.name}
          <span className="sub">{by.area.name}</span>
        </>
      ),
    },
    { key: 'why', head: t('why'), label: t('why'), cell: ({ reason }) => reason },
    {
      key: 'period',
      head: t('period'),
      className: 'nowrap',
      cell: (row) => (
        <>
          {formatInstant(row.openedAt)}
          <span className="sub">
            <Period row={row} />
          </span>
        </>
      ),
    },
    { key: 'reads', head: t('reads'), label: t('reads'), className: 'number', cell: ({ reads }) => reads },
    {
      key: 'review',
      head: t('review'),
      cell: (row) => (
        <>
          {row.review && t('reviewed', row.review)}
          {row.mayReview && (
            <Button size="small" type="primary" onClick={() => onReview(row)}>
              {t('review')}
            </Button>
          )}
        </>
      ),
    },
  ]
}

function Period({ row }: { row: BreakGlass }) {
  const { t } = useTranslation('secrets')
  const until = row.endedAt ?? row.until
  const isOpen = row.endedAt === null && Date.parse(row.until) > Date.now()
  return (
    <>
      → {formatInstant(until).slice(11)}{' '}
      <Tag className={isOpen ? 'state-running' : ''}>{t(isOpen ? 'running' : 'ended')}</Tag>
    </>
  )
}

function Review({ row, onClose }: { row: BreakGlass; onClose(): void }) {
  const { t } = useTranslation('secrets')
  const common = useTranslation().t
  const queries = useQueryClient()
  const [remark, setRemark] = useState('')
  const review = useMutation({
    mutationFn: () => api.breakGlass.review({ id: row.id, remark: remark.trim() }),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['break-glass'] })
      onClose()
    },
  })
  return (
    <Modal
      open
      title={`${t('review')} · ${row.by.name}`}
      okText={t('review')}
      cancelText={common('cancel')}
      okButtonProps={{ disabled: remark.trim() === '', loading: review.isPending }}
      onOk={() => review.mutate()}
      onCancel={onClose}
    >
      <p>{row.reason}</p>
      <label htmlFor="glass-remark">{t('remark')}</label>
      <Input.TextArea
        id="glass-remark"
        rows={3}
        maxLength={500}
        value={remark}
        onChange={(event) => setRemark(event.target.value)}
      />
      <Failed of={review} />
    </Modal>
  )
}
