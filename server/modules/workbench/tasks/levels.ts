import type { RawBuilder } from 'kysely'
import type { Role } from '#contract/access/capabilities.ts'
import type { TaskKind } from '#contract/work/workbench.ts'
import { type AreaScope, type Level, levelOf } from '#server/modules/divisions/index.ts'

/** Levels as the database counts them, so that the distance between two is a subtraction. */
export const levels: readonly Level[] = ['province', 'city', 'county', 'township', 'village']
export const rankOf = (area: number) => levels.indexOf(levelOf(area))
export const county = 2
export const township = 3
export const village = 4

/** Whose bench it is: an account with its area, and the level it stands on. */
export interface Viewer {
  userId: string
  role: Role
  area: number
  rank: number
  scope: AreaScope
}

/**
 * One kind of open work, told from what already has a holder and a day: there is no table of tasks. Each reads from one table `x`
 * with county, household_id, village and id; a further kind (tracking visits, say) is a further entry.
 */
export interface Source {
  kind: TaskKind
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
  held: RawBuilder<unknown>
  heldLevels: readonly number[]
  /** What of it the viewer has; undefined where their role never does. */
  mine(viewer: Viewer): RawBuilder<unknown> | undefined
  /** What of it the viewer handed on, whoever has it now. */
  given?(viewer: Viewer): RawBuilder<unknown> | undefined
}
