import { Tooltip } from 'antd'
import { Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Task } from '#contract/work/workbench.ts'
import { useMe } from '#web/api/session.ts'
import { type ListKey, useListKeys } from '#web/ui/list/list-keys.ts'
import { Pager } from '#web/ui/list/pager.tsx'
import { formatCount } from '#web/ui/words/format.ts'
import { useTaskFaces } from '../../shell/use-task-faces.ts'
import { TaskRow } from './task-row.tsx'
import { useDeadlineText } from './task-texts.ts'

interface TaskListProps {
  tasks: readonly Task[]
  /** The day the server lives on. */
  today: string
  total: number
  /** Where the list goes household by household: how many there are, and pages are counted by them. */
  households?: number | null
  page: number
  size: number
  /** Whether they are one's own to do; others' one looks at. */
  own?: boolean
  /** Levels of the headings around it. */
  heading?: 2 | 3
  onPage(page: number): void
  keys?: readonly ListKey[]
}

/** Tasks under the day they are due, the most pressing day first; a row is a household, with all that is to be done there. */
export function TaskList({
  tasks,
  today,
  total,
  households = null,
  page,
  size,
  own: isOwn = false,
  heading = 2,
  onPage,
  keys = [],
}: TaskListProps) {
  const { t } = useTranslation('workbench')
  const deadline = useDeadlineText()
  const { role } = useMe()
  const { inPlaceOf } = useTaskFaces()
  const [acting, setActing] = useState<readonly Task[]>()
  const rows = households === null ? tasks.map((task) => [task]) : byHousehold(tasks)
  const actOn = (row: readonly Task[] | undefined) => {
    const mine = isOwn ? row?.filter((task) => inPlaceOf(task, role) !== undefined) : undefined
    if (!mine || mine.length === 0) return false
    setActing(mine)
    return true
  }
  const idOf = (row: readonly Task[]) => row[0]?.id ?? ''
  const act: ListKey = {
    key: 'd',
    text: t('keys.act'),
    act: (current) => actOn(rows.find((row) => idOf(row) === current)),
  }
  const { active, setActive } = useListKeys({ ids: rows.map(idOf), keys: [...keys, act] })
  const days = Map.groupBy(rows, ([task]) => (task ? deadline(task, today) : ''))
  const Heading = heading === 2 ? 'h2' : 'h3'
  const Dialog = acting?.[0] && inPlaceOf(acting[0], role)?.Dialog
  return (
    <>
      {households !== null && (
        <p className="task-sum muted">
          {t('householdsAndItems', {
            households: formatCount(households),
            count: formatCount(total) as never,
          })}
          <Tooltip title={t('orderText')}>
            <button type="button" className="hint-button">
              {t('order')}
            </button>
          </Tooltip>
        </p>
      )}
      <div className={isOwn ? 'panel task-days own' : 'panel task-days'}>
        {[...days].map(([day, own]) => (
          <section key={day} className="task-day">
            <Heading className={own[0]?.[0]?.overdue ? 'late' : undefined}>
              {day}{' '}
              <span className="muted">
                {t('items', { count: formatCount(own.reduce((sum, row) => sum + row.length, 0)) as never })}
              </span>
            </Heading>
            <ul className="task-rows">
              {own.map((row) => (
                <TaskRow
                  key={idOf(row)}
                  tasks={row}
                  own={isOwn}
                  active={idOf(row) === active}
                  onActive={() => setActive(idOf(row))}
                  onAct={() => actOn(row)}
                />
              ))}
            </ul>
          </section>
        ))}
      </div>
      <Pager page={page} total={households ?? total} size={size} onPage={onPage} />
      <Suspense fallback={null}>
        {acting && Dialog && (
          <Dialog ids={acting.map(({ subject }) => subject)} onClose={() => setActing(undefined)} />
        )}
      </Suspense>
    </>
  )
}

/** The server brings the tasks of a household one after the other. */
function byHousehold(tasks: readonly Task[]): Task[][] {
  return [...Map.groupBy(tasks, ({ household }) => household.ref).values()]
}
