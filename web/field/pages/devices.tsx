import { useCallback, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { beijingDay } from '#contract/days.ts'
import { api, errorCode } from '#web/api/client.ts'
import { formatInstant } from '#web/ui/words/format.ts'
import { useFieldState } from '../device/state.ts'
import { syncNow } from '../sync/sync.ts'
import { useFailureText } from '../ui/failure-text.ts'
import { sorted } from '../work/order.ts'

type Device = Awaited<ReturnType<typeof api.field.devices>>[number]

/** One's own devices; a lost one can be revoked from any other. */
export function Devices() {
  const { t } = useTranslation('field')
  const { device: own, online, syncing } = useFieldState()
  const [devices, setDevices] = useState<Device[] | 'loading' | 'failed'>('loading')
  const [chosen, setChosen] = useState<string>()
  const [failure, setFailure] = useState<string>()
  const failureText = useFailureText()
  const load = useCallback(
    () =>
      api.field
        .devices()
        .then(setDevices, () => setDevices((known) => (Array.isArray(known) ? known : 'failed'))),
    [],
  )
  useEffect(() => {
    // The first exchange is what makes this device known.
    if (online && !syncing) void load()
    if (!online) setDevices((known) => (Array.isArray(known) ? known : 'failed'))
  }, [online, syncing, load])
  const revoke = async (device: string) => {
    setChosen(undefined)
    setFailure(undefined)
    try {
      await api.field.revoke({ device })
    } catch (error) {
      // The telephone that was lost is still in use; nobody may think otherwise.
      return setFailure(errorCode(error))
    }
    if (device === own) await syncNow()
    else await load()
  }
  const listed = Array.isArray(devices)
    ? sorted(devices, (a, b) => Number(b.device === own) - Number(a.device === own))
    : []
  const row = (one: Device) => (
    <DeviceRow
      key={one.device}
      {...{ device: one, isOwn: one.device === own, isChosen: chosen === one.device }}
      onChoose={setChosen}
      onRevoke={() => void revoke(one.device)}
    />
  )
  const revoked = listed.filter(({ revokedAt }) => revokedAt)
  return (
    <section>
      <h2>{t('device.devices')}</h2>
      {devices === 'failed' && <p className="muted">{t('device.devicesOffline')}</p>}
      {failure && (
        <p className="lacks" role="alert">
          {failureText(failure).what} {failureText(failure).todo}
        </p>
      )}
      {devices === 'loading' && <p className="muted">{t('syncing')}</p>}
      <ul className="devices">{listed.filter(({ revokedAt }) => !revokedAt).map(row)}</ul>
      {revoked.length > 0 && (
        <details>
          <summary>{t('device.revokedOnes', { count: revoked.length })}</summary>
          <ul className="devices">{revoked.map(row)}</ul>
        </details>
      )}
    </section>
  )
}

interface DeviceRowProps {
  device: Device
  isOwn: boolean
  isChosen: boolean
  onChoose(device: string | undefined): void
  onRevoke(): void
}

function DeviceRow({ device, isOwn, isChosen, onChoose, onRevoke }: DeviceRowProps) {
  const { t } = useTranslation('field')
  return (
    <li data-device={device.device}>
      <div className="row between">
        <div>
          <strong>{device.name}</strong>
          {isOwn && <span className="begun">{t('device.thisOne')}</span>}
          <p className="muted small">{standing(device, t)}</p>
        </div>
        {!device.revokedAt && !isChosen && (
          <button type="button" className="plain" onClick={() => onChoose(device.device)}>
            {t('device.revoke')}
          </button>
        )}
      </div>
      {isChosen && (
        <div className="card-box">
          <p>{isOwn ? t('device.revokeOwnText') : t('device.revokeText')}</p>
          <div className="stack">
            <button type="button" onClick={() => onChoose(undefined)}>
              {t('cancel')}
            </button>
            <button type="button" className="danger" onClick={onRevoke}>
              {t('device.revokeConfirm', { name: device.name })}
            </button>
          </div>
        </div>
      )}
    </li>
  )
}

function standing(
  { registeredAt, syncedAt, revokedAt }: Device,
  t: ReturnType<typeof useTranslation<'field'>>['t'],
): string {
  if (revokedAt) return t('device.revoked', { day: beijingDay(revokedAt) })
  const since = t('device.registered', { day: beijingDay(registeredAt) })
  return syncedAt ? `${since} · ${t('device.synced', { time: formatInstant(syncedAt).slice(5) })}` : since
}
