import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Value } from '#server/modules/feeds/checks/index.ts'
import { inSession } from '#server/platform/database/db.ts'
import { openTestDatabase, type TestDatabase, testVault } from '#test/harness/database.ts'
import { openBatch } from '#test/harness/registry.ts'
import { getIntake } from '../intake.ts'
import { dropTables, intakeTables } from '../tables.ts'
import { openStageWriter } from './stage-writer.ts'

let t: TestDatabase
beforeAll(async () => {
  t = await openTestDatabase()
})
afterAll(() => t.close())

const cells: Readonly<Record<string, Value>> = { text: '测试甲', money: 1, date: '2020-01-01' }

/** Rows in each chunk of a file of so many rows, whose columns bear such names. */
async function chunksOf(rows: number, mapping: Record<string, string>): Promise<number[]> {
  const id = await openBatch(t.database, 'income')
  const tables = intakeTables(id)
  return inSession(t.database, async ({ client, db }) => {
    const intake = { ...(await getIntake(db, id)), mapping }
    const taken: string[] = []
    const stage = openStageWriter(client, testVault, tables, intake, async (table) => {
      taken.push(table)
    })
    const values = intake.feed.columns.map(({ type }) => cells[type] ?? '341221197001010012')
    for (let rowNo = 1; rowNo <= rows; rowNo++) {
      stage.sound(rowNo, values)
      if (rowNo % 1000 === 0) await stage.flow()
    }
    await stage.finish()
    const counts: number[] = []
    for (const table of taken)
      counts.push((await client.query<{ n: number }>(`select count(*) as n from ${table}`)).rows[0]?.n ?? 0)
    await dropTables(client, id)
    return counts
  })
}

test('the amounts of the members of a household are never parted, whatever the length of their file', async () => {
  expect(await chunksOf(126_000, { name: '姓名' })).toEqual([126_000])
  expect(await chunksOf(126_000, { name: '户主姓名' })).toEqual([125_000, 1000])
})
