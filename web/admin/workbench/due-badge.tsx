import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { api } from '#web/api/client.ts'
import { formatCount } from '#web/ui/words/format.ts'

export const reminderKey = ['reminder'] as const
const everyMinutes = 5

/** What is overdue or due today, requested anew while any page is open. */
export function DueBadge() {
  const { t } = useTranslation()
  const { data } = useQuery({
    queryKey: reminderKey,
    queryFn: () => api.workbench.reminder(undefined, { context: { background: true } }),
    refetchInterval: everyMinutes * 60_000,
  })
  const due = data ? data.overdue + data.today : 0
  if (due === 0) return null
  return (
    <span className="nav-badge">
      <span aria-hidden="true">{due > 999 ? '999+' : formatCount(due)}</span>
      <span className="visually-hidden">{t('nav.due', { count: due })}</span>
    </span>
  )
}
