import { useTranslation } from 'react-i18next'
import type { Task, TaskGroup } from '#contract/workbench.ts'
import { formatCount } from '#web/ui/format.ts'

interface FirstThingProps {
  counts: Record<TaskGroup, number>
  /** The group whose tasks are shown, the most pressing first. */
  group: TaskGroup
  tasks: readonly Task[]
}

/** The morning in one sentence: what to do first. */
export function FirstThing({ counts, group, tasks }: FirstThingProps) {
  const { t } = useTranslation('workbench')
  const { overdue, today, soon } = counts
  const longest = group === 'overdue' ? Math.max(0, ...tasks.map((task) => -(task.workingDaysLeft ?? 0))) : 0
  const say = (key: 'overdue' | 'today' | 'soon', count: number) =>
    t(`first.${key}`, { count: formatCount(count) as never })
  return (
    <p className="first-thing">
      {overdue > 0 && (
        <strong className="overdue">
          {say('overdue', overdue)}
          {longest > 0 && t('first.longest', { days: longest })}
        </strong>
      )}
      {today > 0 && <strong>{say('today', today)}</strong>}
      {overdue + today === 0 && (soon > 0 ? say('soon', soon) : t('first.nothing'))}
    </p>
  )
}
