import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import type { Batch } from '#contract/feeds/feeds.ts'
import { queryClient } from '#web/api/client.ts'
import { PageHeader } from '#web/ui/page/page-header.tsx'
import { SkeletonRows } from '#web/ui/page/states.tsx'
import { formatBytes, formatInstant } from '#web/ui/words/format.ts'
import { useText } from '#web/ui/words/use-text.ts'
import { ProblemBox, problemOf } from '../problem-box.tsx'
import { batchQuery } from '../queries.ts'
import { StageTrack, WholeWay } from '../stages/stage-dots.tsx'
import { isRunning } from '../stages/stages.ts'
import { BatchFigures } from './batch-figures.tsx'
import { BatchResult } from './batch-result.tsx'
import { Decision, HoldPanel } from './hold-panel.tsx'
import { Rejects } from './rejects.tsx'
import { Reviews } from './reviews.tsx'
import '../batches.css'
import '../intake.css'

/** One batch from top to bottom: where it stands, what came of it, what a person has to decide, what was sent back. */
export function BatchPage() {
  const { t } = useTranslation('intake')
  const { ref } = useParams({ from: '/layout/intake/$ref' })
  const { data: batch, error, refetch } = useQuery(batchQuery(ref))
  const running = batch !== undefined && isRunning(batch)
  useEffect(() => {
    // The list and every figure elsewhere are of before this batch.
    if (batch && !running)
      queryClient.invalidateQueries({ predicate: ({ queryKey: [first] }) => first !== 'batch' })
  }, [batch, running])

  if (!batch) {
    return (
      <div className="intake">
        <Back />
        <h1 className="visually-hidden">{t('title')}</h1>
        {error ? (
          <ProblemBox title={t('problem.loadTitle')} problem={problemOf(error)} onRetry={() => refetch()} />
        ) : (
          <SkeletonRows rows={8} />
        )}
      </div>
    )
  }
  return (
    <div className="intake batch">
      <Back />
      <Head batch={batch} />
      <section className="panel" aria-label={t('history.stages')}>
        <StageTrack batch={batch} />
        {running && (
          <>
            <WholeWay batch={batch} />
            <p className="muted" role="status">
              {error ? t('stage.lost') : t('stage.leave')}
            </p>
          </>
        )}
      </section>
      {batch.error && <ProblemBox title={t('problem.failedTitle')} problem={batch.error} />}
      {batch.state === 'held' && <HoldPanel batch={batch} />}
      {batch.decision && <Decision batch={batch} />}
      <BatchResult batch={batch} />
      {!running && <BatchFigures batch={batch} />}
      {!running && <Reviews batch={batch} />}
      {!running && (batch.counts.rejected ?? 0) > 0 && <Rejects batch={batch} />}
    </div>
  )
}

function Back() {
  const { t } = useTranslation('intake')
  return (
    <p className="back no-print">
      <Link to="/intake">‹ {t('batch.backToList')}</Link>
    </p>
  )
}

function Head({ batch }: { batch: Batch }) {
  const { t, i18n } = useTranslation('intake')
  const text = useText()
  const date = formatInstant(batch.receivedAt)
  return (
    <>
      <PageHeader title={text(batch.feedName)}>
        {!isRunning(batch) && <Link to="/intake">{t('batch.another')}</Link>}
      </PageHeader>
      <p className="file-strip">
        <strong>{batch.fileName}</strong>
        <span>{formatBytes(batch.fileSize)}</span>
        {batch.sheet && <span>{t('batch.sheet', { sheet: batch.sheet })}</span>}
        <span>
          {i18n.t(`department.${batch.department as 'YB'}`)} · {batch.area.name}
        </span>
        <span>
          {batch.receivedBy
            ? t('batch.sentBy', { who: batch.receivedBy, date })
            : t('batch.received', { date })}
        </span>
        <span>{t('batch.asOf', { day: batch.asOf })}</span>
      </p>
    </>
  )
}
