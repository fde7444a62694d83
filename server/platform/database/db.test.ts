import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTestDatabase, type TestDatabase } from '#test/harness/database.ts'
import { copyField, copyRows } from './copy.ts'
import { inTransaction, openDatabase } from './db.ts'

let t: TestDatabase
beforeAll(async () => {
  t = await openTestDatabase()
})
afterAll(() => t.close())

describe('database', () => {
  it('holds all divisions of Anhui', async () => {
    const { rows } = await sql<{ n: number; name: string }>`
      select count(*) n, min(name) filter (where code = 341221000000) name from division`.execute(
      t.database.db,
    )
    expect(rows[0]).toEqual({ n: 20155, name: '临泉县' })
  })

  it('rolls back everything of a transaction that throws, copied rows included', async () => {
    await t.database.pool.query('create table sample (id bigint, text text)')
    const failing = inTransaction(t.database, async (session) => {
      await copyRows(
        session.client,
        'sample(id, text)',
        lines([
          [1, 'a'],
          [2, 'tab\there\\'],
        ]),
      )
      const seen = await sql<{ text: string }>`select text from sample where id = 2`.execute(session.db)
      expect(seen.rows[0]?.text).toBe('tab\there\\')
      throw new Error('stop')
    })
    await expect(failing).rejects.toThrow('stop')
    const left = await t.database.pool.query('select 1 from sample')
    expect(left.rowCount).toBe(0)
  })

  it('takes days out of instants as they are in China, wherever the database believes itself to be', async () => {
    const { pool, url } = t.database
    const { rows } = await pool.query<{ name: string }>('select current_database() as name')
    await pool.query(`alter database "${rows[0]?.name}" set timezone = 'America/Los_Angeles'`)
    for (const options of ['', '?options=-c%20statement_timeout%3D1min']) {
      const opened = openDatabase(`${url}${options}`)
      const { rows: days } = await opened.pool.query(
        "select '2020-03-09T16:30:00Z'::timestamptz::date as day, current_setting('statement_timeout') as own",
      )
      expect(days).toEqual([{ day: '2020-03-10', own: options ? '1min' : '0' }])
      await opened.close()
    }
  })
})

async function* lines(rows: [number, string][]) {
  for (const row of rows) yield `${row.map(copyField).join('\t')}\n`
}
