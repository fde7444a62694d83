import { type RawBuilder, sql } from 'kysely'
import { Standing } from '#contract/work/standing.ts'
import type { TaskGroup } from '#contract/work/workbench.ts'
import { county, type TaskDefinition, type TaskSource, type Viewer } from '#server/manifest/tasks.ts'
import { inScope } from '#server/modules/access/index.ts'
import { overdueOn, standings } from '#server/modules/deadlines/index.ts'
import type { AreaScope } from '#server/modules/divisions/index.ts'
import type { Days } from './days.ts'

/** Groups of open work; what is done is computed from its records instead. */
export type OpenGroup = Exclude<TaskGroup, 'done'>

/** A part of the open work of all kinds, with the kind it is of. */
export interface OpenWork extends TaskSource {
  kind: string
}

/** The open work of the kinds asked for; of all where none is. */
export function openWorkOf(tasks: readonly TaskDefinition[], kinds: readonly string[] = []): OpenWork[] {
  return tasks
    .filter(({ kind }) => kinds.length === 0 || kinds.includes(kind))
    .flatMap(({ kind, open }) => open.map((source) => ({ ...source, kind })))
}

/** One part of it under one condition: what every count and every list is put together from. */
export interface Branch {
  source: OpenWork
  where: RawBuilder<unknown>
  /** Part of the branch that each group takes. */
  parts: ReadonlyMap<OpenGroup, RawBuilder<unknown>>
}

/** Everything a viewer's bench is made of. */
export function branchesOf(tasks: readonly TaskDefinition[], viewer: Viewer, days: Days): Branch[] {
  return openWorkOf(tasks).flatMap((source) => {
    const mine = source.mine(viewer)
    const handedOn = source.handedOn?.(viewer)
    const above = escalatedTo(source, viewer, days)
    const branch = (where: RawBuilder<unknown>, parts: Branch['parts']): Branch => ({
      ...{ source, parts },
      where: sql.join([source.open, within(viewer.scope), where], sql` and `),
    })
    const all = []
    if (mine) all.push(branch(mine, byDay(source, days)))
    if (handedOn) {
      const others = mine ? sql`${handedOn} and not coalesce(${mine}, false)` : handedOn
      all.push(branch(others, new Map([['waiting', sql`true`]])))
    }
    if (above) all.push(branch(above, new Map([['escalated', sql`true`]])))
    return all
  })
}

export const within = (scope: AreaScope) =>
  inScope(scope, { village: 'x.village', county: 'x.county', household: 'x.household_id' })

/** The clock of a kind of work. */
export const clockOf = ({ due, paused }: TaskSource) => ({ due, paused })

function byDay(source: TaskSource, days: Days): Branch['parts'] {
  const parts = standings(clockOf(source), days)
  return new Map(Standing.options.map((standing) => [standing, parts[standing]]))
}

const overseers = ['clerk', 'checker', 'leader', 'township']

/** Overdue long enough that the viewer's level sees it: the first rung one level up, the second two, the third three. */
function escalatedTo(source: TaskSource, { role, rank }: Viewer, days: Days) {
  const near = source.levels.filter((level) => level - rank >= 1 && level - rank <= days.cuts.length)
  if (!overseers.includes(role) || rank > county + 1 || near.length === 0) return undefined
  const cutOf = (level: number) => days.cuts[level - rank - 1] ?? days.cuts[0]
  const cuts = near.map(cutOf).toSorted()
  const until = sql`${source.due} <= ${cuts.at(-1)}::date and ${overdueOn(clockOf(source), days.today)}`
  if (source.levels.length === 1) return until
  const exact = near.map(
    (level) => sql`(${source.due} <= ${cutOf(level)}::date and ${source.level} = ${level}::int)`,
  )
  // What is late enough for every level it can lie at needs no look at who has it.
  if (near.length === source.levels.length) exact.unshift(sql`${source.due} <= ${cuts[0]}::date`)
  return sql`${until} and (${sql.join(exact, sql` or `)})`
}

export function branchesIn(
  group: OpenGroup,
  branches: readonly Branch[],
  kinds: readonly string[],
): Branch[] {
  return branches.flatMap((branch) => {
    const part = branch.parts.get(group)
    if (!part || (kinds.length > 0 && !kinds.includes(branch.source.kind))) return []
    return [{ ...branch, where: sql`${branch.where} and ${part}` }]
  })
}
