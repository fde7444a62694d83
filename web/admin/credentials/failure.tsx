import { useTranslation } from 'react-i18next'
import { beijingMinute } from '#contract/days.ts'
import { errorCode, errorDetails } from '#web/api/client.ts'
import { useErrorText } from '#web/ui/page/states.tsx'

/** What went wrong, what it means, what to do, and when to come back where one has to wait. */
export function SignInFailure({ error }: { error: unknown }) {
  const { t } = useTranslation('signIn')
  const text = useErrorText()(error)
  const { minutes, seconds } = errorDetails(error)
  const isLocked = errorCode(error) === 'sign-in-locked' && typeof minutes === 'number'
  return (
    <div className="error-box sign-in-failure" role="alert">
      <strong>{text.what}</strong>
      <p>{text.means}</p>
      <p>
        {isLocked && `${t('until', { time: clockAfter(minutes), minutes })} `}
        {typeof seconds === 'number' ? t('afterSeconds', { seconds }) : text.todo}
      </p>
    </div>
  )
}

function clockAfter(minutes: number): string {
  return beijingMinute(Date.now() + minutes * 60_000).slice(11)
}
