import type { RiskLevel } from '#contract/common.ts'
import { isOverdue } from '#contract/work/standing.ts'
import type { BenchView, Task } from '#contract/work/workbench.ts'
import { county, township, type Viewer } from '#server/manifest/tasks.ts'
import { stripOf } from '#server/modules/registry/index.ts'
import type { RequestDeps, Requester } from '#server/platform/http/rpc.ts'
import { countDone, listDone } from './done.ts'
import { countGroups, listTasksByHousehold, readStrips, type TaskRecord, type TaskStrip } from './queries.ts'
import { branchesIn, branchesOf, type OpenGroup } from './tasks/branches.ts'
import { type Days, daysOf, workingDaysLeft } from './tasks/days.ts'
import { rankOf, usualRole } from './tasks/levels.ts'

export type WorkbenchDeps = Pick<RequestDeps, 'database' | 'clock' | 'tasks'>

export function viewerOf({ userId, role, area }: Requester, scope: Viewer['scope']): Viewer {
  return { userId, role, area, rank: rankOf(area), scope }
}

export const daysFor = ({ clock }: Pick<WorkbenchDeps, 'clock'>, area: number): Days =>
  daysOf(clock.today(), Math.floor(area / 1e6))

/** Of what one has to do oneself, the most pressing first. */
const own: readonly OpenGroup[] = ['overdue', 'today', 'soon', 'later']
/** Without a requested view the first that is not empty opens. */
const first: readonly BenchView[] = ['mine', 'escalated', 'waiting']
const groupsOf = (view: BenchView) => (view === 'mine' ? own : [view])

interface BenchFilter {
  group?: BenchView | undefined
  kind?: readonly string[] | undefined
  page: number
  size: number
}

/**
 * The bench of one account: counts of all groups, and a page of one, household by household; the total of every list equals its
 * count.
 */
export async function getWorkbench(
  deps: WorkbenchDeps,
  viewer: Viewer,
  { group, kind = [], page, size }: BenchFilter,
) {
  const { db } = deps.database
  const days = daysFor(deps, viewer.area)
  const branches = branchesOf(deps.tasks, viewer, days)
  const doer = { userId: viewer.userId, weekFrom: days.weekFrom }
  const [open, done, unassigned] = await Promise.all([
    countGroups(db, branches, days),
    countDone(db, deps.tasks, doer),
    countUnassigned(deps, viewer, days.today),
  ])
  const all = [...open, ...done.map((row) => ({ ...row, group: 'done' as const }))]
  const sum = (rows: readonly { n: number }[]) => rows.reduce((total, { n }) => total + n, 0)
  const ofView = (view: BenchView) => all.filter(({ group: one }) => groupsOf(view).some((of) => of === one))
  const countOf = (view: BenchView) => sum(ofView(view))
  const counts: Record<BenchView, number> = {
    ...{
      mine: countOf('mine'),
      overdue: countOf('overdue'),
      today: countOf('today'),
      soon: countOf('soon'),
      later: countOf('later'),
    },
    ...{ waiting: countOf('waiting'), escalated: countOf('escalated'), done: countOf('done') },
  }
  const shown = group ?? first.find((one) => counts[one] > 0) ?? 'mine'
  const inView = ofView(shown)
  const paging = { limit: size, offset: (page - 1) * size }
  const chosen = inView.filter((row) => kind.length === 0 || kind.includes(row.kind))
  const total = sum(chosen)
  const { households, rows: records } =
    total === 0
      ? { households: 0, rows: [] }
      : shown === 'done'
        ? { households: null, rows: await listDone(db, deps.tasks, doer, { kinds: kind, ...paging }) }
        : await listTasksByHousehold(
            db,
            groupsOf(shown).flatMap((of) => (of === 'done' ? [] : branchesIn(of, branches, kind))),
            paging,
          )
  return {
    ...{ on: days.today, weekFrom: days.weekFrom, counts, group: shown, unassigned },
    kinds: Object.fromEntries(
      deps.tasks.flatMap(({ kind: one }) => {
        const n = sum(inView.filter((row) => row.kind === one))
        return n > 0 ? [[one, n]] : []
      }),
    ),
    ...{ total, households },
    tasks: await presentTasks(deps, records, viewer.userId, days),
  }
}

/** By kind, what nobody has been sent on yet though its day comes. */
async function countUnassigned({ database, tasks }: WorkbenchDeps, viewer: Viewer, today: string) {
  const counted = await Promise.all(
    tasks.map(
      async ({ kind, unassigned }) => [kind, await unassigned?.(database.db, viewer, today)] as const,
    ),
  )
  return Object.fromEntries(counted.flatMap(([kind, count]) => (count ? [[kind, count]] : [])))
}

/** What is overdue, due today, by the next working day and soon: for the menu and the digest. */
export async function getReminder(deps: WorkbenchDeps, viewer: Viewer) {
  const days = daysFor(deps, viewer.area)
  const rows = await countGroups(deps.database.db, branchesOf(deps.tasks, viewer, days), days)
  const count = (group: OpenGroup, key: 'n' | 'next' = 'n') =>
    rows.filter((row) => row.group === group).reduce((total, row) => total + row[key], 0)
  return {
    ...{ on: days.today, overdue: count('overdue'), today: count('today') },
    ...{ next: count('soon', 'next'), soon: count('soon'), escalated: count('escalated') },
  }
}

/** Tasks with their households and holders, in one query more. */
export async function presentTasks(
  { database, tasks }: Pick<WorkbenchDeps, 'database' | 'tasks'>,
  records: readonly TaskRecord[],
  userId: string,
  days: Days,
): Promise<Task[]> {
  if (records.length === 0) return []
  const strips = await readStrips(database.db, tasks, records)
  return records.flatMap((record, i) => {
    const strip = strips.get(i)
    const { roleAt } = tasks.find(({ kind }) => kind === record.kind) ?? {}
    const role = roleAt?.(record.what, record.level) ?? usualRole(record.level)
    return strip ? [present(record, strip, { userId, role }, days)] : []
  })
}

const risks: readonly RiskLevel[] = ['red', 'orange', 'yellow']

function present(
  record: TaskRecord,
  strip: TaskStrip,
  { userId, role }: { userId: string; role: string },
  days: Days,
): Task {
  const { kind, subject, what, dueOn, paused, doneAt, person } = record
  const { levelRank } = strip
  const overdue = isOverdue({ dueOn, isPaused: paused }, days.today)
  return {
    ...{ kind, subject, what, dueOn, paused, doneAt },
    // A case may have its next step and something beside it to be done at once.
    id: `${kind}:${what}:${subject}${doneAt ? `@${doneAt}` : ''}`,
    household: stripOf(strip),
    causes: [...new Set(strip.causes)],
    why: strip.why,
    level: levelRank === null ? null : (risks[levelRank - 1] ?? null),
    workingDaysLeft: dueOn === null ? null : workingDaysLeft(days.today, dueOn),
    overdue,
    escalated: overdue ? Math.min(record.level, days.cuts.filter((cut) => (dueOn ?? cut) <= cut).length) : 0,
    responsible: person
      ? { name: strip.personName ?? '', role: null, mine: person === userId }
      : { name: placeOf(record, strip), role, mine: false },
  }
}

function placeOf({ level }: TaskRecord, strip: TaskStrip): string {
  if (level === county) return strip.countyName
  return level === township ? strip.townshipName : strip.villageName
}
