import { readFileSync } from 'node:fs'
import path from 'node:path'
import type { Database } from '#server/platform/database/db.ts'
import { type Delivered, openIntake } from './intake.ts'

const folder = path.resolve(import.meta.dirname, '../cases')

/** Delivers a file of `test/cases` on a day, as the command line would; answers what became of it. */
export async function deliverCase(
  database: Database,
  feed: string,
  file: string,
  asOf = '2020-03-10',
  more: { corrects?: string; area?: number } = {},
): Promise<Delivered> {
  return deliverOn(database, feed, readFileSync(path.join(folder, file)), asOf, {
    name: path.basename(file),
    ...more,
  })
}

/** The same with a text for a file. */
export async function deliverOn(
  database: Database,
  feed: string,
  body: string | Buffer,
  asOf: string,
  more: { name?: string; corrects?: string; area?: number } = {},
): Promise<Delivered> {
  const intake = openIntake(database, asOf)
  try {
    return await intake.deliver(feed, body, more)
  } finally {
    intake.close()
  }
}

export async function rowsOf<Row extends object>(
  { pool }: Database,
  text: string,
  values: readonly unknown[] = [],
): Promise<Row[]> {
  const { rows } = await pool.query<Row>(text, [...values])
  return rows
}
