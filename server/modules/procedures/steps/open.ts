import { sql } from 'kysely'
import type { Cause } from '#contract/common.ts'
import { addDays } from '#contract/days.ts'
import type { HouseholdCategory } from '#contract/registry/households.ts'
import type { GuardCheck, NaturalGrounds } from '#contract/work/cases.ts'
import { inScope } from '#server/modules/access/index.ts'
import { openPlan } from '#server/modules/assistance/index.ts'
import { followSpells } from '#server/modules/clues/writing/index.ts'
import { addDeadline, figuresOf } from '#server/modules/deadlines/index.ts'
import type { AreaScope } from '#server/modules/divisions/index.ts'
import { getParameter } from '#server/modules/policy/index.ts'
import { decideCategory } from '#server/modules/registry/index.ts'
import { packOn } from '#server/modules/screening/index.ts'
import type { Actor, FollowConfirmation } from '#server/modules/visits/index.ts'
import { type Db, inTransaction } from '#server/platform/database/db.ts'
import { AppError } from '#server/platform/errors.ts'
import type { RequestDeps } from '#server/platform/http/rpc.ts'
import { maskNumbers } from '#server/platform/text.ts'
import { changeCaseFile, openCaseFile } from '../case-writer.ts'
import { readResolutionFacts } from '../conditions/resolution-facts.ts'
import { naturalChecks, resolutionChecks } from '../conditions/rules.ts'
import { addEntry } from '../queries.ts'

type ConfirmedHousehold = Parameters<FollowConfirmation>[1]
type Confirmation = Parameters<FollowConfirmation>[2]

/**
 * What follows a confirmed clue: its cause joins the case that runs or the risk that is open; else an identification opens, and in
 * the green channel the plan with it. Returns the case, if one runs. The visit itself is its first step.
 */
export const followConfirmation: FollowConfirmation = async (db, household, confirmation) => {
  const { county, householdId } = household
  const { causes, at, today } = confirmation
  const { rows } = await sql<{
    id: string | null
    risk: string
    category: HouseholdCategory
    causes: Cause[]
  }>`
    select f.id, h.risk, h.category, coalesce(s.causes, '{}') as causes
    from household h
    left join case_file f on f.county = h.county and f.household_id = h.id and f.state = 'running'
      and f.kind = 'identification'
    left join category_spell s on s.county = h.county and s.household_id = h.id and s.until_on is null
    where h.county = ${county} and h.id = ${householdId}`.execute(db)
  const [known] = rows
  if (known?.id) {
    await changeCaseFile(
      db,
      { county, id: known.id },
      { causes: sql`(select array(select distinct c from unnest(causes || ${[...causes]}::text[]) c))` },
    )
    return known.id
  }
  if (known?.risk === 'open') {
    const added = causes.filter((cause) => !known.causes.includes(cause))
    if (added.length > 0) {
      const all = [...known.causes, ...added]
      await decideCategory(
        db,
        { county, id: householdId },
        {
          ...{ category: known.category, risk: 'open', causes: all, because: 'cause-added' },
          ...{ caseId: null, pack: packOn(today).id, day: today, at },
        },
        followSpells,
      )
      await openPlan(db, household, { causes: all, caseId: null, today })
    }
    return null
  }
  return openIdentification(db, household, confirmation)
}

async function openIdentification(
  db: Db,
  { county, householdId, village }: ConfirmedHousehold,
  { causes, visit, since, greenChannel, visitor, by, at, today }: Confirmation,
): Promise<string> {
  const values = figuresOf(today, county)
  const extra = greenChannel ? getParameter(values, 'greenChannelExtra') : 0
  const total = addDays(since, getParameter(values, 'identificationTotalLimit') + extra)
  // In the green channel the papers may begin that much later; the limits of the steps are what they are.
  const due = addDays(addDeadline(today, county, 'authoriseLimit'), extra)
  const id = await openCaseFile(db, {
    ...{ county, householdId, village, kind: 'identification', state: 'running', step: 'authorise' },
    ...{ causes, openedOn: today, dueOn: due, totalDueOn: total > today ? total : today },
    ...{ greenChannel: greenChannel !== undefined, visitId: visit, pack: packOn(today).id },
  })
  const key = { county, id, householdId, village }
  await addEntry(db, key, { step: 'verify', result: 'done', at, by: visitor, details: { visit } })
  if (greenChannel) {
    await addEntry(db, key, {
      step: 'verify',
      result: 'green-channel',
      at,
      by,
      details: { reason: greenChannel },
    })
    await openPlan(db, { county, householdId, village }, { causes, caseId: id, today, urgent: true })
  }
  return id
}

/**
 * Opens the resolution of a monitored household of the scope, once every machine guard has passed; a dry run only previews. What ends
 * naturally needs its grounds and a reason, and that somebody was there and nobody is left; no guards of help. Throws `not-found`, `case-running`, `case-guard` with all of
 * them, `reason-required`.
 */
export async function openResolution(
  deps: Pick<RequestDeps, 'database' | 'clock' | 'audit'>,
  scope: AreaScope,
  me: Actor,
  {
    household,
    way,
    grounds,
    reason,
    dryRun,
  }: {
    household: string
    way: 'helped' | 'natural'
    grounds?: NaturalGrounds | undefined
    reason: string
    dryRun: boolean
  },
): Promise<{ checks: GuardCheck[]; case: string | null }> {
  const today = deps.clock.today()
  return inTransaction(deps.database, async ({ db }) => {
    const { rows } = await sql<
      ConfirmedHousehold & { ref: string; risk: string; causes: Cause[]; running: boolean }
    >`
      select h.county, h.id as household_id, h.village, h.ref, h.risk, coalesce(s.causes, '{}') as causes,
        exists (select from case_file f where f.county = h.county and f.household_id = h.id
        and f.state = 'running') as running
      from household h left join category_spell s on s.county = h.county and s.household_id = h.id
        and s.until_on is null
      where h.ref = ${household}::uuid and
        ${inScope(scope, { village: 'h.village', county: 'h.county', household: 'h.id' })}
      for update of h`.execute(db)
    const [found] = rows
    if (found?.risk !== 'open') throw new AppError('not-found', { what: 'household' })
    const facts = await readResolutionFacts(db, found, today)
    const checks = way === 'natural' ? naturalChecks(facts) : resolutionChecks(facts)
    if (dryRun) {
      deps.audit.nothing()
      return { checks, case: null }
    }
    if (found.running) throw new AppError('case-running')
    if (way === 'natural' && (reason === '' || !grounds)) throw new AppError('reason-required')
    const failed = checks.filter(({ passed }) => !passed)
    if (failed[0]) throw new AppError('case-guard', { guard: failed[0].guard, checks: failed })
    const id = await insertResolution(db, found, { way, today })
    const details = {
      way,
      ...(reason ? { reason: maskNumbers(reason) } : {}),
      ...(way === 'natural' && grounds ? { grounds } : {}),
    }
    await addEntry(
      db,
      { ...found, id },
      { step: 'verify', result: 'done', at: deps.clock.now(), by: me.userId, details },
    )
    await deps.audit.record(db, {
      action: 'cases.resolve',
      object: { kind: 'case', ref: id },
      household: found.ref,
      after: { way, ...(way === 'natural' ? { grounds } : {}) },
      ...(reason ? { reason } : {}),
    })
    return { checks, case: id }
  })
}

async function insertResolution(
  db: Db,
  { county, householdId, village, causes }: ConfirmedHousehold & { causes: Cause[] },
  { way, today }: { way: string; today: string },
): Promise<string> {
  const days = getParameter(figuresOf(today, county), 'resolutionPublicityDays')
  const total = addDays(today, getParameter(figuresOf(today, county), 'identificationTotalLimit') + days)
  return openCaseFile(db, {
    ...{ county, householdId, village, kind: 'resolution', state: 'running', step: 'review', causes, way },
    ...{ openedOn: today, dueOn: addDeadline(today, county, 'reviewLimit'), totalDueOn: total },
    visitId: sql`(select w.id from visit w where w.county = ${county} and w.household_id = ${householdId}
      and w.state in ('reported', 'decided') order by w.planned_at desc limit 1)`,
    pack: packOn(today).id,
  })
}
