import { useTranslation } from 'react-i18next'
import type { Alarm } from '#contract/protection/audit.ts'
import { formatCount } from '#web/ui/words/format.ts'
import { useActionName } from './action-name.ts'

export function AlarmSentence({ alarm: { kind, count, threshold } }: { alarm: Alarm }) {
  const { t } = useTranslation('audit')
  return <>{t(`alarm.${kind}`, { count: formatCount(count) as never, threshold: formatCount(threshold) })}</>
}

const shown = 8

/** Piece by piece: which accounts, at whose request; what was taken together. */
export function AlarmDetail({ alarm: { detail } }: { alarm: Alarm }) {
  const { t } = useTranslation('audit')
  const nameOf = useActionName()
  const accounts = detail?.accounts ?? []
  const more = accounts.length - shown
  return (
    <>
      {detail?.taken && <span className="sub">{t('alarmTaken', detail.taken)}</span>}
      {accounts.length > 0 && (
        <span className="sub">
          {accounts
            .slice(0, shown)
            .map(({ username, action, requestedBy }) =>
              t('alarmAccounts', {
                ...{ username, verb: nameOf(action) },
                by: requestedBy ?? t('alarmMachine'),
              }),
            )
            .join('；')}
          {more > 0 && ` … +${more}`}
        </span>
      )}
    </>
  )
}
