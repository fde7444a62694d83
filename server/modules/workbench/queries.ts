import { type RawBuilder, sql } from 'kysely'
import type { Cause, Localized } from '#contract/common.ts'
import type { TaskDefinition } from '#server/manifest/tasks.ts'
import { householdUrgency } from '#server/modules/clues/urgency/index.ts'
import { type StripRecord, stripColumns, stripJoins } from '#server/modules/registry/index.ts'
import type { Db } from '#server/platform/database/db.ts'
import type { Branch, OpenGroup } from './tasks/branches.ts'
import type { Days } from './tasks/days.ts'

/** A task as it is found, before anything is known about its household. */
export interface TaskRecord {
  kind: string
  subject: string
  county: number
  householdId: number
  what: string
  dueOn: string | null
  paused: boolean
  person: string | null
  /** Level of the one that has it. */
  level: number
  doneAt: string | null
}

const union = sql` union all `

export interface GroupCount {
  group: OpenGroup
  kind: string
  n: number
  /** Of those that are due soon, by the next working day. */
  next: number
}

/** All groups of a bench at once: each branch counts itself, so that nothing is carried through the union. */
export async function countGroups(
  db: Db,
  branches: readonly Branch[],
  { next }: Pick<Days, 'next'>,
): Promise<GroupCount[]> {
  if (branches.length === 0) return []
  const counted = branches.map(({ source, where, parts }) => {
    const cases = [...parts].map(([group, part]) => sql`when ${part} then ${group}`)
    return sql`select case ${sql.join(cases, sql` `)} end as "group", ${source.kind} as kind, count(*) as n,
      count(*) filter (where ${source.due} <= ${next}::date) as next
      from ${source.from} where ${where} group by 1`
  })
  const { rows } = await sql<GroupCount>`${sql.join(counted, union)}`.execute(db)
  return rows
}

const partOf = ({ source }: Branch) => sql`
  select ${source.kind} as kind, x.id as subject, x.county, x.household_id, ${source.what} as what,
    ${source.due} as due_on, ${source.urgency} as urgency, ${source.paused ?? sql`false`} as paused,
    ${source.person ?? sql`null::text`} as person, ${source.level} as level`

/** The first tasks of several branches by day, each taken from its own index. */
export async function listTasks(
  db: Db,
  branches: readonly Branch[],
  { limit, offset }: { limit: number; offset: number },
): Promise<TaskRecord[]> {
  if (branches.length === 0) return []
  const upTo = limit + offset
  const found = branches.map(
    (branch) => sql`(
      ${partOf(branch)} from ${branch.source.from} where ${branch.where}
      order by ${branch.source.due}, ${branch.source.urgency}, x.id limit ${upTo})`,
  )
  const { rows } = await sql<TaskRecord & { urgency: number | null }>`
    select t.*, null as done_at from (${sql.join(found, union)}) t order by due_on, urgency, subject
    limit ${limit} offset ${offset}`.execute(db)
  return rows
}

/**
 * The first households that several branches have tasks of, each with all of them there; and how many households there are. By the
 * first day, then the worst level, then what parts warnings of one level (`householdUrgency`), which is looked up for those alone that
 * may come onto the page.
 */
export async function listTasksByHousehold(
  db: Db,
  branches: readonly Branch[],
  { limit, offset }: { limit: number; offset: number },
): Promise<{ households: number; rows: TaskRecord[] }> {
  if (branches.length === 0) return { households: 0, rows: [] }
  const found = branches.map(
    (branch) => sql`${partOf(branch)} from ${branch.source.from} where ${branch.where}`,
  )
  const order = sql`x.due_on, x.urgency`
  const { rows } = await sql<TaskRecord & { urgency: number | null; households: number }>`
    with t as materialized (${sql.join(found, union)}),
    homes as (
      select county, household_id, min(due_on) as due_on, min(urgency) as urgency, count(*) over () as households
      from t group by county, household_id
    ),
    near as (select * from homes x order by ${order} fetch first ${limit + offset} rows with ties),
    page as (
      select x.county, x.household_id, x.households, row_number() over (order by ${order}, w.margin desc nulls last,
        w.since, w.causes desc, x.county, x.household_id) as place
      from near x left join lateral ${householdUrgency} w on true
      order by place limit ${limit} offset ${offset}
    )
    select t.*, null as done_at, p.households from page p
    join t on t.county = p.county and t.household_id = p.household_id
    order by p.place, t.due_on, t.urgency, t.subject`.execute(db)
  return { households: rows[0]?.households ?? 0, rows: rows.map(({ households: _of, ...row }) => row) }
}

export interface TaskStrip extends StripRecord {
  n: number
  causes: Cause[]
  levelRank: number | null
  why: Localized | null
  personName: string | null
}

/** What a page of tasks shows of households, causes and persons; of its subject each kind says itself. */
export async function readStrips(
  db: Db,
  kinds: readonly TaskDefinition[],
  tasks: readonly TaskRecord[],
): Promise<Map<number, TaskStrip>> {
  const shown = kinds.filter(({ kind }) => tasks.some((task) => task.kind === kind))
  const about = shown.map(
    ({ kind, about: source }) =>
      sql`select a.causes, a.level_rank, a.why from (${source}) a where x.kind = ${kind}`,
  )
  if (about.length === 0) return new Map()
  const { rows } = await sql<TaskStrip>`
    select x.n, ${stripColumns}, coalesce(k.causes, '{}') as causes, k.level_rank, k.why, u.name as person_name
    from (select row_number() over () as n, y.* from ${pageOf(tasks)}) x ${stripJoins}
    left join auth_user u on u.id = x.person
    left join lateral (${sql.join(about, union)}) k on true`.execute(db)
  return new Map(rows.map((row) => [row.n - 1, row]))
}

function pageOf(tasks: readonly TaskRecord[]): RawBuilder<unknown> {
  return sql`unnest(${tasks.map(({ kind }) => kind)}::text[], ${tasks.map(({ subject }) => subject)}::uuid[],
    ${tasks.map(({ county }) => county)}::int[], ${tasks.map(({ householdId }) => householdId)}::bigint[],
    ${tasks.map(({ person }) => person)}::text[]) y (kind, subject, county, household_id, person)`
}
