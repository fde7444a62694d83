import { UserOutlined } from '@ant-design/icons'
import { Link } from '@tanstack/react-router'
import { Tag } from 'antd'
import { useTranslation } from 'react-i18next'
import type { Task } from '#contract/work/workbench.ts'
import { useMe } from '#web/api/session.ts'
import { type ListKey, useListKeys } from '#web/ui/list/list-keys.ts'
import { rowId } from '#web/ui/list/list-table.tsx'
import { Pager } from '#web/ui/list/pager.tsx'
import { formatCount } from '#web/ui/words/format.ts'
import { RiskMark } from '#web/ui/words/risk-mark.tsx'
import { useTaskFaces } from '../../shell/use-task-faces.ts'
import { useDeadlineText } from './task-texts.ts'

interface TaskListProps {
  tasks: readonly Task[]
  /** The day the server lives on. */
  today: string
  total: number
  page: number
  size: number
  /** Whether they are one's own to do; others' one looks at. */
  own?: boolean
  /** Levels of the headings around it. */
  heading?: 2 | 3
  onPage(page: number): void
  keys?: readonly ListKey[]
}

/** Tasks under the day they are due, the most pressing day first; each row has one thing to do. */
export function TaskList({
  tasks,
  today,
  total,
  page,
  size,
  own: isOwn = false,
  heading = 2,
  onPage,
  keys,
}: TaskListProps) {
  const { t } = useTranslation('workbench')
  const deadline = useDeadlineText()
  const { active, setActive } = useListKeys({ ids: tasks.map(({ id }) => id), keys })
  const days = Map.groupBy(tasks, (task) => deadline(task, today))
  const Heading = heading === 2 ? 'h2' : 'h3'
  return (
    <>
      <div className={isOwn ? 'panel task-days own' : 'panel task-days'}>
        {[...days].map(([day, own]) => (
          <section key={day} className="task-day">
            <Heading className={own[0]?.overdue ? 'late' : undefined}>
              {day} <span className="muted">{t('items', { count: formatCount(own.length) as never })}</span>
            </Heading>
            <ul className="task-rows">
              {own.map((task) => (
                <TaskItem
                  key={task.id}
                  task={task}
                  own={isOwn}
                  active={task.id === active}
                  onActive={() => setActive(task.id)}
                />
              ))}
            </ul>
          </section>
        ))}
      </div>
      <Pager page={page} total={total} size={size} onPage={onPage} />
    </>
  )
}

interface TaskItemProps {
  task: Task
  own: boolean
  active: boolean
  onActive(): void
}

function TaskItem({ task, own, active, onActive }: TaskItemProps) {
  const { t } = useTranslation('workbench')
  const common = useTranslation().t
  const me = useMe()
  const { titleOf } = useTaskFaces()
  const { household, holder, causes, escalated } = task
  // What lies with the place and role one stands for is one's own; who has it needs no saying.
  const isMine = holder.mine || (holder.role === me.role && holder.name === me.area.name)
  const who = holder.role
    ? t('placeAndRole', { place: holder.name, role: common(`role.${holder.role as 'township'}`) })
    : holder.name
  return (
    <li id={rowId(task.id)} className={active ? 'task active' : 'task'} onMouseDown={onActive}>
      <span className="task-mark">{task.level && <RiskMark risk={task.level} text={false} size={16} />}</span>
      <div className="task-what">
        <strong>{titleOf(task)}</strong>
        {causes.length > 0 && (
          <span className="task-causes">
            {causes.map((cause) => common(`cause.${cause}`)).join(common('may.separator'))}
          </span>
        )}
        {escalated > 0 && <Tag className="task-up">{t('escalated', { count: escalated })}</Tag>}
      </div>
      <div className="task-household">
        <span className="task-name">{household.headName}</span>
        <span className="muted">{common('people', { count: household.memberCount })}</span>
      </div>
      <div className="muted task-where">
        <span>{t('place', { township: household.township.name, village: household.village.name })}</span>
        {!(own && isMine) && (
          <span className="task-holder">
            <UserOutlined aria-hidden="true" />
            <span className="visually-hidden">{t('holder')}</span>
            {holder.mine ? t('mine') : who}
          </span>
        )}
      </div>
      <TaskLink task={task} own={own} />
    </li>
  )
}

function TaskLink({ task, own }: Pick<TaskItemProps, 'task' | 'own'>) {
  const { t } = useTranslation('workbench')
  const { actOf, placeOf } = useTaskFaces()
  const { doneAt, household } = task
  const act = doneAt || !own ? t('look') : actOf(task)
  return (
    <Link
      to={placeOf(task)}
      className="task-act act-link"
      aria-label={t('actFor', { act, name: household.headName })}
    >
      {act}
    </Link>
  )
}
