import { Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Upload } from '#contract/feeds/feeds.ts'
import { useMay, useMe } from '#web/api/session.ts'
import { MayButton } from '#web/ui/may/may-button.tsx'
import { lazyPart } from '#web/ui/page/lazy-part.ts'
import { PageHeader } from '#web/ui/page/page-header.tsx'
import { SkeletonRows } from '#web/ui/page/states.tsx'
import { BatchHistory } from './history/batch-history.tsx'
import { RejectTrend } from './history/reject-trend.tsx'
import { ProblemBox, problemOf } from './problem-box.tsx'
import { DropZone, type Uploading } from './upload/drop-zone.tsx'
import { uploadFile } from './upload/upload-file.ts'
import './batches.css'
import './intake.css'

// Loaded while a file is on its way: nobody needs it before.
const loadUploadCheck = () => import('./upload/upload-check.tsx')
const UploadCheck = lazyPart(loadUploadCheck, 'UploadCheck')

/** Files in: drop one, look it over, compare it; below, every batch there was. */
export function IntakePage() {
  const { t } = useTranslation('intake')
  const me = useMe()
  const maySend = useMay('batch.send')
  return (
    <div className="intake">
      <PageHeader title={t('title')} note={me.department ? t('leadDepartment') : t('lead')} />
      {maySend ? (
        <Sending />
      ) : (
        <p>
          <MayButton capability="batch.send">{t('drop.choose')}</MayButton>
        </p>
      )}
      <div className="intake-below">
        <BatchHistory />
        <RejectTrend />
      </div>
    </div>
  )
}

function Sending() {
  const { t } = useTranslation('intake')
  const [uploading, setUploading] = useState<Uploading>()
  const [upload, setUpload] = useState<Upload>()
  const [failed, setFailed] = useState<{ error: unknown; file: File }>()
  const [note, setNote] = useState('')

  async function send(file: File) {
    const stop = new AbortController()
    const cancel = () => stop.abort()
    void loadUploadCheck()
    setUpload(undefined)
    setFailed(undefined)
    setNote('')
    setUploading({ name: file.name, sent: 0, size: file.size, cancel })
    try {
      const onProgress = (progress: { sent: number; size: number }) =>
        setUploading({ name: file.name, ...progress, cancel })
      setUpload(await uploadFile(file, { signal: stop.signal, onProgress }))
    } catch (error) {
      if (stop.signal.aborted) setNote(t('drop.cancelled'))
      else setFailed({ error, file })
    } finally {
      setUploading(undefined)
    }
  }
  const isOffline = failed && problemOf(failed.error).code === 'offline'
  return (
    <>
      <DropZone uploading={uploading} small={upload !== undefined} onFile={send} />
      {note && (
        <p className="muted" role="status">
          {note}
        </p>
      )}
      {failed && (
        <ProblemBox
          title={t('problem.uploadTitle')}
          problem={problemOf(failed.error)}
          {...(isOffline ? { onRetry: () => send(failed.file) } : {})}
        />
      )}
      {upload && (
        <Suspense fallback={<SkeletonRows rows={6} height={28} />}>
          <UploadCheck key={upload.upload} upload={upload} />
        </Suspense>
      )}
    </>
  )
}
