import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { Task, TaskGroup } from '#contract/work/workbench.ts'
import { api } from '#web/api/client.ts'
import { formatCount } from '#web/ui/words/format.ts'
import { RiskMark } from '#web/ui/words/risk-mark.tsx'
import { useTaskFaces } from '../../shell/use-task-faces.ts'
import { useDeadlineText } from './task-texts.ts'

const size = 5
const own: readonly TaskGroup[] = ['overdue', 'today', 'soon', 'later']

interface NextUpProps {
  /** The group that is shown above. */
  after: TaskGroup
  counts: Record<TaskGroup, number>
}

/** What comes after the most pressing: a morning is planned by more than what is late already. */
export function NextUp({ after, counts }: NextUpProps) {
  const { t } = useTranslation('workbench')
  const at = own.indexOf(after)
  const group = at < 0 ? undefined : own.slice(at + 1).find((one) => counts[one] > 0)
  const { data } = useQuery({
    queryKey: ['workbench', 'next-up', group],
    queryFn: () => api.workbench.get({ group, size }),
    enabled: group !== undefined,
  })
  if (!group || !data) return null
  return (
    <section className="next-up" aria-labelledby="next-up">
      <div className="next-up-head">
        <h2 id="next-up">{t('nextUp', { group: t(`group.${group}`) })}</h2>
        <Link to="/workbench" search={{ group }} resetScroll={false}>
          {t('nextUpAll', { count: formatCount(data.total) as never })} →
        </Link>
      </div>
      <ul className="next-up-rows panel">
        {data.tasks.map((task) => (
          <NextRow key={task.id} task={task} today={data.on} />
        ))}
      </ul>
    </section>
  )
}

function NextRow({ task, today }: { task: Task; today: string }) {
  const { titleOf, placeOf } = useTaskFaces()
  const deadline = useDeadlineText()
  const { household } = task
  return (
    <li>
      <span className="task-mark">{task.level && <RiskMark risk={task.level} text={false} size={16} />}</span>
      <Link to={placeOf(task)}>
        {household.headName} {titleOf(task)}
      </Link>
      <span className="muted">{household.village.name}</span>
      <span className="muted next-up-when">{deadline(task, today)}</span>
    </li>
  )
}
