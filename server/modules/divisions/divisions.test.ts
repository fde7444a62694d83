import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestDatabase, type TestDatabase } from '#test/harness/database.ts'
import { loadDivisions } from './index.ts'

let t: TestDatabase
beforeAll(async () => {
  t = await openTestDatabase()
  await loadDivisions(t.database)
})
afterAll(() => t.close())

test('a township lies in the county of its code, a village in the township of its: lists join along the parents', async () => {
  const { rows } = await t.database.pool.query(`
    select level, count(*)::int as n, count(*) filter (where parent_code is distinct from case level
      when 'township' then code / 1000000 * 1000000 else code / 1000 * 1000 end)::int as elsewhere
    from division where level in ('township', 'village') group by level order by level`)
  expect(rows.map(({ level, elsewhere }) => [level, elsewhere])).toEqual([
    ['township', 0],
    ['village', 0],
  ])
  for (const { n } of rows) expect(n).toBeGreaterThan(1000)
})
