import { sql } from 'kysely'
import type { ClueState } from '#contract/work/clues.ts'
import { inScope } from '#server/modules/access/index.ts'
import type { AreaScope } from '#server/modules/divisions/index.ts'
import type { Auditor } from '#server/platform/audit.ts'
import type { Clock } from '#server/platform/clock.ts'
import type { Database, Db } from '#server/platform/database/db.ts'
import { AppError } from '#server/platform/errors.ts'

export interface DispatchDeps {
  database: Database
  audit: Auditor
  clock: Clock
}

/** Who acts: the account, the division it stands for, and where it may look. */
export interface Actor {
  userId: string | null
  area: number
  scope: AreaScope
}

export interface LockedClue {
  county: number
  id: string
  householdId: number
  village: number
  state: ClueState
  assignee: number | null
  dueOn: string | null
}

/** What the audit keeps of who has it. */
export const handOf = (clue: LockedClue | undefined) =>
  clue && { state: clue.state, assignee: clue.assignee, dueOn: clue.dueOn }

/**
 * In the order of their ids, so that two hand-overs of the same clues wait for each other instead of dying. Throws `not-found` where any
 * of them lies outside the scope.
 */
export async function lockClues(db: Db, scope: AreaScope, ids: readonly string[]): Promise<LockedClue[]> {
  const { rows } = await sql<LockedClue>`
    select county, id, household_id, village, state, assignee, due_on from clue
    where id = any(${[...ids]}::uuid[])
      and ${inScope(scope, { village: 'clue.village', county: 'clue.county', household: 'clue.household_id' })}
    order by id for update`.execute(db)
  if (rows.length < new Set(ids).size) throw new AppError('not-found', { what: 'clue' })
  return rows
}
