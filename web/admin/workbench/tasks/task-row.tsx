import { UserOutlined } from '@ant-design/icons'
import { Link } from '@tanstack/react-router'
import { Button, Tag } from 'antd'
import { useTranslation } from 'react-i18next'
import type { Task } from '#contract/work/workbench.ts'
import { useMe } from '#web/api/session.ts'
import { rowId } from '#web/ui/list/list-table.tsx'
import { RiskMark } from '#web/ui/words/risk-mark.tsx'
import { useText } from '#web/ui/words/use-text.ts'
import { useTaskFaces } from '../../shell/use-task-faces.ts'

interface TaskRowProps {
  /** Of one household, the most pressing first. */
  tasks: readonly Task[]
  own: boolean
  active: boolean
  onActive(): void
  /** Does what can be done without leaving the list. */
  onAct(): unknown
}

/** A household with what is to be done there and why; what can be done at once is done here. */
export function TaskRow({ tasks, own, active, onActive, onAct }: TaskRowProps) {
  const { t } = useTranslation('workbench')
  const common = useTranslation().t
  const { role } = useMe()
  const { inPlaceOf } = useTaskFaces()
  const [task, ...more] = tasks
  if (!task) return null
  const { household } = task
  const isInPlace = own && tasks.some((one) => inPlaceOf(one, role) !== undefined)
  return (
    <li id={rowId(task.id)} className={active ? 'task active' : 'task'} onMouseDown={onActive} data-row>
      <span className="task-mark">{task.level && <RiskMark risk={task.level} text={false} size={16} />}</span>
      <What task={task} linked={isInPlace} />
      <div className="task-household">
        <span className="task-name">{household.headName}</span>
        <span className="muted">{common('people', { count: household.memberCount })}</span>
      </div>
      <div className="muted task-where">
        <span>{t('place', { township: household.township.name, village: household.village.name })}</span>
        <Responsible task={task} own={own} />
      </div>
      {isInPlace ? <ActHere task={task} active={active} onAct={onAct} /> : <TaskLink task={task} own={own} />}
      {more.length > 0 && (
        <details className="task-more">
          <summary>{t('moreOfHousehold', { count: more.length })}</summary>
          <ul>
            {more.map((one) => (
              <li key={one.id} data-row>
                <span className="task-mark">
                  {one.level && <RiskMark risk={one.level} text={false} size={14} />}
                </span>
                <What task={one} linked />
              </li>
            ))}
          </ul>
        </details>
      )}
    </li>
  )
}

function What({ task, linked }: { task: Task; linked: boolean }) {
  const { t } = useTranslation('workbench')
  const common = useTranslation().t
  const text = useText()
  const { titleOf, placeOf } = useTaskFaces()
  const { causes, escalated, why } = task
  return (
    <div className="task-what">
      {linked ? <Link to={placeOf(task)}>{titleOf(task)}</Link> : <strong>{titleOf(task)}</strong>}
      {causes.length > 0 && (
        <span className="task-causes">
          {causes.map((cause) => common(`cause.${cause}`)).join(common('may.separator'))}
        </span>
      )}
      {escalated > 0 && <Tag className="task-up">{t('escalated', { count: escalated })}</Tag>}
      {why && <span className="task-why">{text(why)}</span>}
    </div>
  )
}

function Responsible({ task: { responsible }, own }: { task: Task; own: boolean }) {
  const { t } = useTranslation('workbench')
  const common = useTranslation().t
  const me = useMe()
  // What lies with the place and role one stands for is one's own; who has it needs no saying.
  const isMine = responsible.mine || (responsible.role === me.role && responsible.name === me.area.name)
  if (own && isMine) return null
  const who = responsible.role
    ? t('placeAndRole', { place: responsible.name, role: common(`role.${responsible.role as 'township'}`) })
    : responsible.name
  return (
    <span className="task-responsible">
      <UserOutlined aria-hidden="true" />
      <span className="visually-hidden">{t('responsible')}</span>
      {responsible.mine ? t('mine') : who}
    </span>
  )
}

function ActHere({ task, active, onAct }: { task: Task; active: boolean; onAct(): unknown }) {
  const { t } = useTranslation('workbench')
  const { actOf } = useTaskFaces()
  const act = actOf(task)
  return (
    <Button
      className="task-act"
      type={active ? 'primary' : 'default'}
      aria-label={t('actFor', { act, name: task.household.headName })}
      onClick={onAct}
    >
      {act}
    </Button>
  )
}

function TaskLink({ task, own }: { task: Task; own: boolean }) {
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
