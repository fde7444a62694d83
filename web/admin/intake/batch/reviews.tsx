import { useMutation, useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { App, Button, Checkbox, Modal } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Batch } from '#contract/feeds/feeds.ts'
import { api, queryClient } from '#web/api/client.ts'
import { useMay } from '#web/api/session.ts'
import { type Column, ListTable } from '#web/ui/list/list-table.tsx'
import { Pager } from '#web/ui/list/pager.tsx'
import { SkeletonRows } from '#web/ui/page/states.tsx'
import { formatCount } from '#web/ui/words/format.ts'
import { ListExport } from '../../exports/index.ts'
import { ProblemBox, problemOf } from '../problem-box.tsx'
import { pageSize, reviewsQuery } from '../queries.ts'
import { rowIn } from '../row-in.ts'

type Review = Awaited<ReturnType<typeof api.batches.reviews>>['rows'][number]
type Verdict = 'accepted' | 'declined'

/** Rows of which a person must say whether they speak of the registered one. */
export function Reviews({ batch }: { batch: Batch }) {
  const { t } = useTranslation('intake')
  const mayDecide = useMay('batch.decide')
  if (batch.openReviews === 0) return null
  return (
    <section className="panel" aria-labelledby="reviews-title" id="reviews">
      <div className="part-head">
        <h2 id="reviews-title">{t('reviews.title')}</h2>
        <span className="muted">{t('reviews.count', { n: formatCount(batch.openReviews) })}</span>
      </div>
      {mayDecide ? (
        <ReviewList batch={batch} />
      ) : (
        <p className="muted">{t('reviews.notAllowed', { n: formatCount(batch.openReviews) })}</p>
      )}
    </section>
  )
}

function ReviewList({ batch }: { batch: Batch }) {
  const { t } = useTranslation('intake')
  const { message } = App.useApp()
  const search = useSearch({ from: '/layout/intake/$ref' })
  const navigate = useNavigate({ from: '/intake/$ref' })
  const page = search.reviews ?? 1
  const { data, error, refetch } = useQuery(reviewsQuery(batch.ref, page))
  const [chosen, setChosen] = useState<ReadonlySet<number>>(new Set())
  const [pending, setPending] = useState<{ rowNos: number[]; decision: Verdict }>()
  const toPage = (next: number) =>
    navigate({ search: { ...search, reviews: next === 1 ? undefined : next }, resetScroll: false })

  const decide = useMutation({
    mutationFn: (verdict: { rowNos: number[]; decision: Verdict }) =>
      api.batches.review({ ref: batch.ref, ...verdict }),
    onSuccess: async ({ decided, inserted, newClues }) => {
      setPending(undefined)
      setChosen(new Set())
      if (page > 1) await toPage(1)
      await queryClient.invalidateQueries({ queryKey: ['batch', batch.ref] })
      message.success(t('reviews.done', { decided, inserted, clues: newClues }))
    },
  })
  if (error)
    return <ProblemBox title={t('problem.loadTitle')} problem={problemOf(error)} onRetry={() => refetch()} />
  if (!data) return <SkeletonRows rows={6} />
  const rows = data.rows
  const all = rows.length > 0 && rows.every(({ rowNo }) => chosen.has(rowNo))
  const propose = (decision: Verdict) => setPending({ rowNos: [...chosen], decision })
  function choose(rowNo: number, on: boolean) {
    const next = new Set(chosen)
    if (on) next.add(rowNo)
    else next.delete(rowNo)
    setChosen(next)
  }
  return (
    <>
      <p className="muted">{t('reviews.lead')}</p>
      <ListExport kind="reviews" filter={{ batch: batch.ref }} rows={data.total} />
      <div className="bulk">
        <Checkbox
          checked={all}
          indeterminate={!all && chosen.size > 0}
          onChange={({ target }) => setChosen(new Set(target.checked ? rows.map(({ rowNo }) => rowNo) : []))}
        >
          {t('reviews.selectAll')}
        </Checkbox>
        <span className="muted">{t('reviews.selected', { n: chosen.size })}</span>
        <Button size="small" disabled={chosen.size === 0} onClick={() => propose('accepted')}>
          {t('reviews.accept')}…
        </Button>
        <Button size="small" disabled={chosen.size === 0} onClick={() => propose('declined')}>
          {t('reviews.decline')}…
        </Button>
      </div>
      <ReviewTable
        rows={rows}
        chosen={chosen}
        onChoose={choose}
        onDecide={(rowNo, decision) => setPending({ rowNos: [rowNo], decision })}
      />
      <Pager
        page={page}
        total={data.total}
        size={pageSize}
        onPage={(next) => {
          setChosen(new Set())
          toPage(next)
        }}
      />
      {pending && (
        <Modal
          open
          title={t(pending.decision === 'accepted' ? 'reviews.accept' : 'reviews.decline')}
          okText={t(pending.decision === 'accepted' ? 'reviews.confirmAccept' : 'reviews.confirmDecline', {
            n: formatCount(pending.rowNos.length),
          })}
          okButtonProps={{ loading: decide.isPending }}
          cancelText={t('hold.cancel')}
          onOk={() => decide.mutate(pending)}
          onCancel={() => setPending(undefined)}
        >
          <p>
            {t(pending.decision === 'accepted' ? 'reviews.acceptEffect' : 'reviews.declineEffect', {
              n: formatCount(pending.rowNos.length),
            })}
          </p>
          {decide.error && <ProblemBox title={t('problem.decideTitle')} problem={problemOf(decide.error)} />}
        </Modal>
      )}
    </>
  )
}

interface ReviewTableProps {
  rows: readonly Review[]
  chosen: ReadonlySet<number>
  onChoose: (rowNo: number, on: boolean) => void
  onDecide: (rowNo: number, decision: Verdict) => void
}

function ReviewTable({ rows, chosen, onChoose, onDecide }: ReviewTableProps) {
  const { t } = useTranslation('intake')
  const column = (key: 'fileName' | 'registryName' | 'idNumber' | 'why' | 'place') => ({
    key,
    head: t(`reviews.${key}`),
    label: t(`reviews.${key}`),
  })
  const columns: Column<Review>[] = [
    {
      key: 'row',
      head: t('reviews.row'),
      isRowHead: true,
      cell: ({ rowNo, rowPlace }) => (
        <>
          <Checkbox
            aria-label={t('reviews.selectRow', { row: rowIn(rowPlace) })}
            checked={chosen.has(rowNo)}
            onChange={({ target }) => onChoose(rowNo, target.checked)}
          />{' '}
          {rowIn(rowPlace)}
        </>
      ),
    },
    { ...column('fileName'), cell: ({ nameInFile }) => nameInFile },
    {
      ...column('registryName'),
      cell: ({ household, nameInRegistry }) => (
        <Link
          to="/households/$ref"
          params={{ ref: household }}
          aria-label={t('reviews.openHousehold', { name: nameInRegistry })}
        >
          {nameInRegistry}
        </Link>
      ),
    },
    { ...column('idNumber'), cell: ({ idNumberMasked }) => idNumberMasked },
    {
      ...column('why'),
      cell: ({ matchClass, otherRow }) => (
        <>
          {t(`reviews.${matchClass}`)}
          {otherRow && t('reviews.beside', { row: rowIn(otherRow) })}
        </>
      ),
    },
    { ...column('place'), cell: ({ place }) => place },
    {
      key: 'decide',
      head: <span className="visually-hidden">{t('reviews.decide')}</span>,
      className: 'row-actions',
      cell: ({ rowNo }) => (
        <>
          <Button size="small" onClick={() => onDecide(rowNo, 'accepted')}>
            {t('reviews.accept')}
          </Button>
          <Button size="small" onClick={() => onDecide(rowNo, 'declined')}>
            {t('reviews.decline')}
          </Button>
        </>
      ),
    },
  ]
  return (
    <ListTable
      rows={rows}
      columns={columns}
      keyOf={({ rowNo }) => String(rowNo)}
      className="history-table review-table"
    />
  )
}
