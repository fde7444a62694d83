import { useCallback, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '#web/api/client.ts'
import { formatInstant } from '#web/ui/format.ts'
import { useFieldState } from '../work/state.ts'
import { syncNow } from '../work/sync.ts'

type Device = Awaited<ReturnType<typeof api.field.devices>>[number]

/** One's own devices; a lost one can be revoked from any other. */
export function Devices() {
  const { t } = useTranslation('field')
  const { device: own, online } = useFieldState()
  const [devices, setDevices] = useState<Device[] | 'asking' | 'failed'>('asking')
  const [asked, setAsked] = useState<string>()
  const load = useCallback(
    () =>
      api.field
        .devices()
        .then(setDevices, () => setDevices((known) => (Array.isArray(known) ? known : 'failed'))),
    [],
  )
  useEffect(() => {
    if (online) void load()
    else setDevices((known) => (Array.isArray(known) ? known : 'failed'))
  }, [online, load])
  const revoke = async (device: string) => {
    setAsked(undefined)
    await api.field.revoke({ device }).catch(() => undefined)
    if (device === own) await syncNow()
    else await load()
  }
  const listed = Array.isArray(devices)
    ? devices.toSorted((a, b) => Number(b.device === own) - Number(a.device === own))
    : []
  return (
    <section>
      <h2>{t('device.devices')}</h2>
      {devices === 'failed' && <p className="muted">{t('device.devicesOffline')}</p>}
      {devices === 'asking' && <p className="muted">{t('syncing')}</p>}
      <ul className="devices">
        {listed.map((one) => (
          <li key={one.device} data-device={one.device}>
            <div className="row between">
              <div>
                <strong>{one.name}</strong>
                {one.device === own && <span className="begun">{t('device.thisOne')}</span>}
                <p className="muted small">{standing(one, t)}</p>
              </div>
              {!one.revokedAt && asked !== one.device && (
                <button type="button" className="plain" onClick={() => setAsked(one.device)}>
                  {t('device.revoke')}
                </button>
              )}
            </div>
            {asked === one.device && (
              <div className="card-box">
                <p>{one.device === own ? t('device.revokeOwnText') : t('device.revokeText')}</p>
                <div className="stack">
                  <button type="button" onClick={() => setAsked(undefined)}>
                    {t('cancel')}
                  </button>
                  <button type="button" className="danger" onClick={() => void revoke(one.device)}>
                    {t('device.revokeConfirm', { name: one.name })}
                  </button>
                </div>
              </div>
            )}
          </li>
        ))}
      </ul>
    </section>
  )
}

const dayOf = (instant: string) => formatInstant(instant).slice(0, 10)

function standing(
  { registeredAt, syncedAt, revokedAt }: Device,
  t: ReturnType<typeof useTranslation<'field'>>['t'],
): string {
  if (revokedAt) return t('device.revoked', { day: dayOf(revokedAt) })
  const since = t('device.registered', { day: dayOf(registeredAt) })
  return syncedAt ? `${since} · ${t('device.synced', { time: formatInstant(syncedAt).slice(5) })}` : since
}
