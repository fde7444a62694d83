import { useTranslation } from 'react-i18next'
import { useRows } from '../device/rows.ts'
import { useFieldState } from '../device/state.ts'
import { send } from '../sync/sender.ts'
import { syncNow } from '../sync/sync.ts'
import { formatClock } from '../ui/clock.ts'
import { useFailureText } from '../ui/failure-text.ts'

/** When the device last spoke with the server, and a way to do it now. */
export function SyncLine() {
  const { t } = useTranslation('field')
  const { online, syncing, syncFailure, needsSignIn } = useFieldState()
  const facts = useRows('facts')
  const failureText = useFailureText()
  const at = facts?.find(({ sync }) => sync)?.sync?.at
  if (!online) return <p className="sync-line offline">{t('noNetwork')}</p>
  if (syncing) return <output className="sync-line">{t('syncing')}</output>
  if (!facts) return <p className="sync-line" />
  return (
    <p className="sync-line">
      {syncFailure && !needsSignIn
        ? failureText(syncFailure).what
        : at
          ? t('syncedAt', { time: formatClock(at) })
          : t('neverSynced')}{' '}
      <button type="button" className="plain" onClick={() => void syncNow().then(send)}>
        {t('update')}
      </button>
    </p>
  )
}
