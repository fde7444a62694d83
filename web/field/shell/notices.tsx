import { useTranslation } from 'react-i18next'
import { clearSent } from '../device/clear-sent.ts'
import { keepAgain } from '../device/keep-draft.ts'
import { useRows } from '../device/rows.ts'
import { useFieldState, useOpen } from '../device/state.ts'
import { retryNow } from '../sync/sender.ts'
import { Link } from '../ui/router.tsx'

const minute = 60_000
/** A clock this far off would put a visit on another hour of the day. */
const wrongClockMs = 5 * minute

/** What the person must know on every page. */
export function Notices() {
  const { t } = useTranslation('field')
  const { key, owner } = useOpen()
  const { needsSignIn, otherAccount, storageFull } = useFieldState()
  const aheadMs = useRows('facts')?.find(({ sync }) => sync)?.sync?.aheadMs ?? 0
  const minutes = Math.round(Math.abs(aheadMs) / minute)
  return (
    <>
      {storageFull && (
        <div className="notice notice-red" role="alert">
          <p>{t('notices.full')}</p>
          <div className="row">
            <button type="button" onClick={() => void retryNow(key)}>
              {t('notices.fullSend')}
            </button>
            <button type="button" onClick={() => void clearSent(key)}>
              {t('notices.fullFree')}
            </button>
            <button type="button" onClick={() => void keepAgain()}>
              {t('notices.fullRetry')}
            </button>
          </div>
        </div>
      )}
      {(needsSignIn || otherAccount) && (
        <div className="notice" role="alert">
          <p>
            {otherAccount
              ? t('signIn.otherAccount', { name: otherAccount, owner: owner.name })
              : t('notices.signIn')}
          </p>
          <Link to="sign-in" className="button">
            {t('notices.signInAction')}
          </Link>
        </div>
      )}
      {Math.abs(aheadMs) >= wrongClockMs && (
        <p className="notice" role="status">
          {t(aheadMs > 0 ? 'notices.clockAhead' : 'notices.clockBehind', { minutes })}
        </p>
      )}
    </>
  )
}
