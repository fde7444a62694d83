import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Button, Input, Modal, Tag } from 'antd'
import { Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { BreakGlass } from '#contract/protection/secrets.ts'
import { api } from '#web/api/client.ts'
import { MayButton } from '#web/ui/may/may-button.tsx'
import { lazyPart } from '#web/ui/page/lazy-part.ts'
import { PageHeader } from '#web/ui/page/page-header.tsx'
import { EmptyState, ErrorState, SkeletonRows } from '#web/ui/page/states.tsx'
import { formatInstant } from '#web/ui/words/format.ts'
import { ListExport } from '../exports/index.ts'
import { breakGlassQuery } from './break-glass-query.ts'
import '#web/ui/list/records.css'

const OpenBreakGlass = lazyPart(() => import('./open-break-glass.tsx'), 'OpenBreakGlass')

/** One's own, and for the security administrator all of the area, what waits for review first. */
export function BreakGlassPage() {
  const { t } = useTranslation('secrets')
  const [isOpening, setOpening] = useState(false)
  const [reviewing, setReviewing] = useState<BreakGlass>()
  const query = useQuery(breakGlassQuery)
  const rows = (query.data?.rows ?? []).toSorted((a, b) => Number(b.mayReview) - Number(a.mayReview))
  return (
    <>
      <PageHeader
        title={t('title')}
        note={query.data?.toReview ? t('toReview', { count: query.data.toReview }) : undefined}
      >
        <ListExport kind="break-glass" rows={query.data?.rows.length} />
        <MayButton type="primary" capability="break-glass.use" onClick={() => setOpening(true)}>
          {t('open')}
        </MayButton>
      </PageHeader>
      <p className="record-note">{t('intro')}</p>
      {query.isError && <ErrorState error={query.error} onRetry={() => query.refetch()} />}
      {query.isPending && <SkeletonRows rows={6} height={28} />}
      {query.data && rows.length === 0 && <EmptyState title={t('emptyTitle')}>{t('emptyText')}</EmptyState>}
      {rows.length > 0 && (
        <div className="panel record-panel">
          <table className="record-list">
            <thead>
              <tr>
                <th scope="col">{t('household')}</th>
                <th scope="col">{t('who')}</th>
                <th scope="col">{t('why')}</th>
                <th scope="col">{t('period')}</th>
                <th scope="col" className="number">
                  {t('reads')}
                </th>
                <th scope="col">{t('review')}</th>
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => (
                <tr key={row.id}>
                  <th scope="row">
                    {row.household && row.mayEnd ? (
                      <Link to="/households/$ref" params={{ ref: row.household }} search={{}}>
                        {row.headName}
                      </Link>
                    ) : (
                      row.headName
                    )}
                    <span className="sub">{row.county.name}</span>
                  </th>
                  <td>
                    {row.by.name}
                    <span className="sub">{row.by.area.name}</span>
                  </td>
                  <td data-label={t('why')}>{row.reason}</td>
                  <td className="nowrap">
                    {formatInstant(row.openedAt)}
                    <span className="sub">
                      <Period row={row} />
                    </span>
                  </td>
                  <td className="number" data-label={t('reads')}>
                    {row.reads}
                  </td>
                  <td>
                    {row.review && t('reviewed', row.review)}
                    {row.mayReview && (
                      <Button size="small" type="primary" onClick={() => setReviewing(row)}>
                        {t('review')}
                      </Button>
                    )}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      <Suspense fallback={null}>{isOpening && <OpenBreakGlass onClose={() => setOpening(false)} />}</Suspense>
      {reviewing && <Review row={reviewing} onClose={() => setReviewing(undefined)} />}
    </>
  )
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
      {review.isError && <ErrorState error={review.error} />}
    </Modal>
  )
}
