import { useTranslation } from 'react-i18next'
import { useConnectionLost } from '#web/api/connection.ts'
import './connection-line.css'

/** Says so while the page is asking again for what nobody answered; it goes by itself, and what was typed stays. */
export function ConnectionLine() {
  const { t } = useTranslation()
  const isLost = useConnectionLost()
  // Always there: a screen reader reads out what changes in it, not what appears with it.
  return (
    <div aria-live="polite" className={isLost ? 'connection-line' : 'visually-hidden'}>
      {isLost && t('connectionLost')}
    </div>
  )
}
