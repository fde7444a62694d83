import { useTranslation } from 'react-i18next'
import type { BenchView, Task } from '#contract/work/workbench.ts'
import { formatCount } from '#web/ui/words/format.ts'

interface FirstThingProps {
  counts: Record<BenchView, number>
  /** Those shown, the most pressing first. */
  tasks: readonly Task[]
  /** Visits the rhythm requires this week, where one's role makes them. */
  rhythm: { overdue: number; week: number } | null
}

/** The morning in one sentence: what to do first. */
export function FirstThing({ counts, tasks, rhythm }: FirstThingProps) {
  const { t } = useTranslation('workbench')
  const { overdue, today, soon } = counts
  const late = tasks.filter((task) => task.overdue)
  const longest = Math.max(0, ...late.map((task) => -(task.workingDaysLeft ?? 0)))
  const visits = (rhythm?.overdue ?? 0) + (rhythm?.week ?? 0)
  const quiet = visits > 0 ? 'rhythm' : soon > 0 ? 'soon' : undefined
  const format = (key: 'overdue' | 'today' | 'soon' | 'rhythm', count: number) =>
    t(`first.${key}`, { count: formatCount(count) as never })
  return (
    <p className="first-thing">
      {overdue > 0 && (
        <strong className="overdue">
          {format('overdue', overdue)}
          {longest > 0 && t('first.longest', { days: longest })}
        </strong>
      )}
      {today > 0 && <strong>{format('today', today)}</strong>}
      {overdue + today === 0 &&
        (quiet ? format(quiet, quiet === 'soon' ? soon : visits) : t('first.nothing'))}
    </p>
  )
}
