import { sql } from 'kysely'
import type { Letter } from '#contract/contact/letters.ts'
import { addDays } from '#contract/days.ts'
import { inScope } from '#server/modules/access/index.ts'
import { figuresOf, findDeadline } from '#server/modules/deadlines/index.ts'
import type { AreaScope } from '#server/modules/divisions/index.ts'
import { getParameter } from '#server/modules/policy/index.ts'
import type { HouseholdKey } from '#server/modules/registry/households/index.ts'
import { packOn } from '#server/modules/screening/index.ts'
import { AppError } from '#server/platform/errors.ts'
import type { RequestDeps } from '#server/platform/http/rpc.ts'
import { composeLetters, type Limits } from './compose.ts'
import { readHouseholdNow } from './queries.ts'

type Deps = Pick<RequestDeps, 'database' | 'clock' | 'audit'>

/** What ended longer ago is in the record, not in a letter. */
const shownDays = 90

/** Letters of one household of the scope; `not-found` outside it. */
export async function listLetters(deps: Deps, scope: AreaScope, ref: string) {
  const { rows } = await sql<HouseholdKey>`
    select h.county, h.id from household h where h.ref = ${ref}::uuid
      and ${inScope(scope, { village: 'h.village', county: 'h.county', household: 'h.id' })}`.execute(
    deps.database.db,
  )
  const [key] = rows
  if (!key) throw new AppError('not-found', { what: 'household' })
  return readLettersOf(deps, { ...key, ref })
}

/** Letters of a household the caller may see. */
export async function readLettersOf(
  { database: { db }, clock, audit }: Deps,
  household: HouseholdKey & { ref: string },
): Promise<{ headName: string; letters: Letter[] }> {
  const today = clock.today()
  audit.describe({ object: { kind: 'household', ref: household.ref }, household: household.ref })
  const now = await readHouseholdNow(db, household, addDays(today, -shownDays))
  if (!now) throw new AppError('not-found', { what: 'household' })
  return {
    headName: now.headName,
    letters: composeLetters(packOn(today), now, { limits: limitsOf(household.county), today }),
  }
}

function limitsOf(county: number): Limits {
  const workingDays = (from: string, ...limits: Parameters<typeof getParameter>[1][]) => {
    const values = figuresOf(from, county)
    const days = limits.reduce((sum, limit) => sum + getParameter(values, limit), 0)
    return findDeadline(from, days)
  }
  return {
    verify: (openedOn) => workingDays(openedOn, 'dispatchLimit', 'verificationLimit'),
    notice: (closedOn) => workingDays(closedOn, 'noticeLimit'),
    recheck: (closedOn) => addDays(closedOn, getParameter(figuresOf(closedOn, county), 'solvedRecheck')),
  }
}
