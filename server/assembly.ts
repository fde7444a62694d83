import { hash } from 'node:crypto'
import type { ExportSources } from '#server/manifest/export-source.ts'
import type { HandoverPart } from '#server/manifest/handover.ts'
import type { IntakeHooks } from '#server/manifest/intake-hooks.ts'
import { householdAccessPart } from '#server/modules/access/index.ts'
import type { PublishedPolicy } from '#server/modules/audit/index.ts'
import {
  type ClueChanges,
  clueExport,
  enteredHouseholds,
  enteredQueue,
  findEntered,
  householdExport,
  measurePart,
  mergeSignals,
  type NightResult,
  nightlyCasework,
  reportComplaints,
  visitPart,
  waitingParts,
} from '#server/modules/clues/index.ts'
import { exportPart } from '#server/modules/exports/index.ts'
import { rejectExport } from '#server/modules/feeds/index.ts'
import { getParameter, resolveParameters } from '#server/modules/policy/index.ts'
import { correctionPart } from '#server/modules/rights/index.ts'
import {
  type PastScreening,
  packOn,
  type ScreeningResult,
  screen,
  screenAsKnown,
} from '#server/modules/screening/index.ts'
import type { Clock } from '#server/platform/clock.ts'
import { inTransaction } from '#server/platform/database/db.ts'
import type { Jobs } from '#server/platform/jobs.ts'
import type { Platform } from '#server/platform/platform.ts'
import { type SecurityLimits, securityLimitKeys } from '#server/platform/security-limits.ts'

/** What follows a merge, and what the policy allows of a file: the one place that knows modules above and below the feeds. */
export function assembleIntake(clock: Clock): IntakeHooks {
  return {
    limits(day, division) {
      const values = resolveParameters(packOn(day), day, division)
      const share = (key: 'feedRejectShareLimit' | 'feedDuplicateShareLimit' | 'feedUnmatchedShareLimit') =>
        getParameter(values, key) / 10_000
      return {
        rejectShare: share('feedRejectShareLimit'),
        duplicateShare: share('feedDuplicateShareLimit'),
        unmatchedShare: share('feedUnmatchedShareLimit'),
        holdMinimumRows: getParameter(values, 'feedHoldMinimumRows'),
        settlementToleranceFen: getParameter(values, 'medicalTotalTolerance'),
      }
    },
    async afterMerge(session, { batchId, feed, touched, asOf }) {
      if (feed === 'complaint') {
        const { opened } = await reportComplaints(session, { batchId, today: asOf, now: clock.now() })
        return { newSignals: 0, newClues: opened }
      }
      const scope = { touched, feeds: [feed] }
      const policy = packOn(asOf)
      const result = await screen({ policy, clock }, session, { scope, asOf })
      const clues = await mergeSignals({ policy, clock }, session, asOf)
      return { newSignals: result.raised, newClues: clues.opened + clues.reopened }
    },
  }
}

/**
 * Refreshes every household for the day, judges all rules again and brings clues and plans up to it: what the night does, and `screen`
 * on the command line.
 */
export function screenProvince({
  database,
  clock,
}: Pick<Platform, 'database' | 'clock'>): Promise<
  ScreeningResult & { clues: ClueChanges; night: NightResult }
> {
  const deps = { policy: packOn(clock.today()), clock }
  return inTransaction(database, async (session) => {
    const result = await screen(deps, session, { scope: 'full' })
    const clues = await mergeSignals(deps, session)
    return { ...result, clues, night: await nightlyCasework(deps, session) }
  })
}

/** Judges a day by what was known up to an instant, and keeps nothing of it. */
export function screenPastDay(
  { database }: Pick<Platform, 'database'>,
  day: { asOf: string; knownAt: Date },
): Promise<PastScreening> {
  return inTransaction(database, (session) => screenAsKnown(session, { ...day, households: 'all' }))
}

/**
 * Judges what a case has entered or resolved as what it is now: indicators, signals and clues of those households alone, in one
 * transaction. Answers how many there were.
 */
export function screenEntered({ database, clock }: Pick<Platform, 'database' | 'clock'>): Promise<number> {
  const today = clock.today()
  const policy = packOn(today)
  return inTransaction(database, async (session) => {
    const households = await findEntered(session.db, today)
    if (households === 0) return 0
    // As if the register had said so: every group of indicators looks at what kind of household it is.
    const scope = { touched: enteredHouseholds, feeds: ['household'] }
    await screen({ policy, clock }, session, { scope, asOf: today })
    await mergeSignals({ policy, clock }, session, today)
    return households
  })
}

/** Works the queue; what a process that ended left behind is looked for at the start and every five minutes. */
export async function startScreenEntered(platform: Pick<Platform, 'database' | 'clock'>, jobs: Jobs) {
  await jobs.work(enteredQueue, async () => {
    await screenEntered(platform)
  })
  await jobs.daily(enteredQueue, '*/5 * * * *')
  await jobs.send(enteredQueue, {})
}

/** Whether a full run of the clock's day has been made; later batches of the day were judged as they came. */
export async function isScreened({
  database,
  clock,
}: Pick<Platform, 'database' | 'clock'>): Promise<boolean> {
  const found = await database.db
    .selectFrom('screeningRun')
    .select('id')
    .where('kind', '=', 'full')
    .where('asOf', '=', clock.today())
    .executeTakeFirst()
  return found !== undefined
}

/** What can be taken away as a file. */
export const exportSources: ExportSources = {
  clues: clueExport,
  households: householdExport,
  rejects: rejectExport,
}

/** What an account can hand over, from the lowest module up. */
export const handoverParts: readonly HandoverPart[] = [
  householdAccessPart,
  visitPart,
  measurePart,
  correctionPart,
  exportPart,
  ...waitingParts,
]

/** What the policy of the day says about signing in and accounts. */
export function securityLimits(clock: Clock): SecurityLimits {
  const values = resolveParameters(packOn(clock.today()), clock.today(), 340_000_000_000)
  return Object.fromEntries(securityLimitKeys.map((key) => [key, getParameter(values, key)])) as Record<
    (typeof securityLimitKeys)[number],
    number
  >
}

/** The policy of the day as the audit remembers it: told apart by the digest of all its parameters and rules. */
export function publishedPolicy(clock: Clock): PublishedPolicy {
  const pack = packOn(clock.today())
  const parameters = Object.fromEntries(
    [...pack.parameters.values()].map(({ key, values, derived }) => [key, JSON.stringify(derived ?? values)]),
  )
  const digest = hash('sm3', JSON.stringify({ parameters, rules: pack.rules }))
  return { id: pack.id, digest, parameters }
}
