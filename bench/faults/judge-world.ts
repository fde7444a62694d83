import { setTimeout as delay } from 'node:timers/promises'
import { masterKey } from '#bench/prepare-database.ts'
import { verifyChain } from '#server/modules/audit/index.ts'
import { openDatabase } from '#server/platform/database/db.ts'
import { findEmbeddedPostgres } from '#server/platform/database/embedded-postgres.ts'
import { openKeyRing } from '#server/platform/keys/key-ring.ts'
import { findTallyDifferences } from '#server/tallies.ts'
import type { Judgement } from './work.ts'
import type { World } from './world.ts'

/** The whole of a world, once nothing is under way: the chain of the audit, the tallies, and a judgement of all that changes nothing. */
export async function judgeWorld(world: World): Promise<Judgement> {
  const lost: string[] = []
  const doubled: string[] = []
  for (let tries = 0; ; tries++) {
    const [pending] = await world.query<{ n: number }>('select count(*)::int as n from audit_pending')
    if (pending?.n === 0) break
    if (tries === 300) {
      lost.push(`${pending?.n} audit entries stay unsealed`)
      break
    }
    await delay(200)
  }
  const database = openDatabase(world.database?.directUrl ?? findEmbeddedPostgres(world.dataFolder) ?? '')
  const ring = await openKeyRing(database, masterKey)
  try {
    const { faults } = await verifyChain(database.db, ring.vault)
    lost.push(...faults.map((fault) => `seal ${JSON.stringify(fault)}`))
    const tallies = await findTallyDifferences(database)
    lost.push(...tallies.map((one) => `tally ${JSON.stringify(one)}`))
  } finally {
    ring.close()
    await database.close()
  }
  await world.command(['screen', '--full', '--json'])
  const [last] = await world.query<{ raised: number; changed: number; cleared: number }>(
    'select raised, changed, cleared from screening_run order by id desc limit 1',
  )
  if (last && last.raised + last.changed > 0) lost.push(`signals that were missing: ${JSON.stringify(last)}`)
  if (last && last.cleared > 0) doubled.push(`signals too many: ${JSON.stringify(last)}`)
  const [twice] = await world.query<{ n: number }>(
    `select count(*)::int as n from (select from clue where closed_on is null
      group by county, household_id, cause having count(*) > 1) x`,
  )
  if (twice && twice.n > 0) doubled.push(`${twice.n} clues of one household and cause`)
  return { lost, doubled }
}
