import { useMutation } from '@tanstack/react-query'
import { App, Input, Modal } from 'antd'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Batch } from '#contract/feeds/feeds.ts'
import { api, queryClient } from '#web/api/client.ts'
import { MayButton } from '#web/ui/may/may-button.tsx'
import { formatCount, formatInstant, formatShare, formatYuan } from '#web/ui/words/format.ts'
import { useText } from '#web/ui/words/use-text.ts'
import { ProblemBox, problemOf } from '../problem-box.tsx'
import { rowIn } from '../row-in.ts'

type Choice = 'release' | 'refuse'

/** Why a batch was stopped, each share against its limit, and the two ways on. */
export function HoldPanel({ batch }: { batch: Batch }) {
  const { t } = useTranslation('intake')
  const text = useText()
  const [choice, setChoice] = useState<Choice>()
  return (
    <section className="panel hold" aria-labelledby="hold-title">
      <h2 id="hold-title">{t('hold.title')}</h2>
      <p>{t('hold.lead')}</p>
      <ul className="hold-reasons">
        {batch.holdReasons.map((reason) => (
          <li key={`${reason.code} ${reason.column?.zh}`}>
            <strong>
              {t(`hold.${reason.code}`, valuesOf(reason, reason.column ? text(reason.column) : ''))}
            </strong>
            {reason.code.startsWith('many-') && <ShareScale share={reason.share} limit={reason.limit} />}
            <p className="muted">{t(`hold.hints.${reason.code}`)}</p>
          </li>
        ))}
      </ul>
      <div className="decide">
        <MayButton type="primary" capability="batch.decide" onClick={() => setChoice('release')}>
          {t('hold.release')}…
        </MayButton>
        <MayButton danger capability="batch.decide" onClick={() => setChoice('refuse')}>
          {t('hold.refuse')}…
        </MayButton>
      </div>
      {choice && <DecisionDialog batch={batch} choice={choice} onClose={() => setChoice(undefined)} />}
    </section>
  )
}

/** What fills the sentence of a reason. */
function valuesOf({ share, limit, known, found, rows }: Batch['holdReasons'][number], column: string) {
  return {
    column,
    share: formatShare(share),
    limit: formatShare(limit),
    times: formatCount(Math.round(share)),
    stated: formatCount(share),
    counted: formatCount(limit),
    known: formatYuan(known ?? 0),
    found: formatYuan(found ?? 0),
    rows: (rows ?? []).map(rowIn).join(', '),
  }
}

/** 0 to 100 %, the share filled, the limit as a line. The numbers stand in the sentence above. */
function ShareScale({ share, limit }: { share: number; limit: number }) {
  const { t } = useTranslation('intake')
  return (
    <div className="share-scale" aria-hidden="true">
      <span className="share-fill" style={{ width: `${Math.min(share, 1) * 100}%` }} />
      <span className="share-limit" style={{ left: `${Math.min(limit, 1) * 100}%` }}>
        <span>{t('hold.limit', { limit: formatShare(limit) })}</span>
      </span>
    </div>
  )
}

function DecisionDialog({ batch, choice, onClose }: { batch: Batch; choice: Choice; onClose: () => void }) {
  const { t } = useTranslation('intake')
  const { message } = App.useApp()
  const id = useId()
  const [reason, setReason] = useState('')
  const [tried, setTried] = useState(false)
  const { counts, ref } = batch
  const decide = useMutation({
    mutationFn: () => api.batches[choice]({ ref, reason: reason.trim() }),
    onSuccess: () => {
      message.success(t(choice === 'release' ? 'hold.released' : 'hold.refused'))
      onClose()
    },
    onSettled: () => queryClient.invalidateQueries({ queryKey: ['batch', ref] }),
  })
  const usable =
    (counts.total ?? 0) - (counts.rejected ?? 0) - (counts.unmatched ?? 0) - (counts.duplicates ?? 0)
  const missing = tried && reason.trim() === ''
  function confirm() {
    setTried(true)
    if (reason.trim() !== '') decide.mutate()
  }
  return (
    <Modal
      open
      title={t(choice === 'release' ? 'hold.confirmRelease' : 'hold.confirmRefuse')}
      okText={t(choice === 'release' ? 'hold.confirmRelease' : 'hold.confirmRefuse')}
      okButtonProps={{ danger: choice === 'refuse', loading: decide.isPending }}
      cancelText={t('hold.cancel')}
      onOk={confirm}
      onCancel={onClose}
    >
      <p>
        {choice === 'release'
          ? t('hold.releaseEffect', {
              rows: formatCount(usable),
              rejected: formatCount(counts.rejected ?? 0),
              unmatched: formatCount(counts.unmatched ?? 0),
            })
          : t('hold.refuseEffect', { total: formatCount(counts.total ?? 0) })}
      </p>
      <label htmlFor={id} className="field-label">
        {t('hold.reason')}
      </label>
      <Input.TextArea
        id={id}
        rows={3}
        maxLength={500}
        value={reason}
        status={missing ? 'error' : undefined}
        aria-invalid={missing}
        aria-describedby={`${id}-hint`}
        onChange={({ target }) => setReason(target.value)}
      />
      <p id={`${id}-hint`} className={missing ? 'blocked' : 'muted'} role={missing ? 'alert' : undefined}>
        {missing ? t('hold.reasonMissing') : t('hold.reasonHint')}
      </p>
      {decide.error && <ProblemBox title={t('problem.decideTitle')} problem={problemOf(decide.error)} />}
    </Modal>
  )
}

/** Who released a held batch, or refused it, and why. */
export function Decision({ batch }: { batch: Batch }) {
  const { t } = useTranslation('intake')
  if (!batch.decision) return null
  const { by, at, reason } = batch.decision
  const values = { by, date: formatInstant(at), reason }
  return (
    <p className="notice">
      {batch.state === 'refused' ? t('hold.decidedRefuse', values) : t('hold.decidedRelease', values)}
    </p>
  )
}
