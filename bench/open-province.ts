import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { sql } from 'kysely'
import { print } from '#bench/options.ts'
import { loadDivisions } from '#server/modules/divisions/index.ts'
import { type Database, openDatabase } from '#server/platform/database/db.ts'
import { startEmbeddedPostgres } from '#server/platform/database/embedded-postgres.ts'
import { type DatabaseRole, openRoles } from '#server/platform/database/roles.ts'
import { type KeyRing, openKeyRing, prepareKeyRing } from '#server/platform/keys/key-ring.ts'
import { fillCasework } from '#test/world/fill-casework.ts'
import { fillWorld } from '#test/world/fill-world.ts'
import { listNames } from '#test/world/names.ts'
import { masterKey, prepareDatabase } from './prepare-database.ts'

export const linquan = 341_221
/** Somebody of the county has it, so that a search by it finds somebody. */
export const knownIdNumber = '341221195001019999'
/** One open clue for every nine households: 208,889 in the province. */
const clueEvery = 9

export interface Province {
  /** Where the data lie; a server started with it as SHOUWANG_DATA opens the same. */
  folder: string
  owner: Database
  roles: Record<DatabaseRole, Database>
  keyRing: KeyRing
  close(): Promise<void>
}

/** A province after years of work, filled in bulk; one that `out` holds already is opened as it is. */
export async function openProvince({
  households,
  out,
}: {
  households: number
  out?: string | undefined
}): Promise<Province> {
  const folder = out ?? mkdtempSync(path.join(os.tmpdir(), 'shouwang-bench-'))
  const server = process.env.DATABASE_URL ? undefined : await startEmbeddedPostgres(folder)
  const owner = openDatabase(process.env.DATABASE_URL ?? server?.url ?? '')
  const addresses = await prepareDatabase(owner)
  await prepareKeyRing(owner, masterKey)
  const roles = openRoles(addresses)
  const keyRing = await openKeyRing(roles.work, masterKey)
  const keyFile = path.join(folder, 'master.key')
  if (!existsSync(keyFile)) writeFileSync(keyFile, masterKey.toString('hex'), { mode: 0o600 })
  await fill(owner, keyRing, households)
  return {
    ...{ folder, owner, roles, keyRing },
    async close() {
      keyRing.close()
      await Promise.all(Object.values(roles).map((role) => role.close()))
      await owner.close()
      await server?.stop()
      if (!out) rmSync(folder, { recursive: true, force: true })
    },
  }
}

async function fill(owner: Database, { vault }: KeyRing, households: number) {
  const { rows } = await sql<{ n: number; done: boolean }>`
    select count(*) as n, exists (select from visit) as done from household`.execute(owner.db)
  if (rows[0]?.n !== households) {
    await loadDivisions(owner)
    print(`filling ${households} households`)
    await fillWorld(owner, {
      ...{ households, clueEvery, facts: false },
      encrypt: (text) => vault.encrypt(text),
      names: listNames(20_000),
    })
    const known = sql`${vault.blindIndex(knownIdNumber)}::uuid`
    await sql`
      with one as (select county, id from person where county = ${linquan} order by id limit 1),
        indexed as (update person p set id_index = ${known} from one where p.county = one.county and p.id = one.id)
      update person_index i set id_index = ${known} from one where i.county = one.county
        and i.person_id = one.id`.execute(owner.db)
  }
  if (!rows[0]?.done) {
    print('filling years of casework')
    await fillCasework(owner)
  }
}
