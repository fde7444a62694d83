import { afterAll, beforeAll, expect, it } from 'vitest'
import { schemaParts } from '#server/schema.ts'
import { openTestDatabase, type TestDatabase, testVault } from '#test/harness/database.ts'
import { seeded } from '#test/leaks/random.ts'
import { buildWorld, collectMade, type World } from '#test/leaks/world.ts'

let t: TestDatabase
let world: World
beforeAll(async () => {
  t = await openTestDatabase()
  world = await buildWorld(t.database, seeded(11), { households: 60, accounts: 32, vault: testVault })
  await collectMade(t.database, world)
})
afterAll(() => t.close())

const followers = schemaParts.flatMap(({ tables }) =>
  Object.entries(tables).flatMap(([name, { follows }]) => (follows ? [name] : [])),
)

it('what belongs to a household that moved goes with it, in every table that says so, and nothing else moves', async () => {
  const at = async () => {
    const texts = followers.map(
      (name) =>
        `select '${name}' as relation, household_id, village, count(*)::int as n from ${name} group by 1, 2, 3`,
    )
    const { rows } = await t.database.pool.query(`${texts.join(' union all ')} order by 1, 2, 3`)
    return rows as { relation: string; household_id: number; village: number; n: number }[]
  }
  const before = await at()
  const filled = new Set(before.map(({ relation }) => relation))
  // Those of which the world has rows; the leak drive asks about each of the others.
  expect([...filled]).toEqual(
    expect.arrayContaining(['person', 'person_index', 'household_record', 'signal_evidence']),
  )
  expect([...filled]).toEqual(
    expect.arrayContaining(['clue_event', 'visit', 'plan', 'measure', 'household_access']),
  )

  const moving = world.households.filter(({ county }) => county === 341_221).slice(0, 5)
  const village = world.villages.find((code) => Math.floor(code / 1e6) === 341_221) ?? 0
  const ids = moving.map(({ id }) => id)
  await t.database.pool.query('update household set village = $1 where id = any($2)', [village, ids])
  await t.database.pool.query('select follow_households(array_fill(341221, array[$1::int]), $2)', [
    ids.length,
    ids,
  ])

  const moved = new Set(ids)
  const expected = before.map((row) => (moved.has(row.household_id) ? { ...row, village } : row))
  expect(await at()).toEqual(expected)
})
