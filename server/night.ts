import { sql } from 'kysely'
import type { House, Module } from '#server/manifest/module.ts'
import { publishPolicy } from '#server/modules/audit/index.ts'
import { mergeSignals } from '#server/modules/clues/index.ts'
import { enteredHouseholds, enteredQueue, findEntered } from '#server/modules/procedures/index.ts'
import { judgedDay, packOn, screen, screenAsKnown } from '#server/modules/screening/index.ts'
import { systemAuditor } from '#server/platform/audit.ts'
import type { Clock } from '#server/platform/clock.ts'
import { inTransaction, type Session } from '#server/platform/database/db.ts'
import type { Jobs } from '#server/platform/jobs.ts'
import type { Platform } from '#server/platform/platform.ts'
import { publishedPolicy } from './assembly.ts'
import { modules } from './modules.ts'

type Deps = Pick<Platform, 'database' | 'clock'>

export interface Night extends Awaited<ReturnType<typeof screen>> {
  /** The day judged: that of the clock, or the newest judged before. */
  asOf: string
  clues: Awaited<ReturnType<typeof mergeSignals>>
  /** What each step of the night answered, by its key. */
  night: Record<string, unknown>
}

const all: readonly Module[] = modules

/**
 * Refreshes every household for the day, judges all rules again, brings clues up to it and does every module's step of the night, in
 * one transaction: what the night does, and `screen` on the command line.
 */
export function screenProvince({ database, clock }: Deps): Promise<Night> {
  return inTransaction(database, async (session) => {
    const asOf = await judgedDay(session.db, clock.today())
    const deps = { policy: packOn(asOf), clock }
    const result = await screen(deps, session, { scope: 'full', asOf })
    const clues = await mergeSignals(deps, session, asOf)
    return { ...result, asOf, clues, night: await runNightSteps(session, clock) }
  })
}

/** Judges a day by what was known up to an instant, and keeps nothing of it. */
export function screenPastDay({ database }: Pick<Deps, 'database'>, day: { asOf: string; knownAt: Date }) {
  return inTransaction(database, (session) => screenAsKnown(session, { ...day, households: 'all' }))
}

/** Every module's step of the night, from the lowest up. */
export async function runNightSteps(session: Session, clock: Clock): Promise<Record<string, unknown>> {
  const answers: Record<string, unknown> = {}
  for (const { key, run } of all.flatMap(({ night = [] }) => night))
    answers[key] = await run(session, { clock })
  return answers
}

/**
 * Judges what a case has entered or resolved as what it is now: indicators, signals and clues of those households alone, in one
 * transaction. Answers how many there were.
 */
export function screenEntered({ database, clock }: Deps): Promise<number> {
  const today = clock.today()
  return inTransaction(database, async (session) => {
    const asOf = await judgedDay(session.db, today)
    const policy = packOn(asOf)
    const households = await findEntered(session.db, today)
    if (households === 0) return 0
    // As if the register had changed: every group of indicators looks at what kind of household it is.
    const scope = { touched: enteredHouseholds, feeds: ['household'] }
    await screen({ policy, clock }, session, { scope, asOf })
    await mergeSignals({ policy, clock }, session, asOf)
    return households
  })
}

/** Works the queue; what a process that ended left behind is looked for at the start and every five minutes. */
export async function startScreenEntered(deps: Deps, jobs: Jobs) {
  await jobs.work(enteredQueue, async () => {
    await screenEntered(deps)
  })
  await jobs.daily(enteredQueue, '*/5 * * * *')
  await jobs.send(enteredQueue, {})
}

/** The night at half past midnight, and the screening of what cases enter. */
export async function startNight({ services, jobs }: House): Promise<void> {
  const publish = () =>
    publishPolicy({ ...services, audit: systemAuditor() }, publishedPolicy(services.clock))
  await jobs.work('screen', async () => {
    // A pack may have come into force at midnight.
    await publish()
    await screenProvince(services)
    for (const { afterNight } of all) await afterNight?.({ services, jobs })
  })
  await jobs.daily('screen', '30 0 * * *')
  await startScreenEntered(services, jobs)
  await publish()
}

/** Whether a full run of the clock's day, or a later one, has been made; later batches of the day were judged as they came. */
export async function isScreened({ database, clock }: Deps): Promise<boolean> {
  const { rows } = await sql<{ done: boolean }>`
    select exists (select from screening_run where kind = 'full' and as_of >= ${clock.today()}::date) as done`.execute(
    database.db,
  )
  return rows[0]?.done ?? false
}
