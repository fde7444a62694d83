import { hash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { type Database, inTransaction } from './db.ts'
import type { OwnedSchema } from './rights/tables.ts'

const directory = path.resolve(import.meta.dirname, '../../../migrations')

/**
 * Applies what is missing, module by module from the lowest up: the tables it makes from definitions, then the files of its folder
 * in their order, each in one transaction; returns their names. A merged file never changes.
 */
export async function migrate(database: Database, parts: readonly OwnedSchema[]): Promise<string[]> {
  await database.pool.query(`create table if not exists migration (
    name text primary key, sm3 text not null, applied_at timestamptz not null default now());
    comment on table migration is 'What was applied to this database, and the digest of the rights that were given';
    comment on column migration.name is 'Module and file; or rights';
    comment on column migration.sm3 is 'SM3 of the text';
    comment on column migration.applied_at is 'When'`)
  await refuseOlder(database)
  const applied: string[] = []
  for (const { owner, made = {} } of parts) {
    for (const [table, text] of Object.entries(made)) {
      if (await makeMissing(database, table, text)) applied.push(`${owner}/${table}`)
    }
    for (const file of filesOf(owner)) {
      const name = `${owner}/${file}`
      if (await applyFile(database, name)) applied.push(name)
    }
  }
  return applied
}

function filesOf(owner: string): string[] {
  const folder = path.join(directory, owner)
  if (!existsSync(folder)) return []
  return readdirSync(folder)
    .filter((name) => name.endsWith('.sql'))
    .sort()
}

const lock = 'select pg_advisory_xact_lock(71001)'

function makeMissing(database: Database, table: string, text: string): Promise<boolean> {
  return inTransaction(database, async ({ client }) => {
    await client.query(lock)
    const { rows } = await client.query<{ known: boolean }>('select to_regclass($1) is not null as known', [
      table,
    ])
    if (rows[0]?.known) return false
    await client.query(text)
    return true
  })
}

function applyFile(database: Database, name: string): Promise<boolean> {
  const text = readFileSync(path.join(directory, name), 'utf8')
  const digest = hash('sm3', text)
  return inTransaction(database, async ({ client }) => {
    await client.query(lock)
    const found = await client.query<{ sm3: string }>('select sm3 from migration where name = $1', [name])
    const known = found.rows[0]
    if (known && known.sm3 !== digest) {
      throw new Error(`migration ${name} was changed after it was applied; add a new migration instead`)
    }
    if (known) return false
    await client.query(text)
    await client.query('insert into migration (name, sm3) values ($1, $2)', [name, digest])
    return true
  })
}

/** Before the first release there were other migrations, which lead nowhere any more. */
async function refuseOlder(database: Database) {
  const { rowCount } = await database.pool.query(
    `select from migration where name not like '%/%' and name <> 'rights' limit 1`,
  )
  if (rowCount)
    throw new Error(
      'this database was made before the first release; start anew with `shouwang db reset --yes`',
    )
}
