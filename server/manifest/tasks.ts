import { type RawBuilder, sql } from 'kysely'
import type { Role } from '#contract/access/capabilities.ts'
import type { Db } from '#server/platform/database/db.ts'

/** Levels as the database counts them, so that the distance between two is a subtraction. */
export const county = 2
export const township = 3
export const village = 4

/** Whose bench it is: an account with its area, and the level it stands on. */
export interface Viewer {
  userId: string
  role: Role
  area: number
  rank: number
  scope: { from: number; to: number; grantee?: string | null }
}

/** Who did something, and from when on it counts. */
export interface Doer {
  userId: string
  /** Monday of the week. */
  weekFrom: string
}

/**
 * One kind of work, as the module it belongs to brings it; the workbench puts the modules' kinds together and knows none by name. Its
 * page folder brings what the web says of it.
 */
export interface TaskDefinition {
  kind: string
  /** What stands open of it, each part read from its own index. */
  open: readonly TaskSource[]
  /**
   * Causes, worst level and the sentence that says why of the subject of `x` (county, household_id, subject): one row (causes text[],
   * level_rank smallint, why jsonb).
   */
  about: RawBuilder<unknown>
  /** Role that has it at a level, where it is not the usual one: clerk, township, village. */
  roleAt?(what: string, level: number): Role | undefined
  /** What an account did of it, out of what was written down then: (subject, county, household_id, done_at, what). */
  done?(doer: Doer): RawBuilder<unknown>
  /** Work whose day comes by itself while nobody has it, by Sunday; null for whom it is not counted. */
  unassigned?(db: Db, viewer: Viewer, today: string): Promise<Unassigned | null>
}

export interface Unassigned {
  /** Nobody was ever there: a list of its own, and no lateness. */
  never: number
  overdue: number
  week: number
}

/** When an account's week begins, as an instant. */
export const sinceMonday = ({ weekFrom }: Doer) => sql`(${weekFrom}::timestamp at time zone 'Asia/Shanghai')`

/**
 * One part of the open work of a kind, told from what already has a holder and a day: there is no table of tasks. Each reads from one
 * table `x` with county, household_id, village and id.
 */
export interface TaskSource {
  from: RawBuilder<unknown>
  /** What makes it open, as the partial index says it. */
  open: RawBuilder<unknown>
  due: RawBuilder<unknown>
  /** Alike for all kinds: worst level first where days are the same. */
  urgency: RawBuilder<unknown>
  paused?: RawBuilder<unknown>
  what: RawBuilder<unknown>
  /** Account of the named person that has it. */
  person?: RawBuilder<unknown>
  /** Level of the one that has it, and all it can be. */
  level: RawBuilder<unknown>
  levels: readonly number[]
  /** What of it the viewer has; undefined where their role never does. */
  mine(viewer: Viewer): RawBuilder<unknown> | undefined
  /** What of it the viewer handed on, whoever has it now. */
  handedOn?(viewer: Viewer): RawBuilder<unknown> | undefined
}

const villageRoles = ['village', 'team-member']

/** Villages of a scope that have staff: the work of a village without any falls to its township. */
const staffed = (roles: readonly string[]) => sql`(
  select a.area from account a where a.state = 'active' and a.role = any(${[...roles]}::text[]))`
export const bare = (roles: readonly string[] = villageRoles) => sql`x.village not in ${staffed(roles)}`
export const atTownship = sql`x.visitor in (select a.user_id from account a where a.role = 'township')`
export const inside = ({ from, to }: Viewer['scope']) =>
  sql`x.village between ${from}::bigint and ${to}::bigint`
export const mineAlone = ({ userId }: Viewer) => sql`x.visitor = ${userId}`
export const both = (...all: readonly RawBuilder<unknown>[]) => sql`(${sql.join(all, sql` and `)})`
export const either = (...all: readonly RawBuilder<unknown>[]) => sql`(${sql.join(all, sql` or `)})`
export const at = (viewer: Viewer, role: Role, rank: number) => viewer.role === role && viewer.rank === rank
export const isVillager = ({ role, rank }: Viewer) => villageRoles.includes(role) && rank === village

declare module '#server/platform/http/rpc.ts' {
  interface Services {
    /** Every kind of open work, from the lowest module up. */
    tasks: readonly TaskDefinition[]
  }
}
