import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { formatBytes } from '#web/ui/words/format.ts'
import { install } from '../device/install.ts'
import { useRows } from '../device/rows.ts'
import { useFieldState, useOpen } from '../device/state.ts'
import { leave, lock } from '../sync/device-life.ts'
import { formatClock } from '../ui/clock.ts'
import { LanguageSwitch } from '../ui/language-switch.tsx'
import { Link } from '../ui/router.tsx'
import { isUnsent } from '../work/outbox.ts'
import { Devices } from './devices.tsx'

/** What this telephone holds, and the ways to let go of it. */
export function DevicePage() {
  const { t } = useTranslation('field')
  const common = useTranslation().t
  const { owner } = useOpen()
  const { mayInstall } = useFieldState()
  const visits = useRows('visits')
  const rows = useRows('facts')
  const facts = rows?.find(({ sync }) => sync)?.sync
  const [used, setUsed] = useState<number>()
  useEffect(() => {
    navigator.storage?.estimate?.().then(
      ({ usage }) => setUsed(usage),
      () => undefined,
    )
  }, [])
  return (
    <div className="page">
      <h1>{t('device.title')}</h1>
      <dl className="summary">
        <dt>{t('device.owner')}</dt>
        <dd>
          {owner.name} ({common(`role.${owner.role as 'village'}`)})
        </dd>
        {facts && (
          <>
            <dt>{t('device.area')}</dt>
            <dd>{facts.areaName}</dd>
            <dt>{t('device.hotline')}</dt>
            <dd>
              <a className="button" href={`tel:${facts.hotline}`}>
                {facts.hotline}
              </a>
            </dd>
          </>
        )}
        <dt>{t('device.lastSync')}</dt>
        <dd>{rows && (facts ? formatClock(facts.at) : t('neverSynced'))}</dd>
        <dt>{t('device.stored')}</dt>
        <dd>{visits && t('device.storedText', { visits: visits.length })}</dd>
        {used !== undefined && (
          <>
            <dt>{t('device.storage')}</dt>
            <dd>{formatBytes(used)}</dd>
          </>
        )}
      </dl>
      <p className="muted">{t('device.privacy')}</p>
      <div className="row">
        <button type="button" onClick={lock}>
          {t('device.lockNow')}
        </button>
        <LanguageSwitch />
      </div>
      {mayInstall && (
        <button type="button" onClick={() => void install()}>
          {t('device.install')}
        </button>
      )}
      <Devices />
      <Leave />
    </div>
  )
}

/** Says in numbers what would be lost before anything is. */
function Leave() {
  const { t } = useTranslation('field')
  const [isConfirming, setConfirming] = useState(false)
  const visits = useRows('visits')?.length
  const drafts = useRows('drafts')?.length
  const unsent = useRows('outbox')?.filter(isUnsent).length
  const isRead = visits !== undefined && drafts !== undefined && unsent !== undefined
  if (!isConfirming || !isRead) {
    return (
      <button type="button" className="danger" disabled={!isRead} onClick={() => setConfirming(true)}>
        {t('device.signOut')}
      </button>
    )
  }
  return (
    <section className="card-box" role="alertdialog" aria-label={t('device.signOutTitle')}>
      <h2>{t('device.signOutTitle')}</h2>
      {unsent > 0 && <p className="lacks">{t('device.signOutUnsent', { count: unsent })}</p>}
      {drafts > 0 && <p className="lacks">{t('device.signOutDrafts', { count: drafts })}</p>}
      <p>{t('device.signOutText', { visits })}</p>
      <div className="stack">
        {unsent > 0 && (
          <Link to="outbox" className="button primary">
            {t('device.uploadFirst')}
          </Link>
        )}
        <button type="button" onClick={() => setConfirming(false)}>
          {t('cancel')}
        </button>
        <button type="button" className="danger" onClick={() => void leave()}>
          {unsent > 0 || drafts > 0 ? t('device.signOutAnyway') : t('device.signOutConfirm')}
        </button>
      </div>
    </section>
  )
}
