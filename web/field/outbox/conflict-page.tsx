import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Visit } from '#contract/work/visits.ts'
import { formatInstant } from '#web/ui/words/format.ts'
import { useText } from '#web/ui/words/use-text.ts'
import { useRows } from '../device/rows.ts'
import { useOpen } from '../device/state.ts'
import { go, Link } from '../ui/router.tsx'
import { TextField } from '../ui/text-field.tsx'
import { ReportSummary } from '../visit/report-summary.tsx'
import { fitsVisit } from '../work/draft.ts'
import type { OutboxItem, ReportItem } from '../work/outbox.ts'
import { dropItem, sendMine } from './decide.ts'

/** One item of the outbox that a person decides about: send mine, or give it up. */
export function ConflictPage({ id, drop }: { id: string; drop: boolean }) {
  const { t } = useTranslation('field')
  const items = useRows('outbox')
  if (!items) return null
  const item = items.find((one) => one.id === id)
  if (!item) {
    return (
      <section className="page">
        <h1>{t('outbox.none')}</h1>
        <Link to="outbox" className="button primary">
          {t('outbox.title')}
        </Link>
      </section>
    )
  }
  const photos = items.filter(
    (one) => one.kind === 'photo' && one.visit === item.visit && one.state !== 'sent',
  ).length
  if (drop || item.kind === 'photo' || item.state !== 'conflict')
    return <Drop item={item} photos={item.kind === 'photo' ? 1 : photos} />
  return <Conflict item={item} />
}

function Conflict({ item }: { item: ReportItem }) {
  const { t } = useTranslation('field')
  const { key } = useOpen()
  const known = useRows('visits')?.find(({ id }) => id === item.visit)
  const { present, report } = item
  const send = async () => {
    if (!present) return
    const result = await sendMine(key, item, present)
    go(result === 'sent' ? 'outbox' : `visit/${item.visit}`, { replace: true })
  }
  const why =
    present && !present.mayReport
      ? present.state === 'planned'
        ? t('conflict.cannot.visitor', { name: present.visitor.name })
        : t('conflict.cannot.state', { state: t(`conflict.states.${present.state}`) })
      : undefined
  const fits = present && report && fitsVisit(report, present)
  return (
    <>
      <div className="page with-thumb">
        <h1>{t('conflict.title')}</h1>
        <p className="muted">{item.household}</p>
        <p>{t('conflict.lead')}</p>
        {why && <p className="lacks">{t('conflict.cannotSend', { why })}</p>}
        <div className="sides">
          <section aria-labelledby="mine">
            <h2 id="mine">{t('conflict.mine')}</h2>
            {report && (
              <>
                <p className="muted">
                  {t('conflict.endedAt')} {formatInstant(report.endedAt)}
                </p>
                <ReportSummary
                  report={report}
                  clues={known?.clues ?? present?.clues ?? []}
                  members={known?.card.members ?? present?.card.members ?? []}
                />
              </>
            )}
          </section>
          <section aria-labelledby="theirs">
            <h2 id="theirs">{t('conflict.theirs')}</h2>
            {present ? <Present present={present} /> : <p>{t('conflict.gone')}</p>}
          </section>
        </div>
      </div>
      <div className="thumb above-tabs">
        <Link to={`outbox/${item.id}/drop`} className="button">
          {t('conflict.drop')}
        </Link>
        <button type="button" className="primary" disabled={!present?.mayReport} onClick={() => void send()}>
          {fits === false ? t('conflict.complete') : t('conflict.send')}
        </button>
      </div>
    </>
  )
}

function Present({ present }: { present: Visit }) {
  const { t } = useTranslation('field')
  const common = useTranslation().t
  const text = useText()
  const { report } = present
  return (
    <>
      <dl className="summary">
        <dt>{t('conflict.state')}</dt>
        <dd>{t(`conflict.states.${present.state}`)}</dd>
        <dt>{t('conflict.visitor')}</dt>
        <dd>{present.visitor.name}</dd>
        <dt>{t('conflict.due')}</dt>
        <dd>{present.dueOn}</dd>
        <dt>{t('conflict.clues')}</dt>
        <dd>
          {present.clues.map(({ id, cause, why }) => (
            <p key={id}>
              <strong>{common(`cause.${cause}`)}</strong> {text(why)}
            </p>
          ))}
        </dd>
      </dl>
      {report && (
        <>
          <p className="muted">
            {t('conflict.reportedBy', { name: report.by, time: formatInstant(report.reportedAt) })}
          </p>
          <ReportSummary report={report} clues={present.clues} members={present.card.members} />
        </>
      )}
    </>
  )
}

function Drop({ item, photos }: { item: OutboxItem; photos: number }) {
  const { t } = useTranslation('field')
  const { key } = useOpen()
  const [reason, setReason] = useState('')
  const [isMissing, setMissing] = useState(false)
  const confirm = async () => {
    if (reason.trim() === '') return setMissing(true)
    await dropItem(key, item, reason.trim())
    go('outbox', { replace: true })
  }
  return (
    <>
      <div className="page with-thumb">
        <h1>{item.kind === 'photo' ? t('outbox.drop') : t('outbox.dropTitle')}</h1>
        <p className="muted">{item.household}</p>
        {item.kind === 'report' && <p>{t('outbox.dropText', { count: photos })}</p>}
        <TextField
          label={t('outbox.dropReason')}
          value={reason}
          maxLength={300}
          lines={3}
          onChange={(text) => {
            setReason(text)
            setMissing(false)
          }}
        />
        {isMissing && (
          <p className="lacks" role="alert">
            {t('outbox.dropReasonMissing')}
          </p>
        )}
      </div>
      <div className="thumb above-tabs">
        <Link to="outbox" className="button">
          {t('cancel')}
        </Link>
        <button type="button" className="danger" onClick={() => void confirm()}>
          {t('outbox.dropConfirm')}
        </button>
      </div>
    </>
  )
}
