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
  const [devices, setDevices] = useState<Device[]>()
  const [asked, setAsked] = useState<string>()
  const load = useCallback(() => api.field.devices().then(setDevices, () => setDevices(undefined)), [])
  useEffect(() => {
    if (online) void load()
  }, [online, load])
  const revoke = async (device: string) => {
    setAsked(undefined)
    await api.field.revoke({ device }).catch(() => undefined)
    if (device === own) await syncNow()
    else await load()
  }
  return (
    <section>
      <h2>{t('device.devices')}</h2>
      {!devices && <p className="muted">{t('device.devicesOffline')}</p>}
      <ul className="devices">
        {devices?.map(({ device, name, registeredAt, revokedAt }) => (
          <li key={device}>
            <span>
              {name} {device === own && <strong>{t('device.thisOne')}</strong>}
              <span className="muted small">
                {' '}
                {revokedAt
                  ? t('device.revoked')
                  : t('device.registered', { day: formatInstant(registeredAt).slice(0, 10) })}
              </span>
            </span>
            {!revokedAt && asked !== device && (
              <button type="button" className="plain" onClick={() => setAsked(device)}>
                {t('device.revoke')}
              </button>
            )}
            {asked === device && (
              <div className="card-box">
                <p>{t('device.revokeText')}</p>
                <div className="row">
                  <button type="button" onClick={() => setAsked(undefined)}>
                    {t('cancel')}
                  </button>
                  <button type="button" className="danger" onClick={() => void revoke(device)}>
                    {t('device.revokeConfirm', { name })}
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
