import type { House, Module } from '#server/manifest/module.ts'
import { type Auditor, systemAuditor } from '#server/platform/audit.ts'
import { type Database, inTransaction } from '#server/platform/database/db.ts'
import type { Platform } from '#server/platform/platform.ts'
import {
  compactTallies,
  compareProjections,
  rebuildProjections,
  type TallyDifference,
} from '#server/platform/projections/keep.ts'
import { modules } from './modules.ts'

/** What all modules count, and what they derive by household. */
const all: readonly Module[] = modules
const projections = all.flatMap((module) => (module.projections ? [module.projections] : []))

/** Tables that are not what the rows they follow say; none, as long as every change went through a writer. */
export const findTallyDifferences = (database: Pick<Database, 'db'>): Promise<TallyDifference[]> =>
  compareProjections(database, projections)

/** Counts all anew, after a bulk load or when a comparison found differences. */
export const rebuildTallies = (database: Database): Promise<void> =>
  inTransaction(database, (session) => rebuildProjections(session, projections))

/**
 * What the night does: compares all tallies with what they should be, and adds the differences up. What is wrong is no matter of course
 * and is not put right in silence: it is logged and written into the audit, where it raises an alarm.
 */
export async function compareTallies({
  database,
  log,
  audit,
}: Pick<Platform, 'database' | 'log'> & { audit: Auditor }): Promise<TallyDifference[]> {
  const found = await findTallyDifferences(database)
  for (const { table, differences, examples } of found)
    log.error({ table, differences, examples }, 'a tally is not what it should be')
  const count = found.reduce((sum, { differences }) => sum + differences, 0)
  const tables = Object.fromEntries(found.map(({ table, differences }) => [table, differences]))
  await audit.record(database.db, { action: 'tallies.compare', detail: { tables }, count })
  await compactTallies(database, projections)
  return found
}

/** The comparison, every night. */
export async function startTallies({ services, jobs }: House): Promise<void> {
  await jobs.work('compare-tallies', async () => {
    await compareTallies({ ...services, audit: systemAuditor() })
  })
  await jobs.daily('compare-tallies', '45 3 * * *')
}
