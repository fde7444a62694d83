import { useTranslation } from 'react-i18next'
import { beijingDay } from '#contract/days.ts'
import type { Task } from '#contract/work/workbench.ts'

/** How long there is, in working days, and the day itself. */
export function useDeadlineText(): (task: Task, today: string) => string {
  const { t } = useTranslation('workbench')
  const weekday = useWeekday()
  return ({ dueOn, workingDaysLeft: left, paused, overdue, doneAt }, today) => {
    if (doneAt) {
      const day = beijingDay(doneAt)
      return t('on', { day, weekday: weekday(day) })
    }
    if (paused) return t('paused')
    if (dueOn === null || left === null) return t('noDay')
    if (overdue) return left < 0 ? t('late', { count: -left, day: dueOn }) : t('lateNone', { day: dueOn })
    if (dueOn === today) return t('leftToday', { day: dueOn })
    return left > 0 ? t('left', { count: left, day: dueOn }) : t('leftNone', { day: dueOn })
  }
}

export function useWeekday(): (day: string) => string {
  const { i18n } = useTranslation()
  const format = new Intl.DateTimeFormat(i18n.language, { weekday: 'long', timeZone: 'UTC' })
  return (day) => format.format(new Date(day))
}
