import { mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { fileAnchors, sealPending, verifyChain } from '#server/modules/audit/index.ts'
import { openDatabase } from '#server/platform/database/db.ts'
import { startEmbeddedPostgres } from '#server/platform/database/embedded-postgres.ts'
import { openRoles } from '#server/platform/database/roles.ts'
import { openVault } from '#server/platform/keys/crypto.ts'
import { type BenchFigures, type BenchOptions, print, secondsOf } from './options.ts'
import { masterKey, prepareDatabase } from './prepare-database.ts'

/** How many entries a second the sealer seals, and how many the look along the chain verifies. */
export async function run({ rows: entries = 100_000 }: BenchOptions): Promise<BenchFigures> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'shouwang-bench-'))
  const server = process.env.DATABASE_URL ? undefined : await startEmbeddedPostgres(folder)
  const owner = openDatabase(process.env.DATABASE_URL ?? server?.url ?? '')
  const addresses = await prepareDatabase(owner)
  const roles = openRoles(addresses)
  try {
    const vault = openVault(masterKey)
    await owner.pool.query(
      `insert into audit_entry (actor_id, actor_name, actor_role, actor_area, action, object_kind, object_ref,
        household_ref,
         before, after, reason, address, user_agent, request_id)
       select 'u' || n % 500, 'user' || n % 500, 'clerk', 341221000000, 'clues.dispatch', 'clue', md5(n::text),
         md5(n::text)::uuid,
         '{"state": "new", "assignee": null}', '{"state": "dispatched", "assignee": 341221001000}', '核实', '10.0.0.1',
         'Mozilla/5.0', 'req-' || n from generate_series(1, $1::int) n`,
      [entries],
    )
    const anchors = fileAnchors(path.join(folder, 'anchors.log'))
    const seconds = await secondsOf(() => sealPending({ database: roles.work, vault, anchors }))
    print(`${entries} entries sealed in ${seconds.toFixed(1)} s`)
    const verifySeconds = await secondsOf(async () => {
      const { checked, faults } = await verifyChain(roles.work.db, vault, anchors.list())
      if (checked !== entries || faults.length > 0)
        throw new Error(`${checked} checked, ${faults.length} faults`)
    })
    const rate = (time: number) => Math.round(entries / time)
    return {
      entries,
      seconds: Number(seconds.toFixed(2)),
      perSecond: rate(seconds),
      verifiedPerSecond: rate(verifySeconds),
    }
  } finally {
    await Promise.all(Object.values(roles).map((role) => role.close()))
    await owner.close()
    await server?.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}
