import { sql } from 'kysely'
import type { Viewer } from '#server/manifest/tasks.ts'
import { isOverdueOn, overdueOn } from '#server/modules/deadlines/index.ts'
import {
  type AreaScope,
  areaScope,
  findDivision,
  type Level,
  listChildren,
  listPath,
} from '#server/modules/divisions/index.ts'
import { AppError } from '#server/platform/errors.ts'
import { listTasks } from './queries.ts'
import { type Branch, clockOf, type OpenWork, openWorkOf, within } from './tasks/branches.ts'
import type { Days } from './tasks/days.ts'
import { daysFor, presentTasks, type WorkbenchDeps } from './view.ts'

/** Codes in one of the divisions an area is broken down into: below a province come its counties, as on the map. */
const spans: Record<Level, number> = { province: 1e6, city: 1e6, county: 1e3, township: 1, village: 1 }

type Kinds = readonly string[]

/** Open and overdue work of an area, by what lies below it; `not-found` outside the scope. */
export async function getLadder(
  deps: WorkbenchDeps,
  viewer: Viewer,
  { area: code = viewer.area, kind = [] }: { area?: number | undefined; kind?: Kinds | undefined },
) {
  const { db } = deps.database
  const area = await findDivision(db, code)
  const range = areaScope(code)
  if (!area || range.from < viewer.scope.from || range.to > viewer.scope.to)
    throw new AppError('not-found', { what: 'division' })
  const days = daysFor(deps, code)
  const span = spans[area.level]
  const chosen = openWorkOf(deps.tasks, kind)
  const [path, children, rows] = await Promise.all([
    listPath(db, code),
    area.level === 'village' ? [area] : listBelow(deps, area),
    countRungs(deps, { ...viewer.scope, ...range }, { span, days, chosen }),
  ])
  const plain = ({ code: at, name, level }: typeof area) => ({ code: at, name, level })
  return {
    ...{ on: days.today, rungs: [...days.rungs], area: plain(area), path: path.map(plain) },
    rows: children.map((child) => {
      const own = rows.filter((row) => row.child === child.code)
      const sum = (key: 'open' | 'paused' | 'first' | 'second' | 'third') =>
        own.reduce((total, row) => total + row[key], 0)
      return {
        area: plain(child),
        ...{ open: sum('open'), paused: sum('paused') },
        overdue: [sum('first'), sum('second'), sum('third')],
      }
    }),
  }
}

async function listBelow({ database: { db } }: WorkbenchDeps, area: { code: number; level: Level }) {
  const children = await listChildren(db, area.code)
  if (area.level !== 'province') return children
  return (await Promise.all(children.map(({ code }) => listChildren(db, code)))).flat()
}

interface RungCount {
  child: number
  open: number
  paused: number
  first: number
  second: number
  third: number
}

async function countRungs(
  { database: { db } }: WorkbenchDeps,
  scope: AreaScope,
  { span, days, chosen }: { span: number; days: Days; chosen: readonly OpenWork[] },
): Promise<RungCount[]> {
  if (chosen.length === 0) return []
  const counted = chosen.map((source) => {
    const on = (rung: number) => sql`count(*) filter (where ${onRung(source, days, rung)})`
    return sql`
      select x.village / ${span}::bigint * ${span}::bigint as child, count(*) as open,
        ${source.paused ? sql`count(*) filter (where ${source.paused})` : sql`0`} as paused, ${on(0)} as first,
          ${on(1)} as second,
        ${on(2)} as third
      from ${source.from} where ${source.open} and ${within(scope)} group by 1`
  })
  const { rows } = await sql<RungCount>`${sql.join(counted, sql` union all `)}`.execute(db)
  return rows
}

/** The first rung holds whatever is overdue for less than the second. */
function onRung(source: OpenWork, days: Days, rung: number) {
  const from = days.cuts[rung + 1]
  const until = rung === 0 ? sql`true` : sql`${source.due} <= ${days.cuts[rung]}::date`
  const since = from ? sql`${source.due} > ${from}::date` : sql`true`
  return sql`(${overdueOn(clockOf(source), days.today)} and ${until} and ${since})`
}

export interface TaskFilter {
  area?: number | undefined
  kind?: Kinds | undefined
  rung?: number | undefined
  overdue?: boolean | undefined
  paused?: boolean | undefined
  page: number
  size: number
}

/** What stands behind a figure of the ladder, the longest overdue first. */
export async function listAreaTasks(deps: WorkbenchDeps, viewer: Viewer, filter: TaskFilter) {
  const { area = viewer.area, kind = [], rung, overdue, paused, page, size } = filter
  const { db } = deps.database
  const { from, to } = areaScope(area)
  const scope = {
    ...viewer.scope,
    from: Math.max(viewer.scope.from, from),
    to: Math.min(viewer.scope.to, to),
  }
  const days = daysFor(deps, area)
  const branches = openWorkOf(deps.tasks, kind).map((source): Branch => {
    const all = [source.open, within(scope)]
    if (rung !== undefined) all.push(onRung(source, days, rung))
    if (overdue !== undefined) all.push(sql`${isOverdueOn(clockOf(source), days.today)} = ${overdue}`)
    if (paused !== undefined) all.push(sql`${source.paused ?? sql`false`} = ${paused}`)
    return { source, parts: new Map(), where: sql.join(all, sql` and `) }
  })
  const counted = branches.map(
    ({ source, where }) => sql`select count(*) as n from ${source.from} where ${where}`,
  )
  const [totals, records] = await Promise.all([
    counted.length > 0
      ? sql<{ n: number }>`${sql.join(counted, sql` union all `)}`.execute(db)
      : { rows: [] },
    listTasks(db, branches, { limit: size, offset: (page - 1) * size }),
  ])
  return {
    on: days.today,
    total: totals.rows.reduce((sum, { n }) => sum + n, 0),
    tasks: await presentTasks(deps, records, viewer.userId, days),
  }
}
