import { hash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { type Database, inTransaction } from './db.ts'

const directory = path.resolve(import.meta.dirname, '../../../migrations')

/** Applies the migrations that are missing, in order, each in one transaction; returns their names. A merged file never changes. */
export async function migrate(database: Database): Promise<string[]> {
  await database.pool.query(`create table if not exists migration (
    name text primary key, sm3 text not null, applied_at timestamptz not null default now())`)
  const files = readdirSync(directory)
    .filter((name) => name.endsWith('.sql'))
    .sort()
  const applied: string[] = []
  for (const name of files) {
    const text = readFileSync(path.join(directory, name), 'utf8')
    const digest = hash('sm3', text)
    const isNew = await inTransaction(database, async ({ client }) => {
      await client.query('select pg_advisory_xact_lock(71001)')
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
    if (isNew) applied.push(name)
  }
  return applied
}
