import { afterAll, beforeAll, expect, test } from 'vitest'
import type { SearchAnswer } from '#contract/search.ts'
import { areaScope } from '#server/modules/divisions/index.ts'
import { findPeople } from '#server/modules/registry/households/index.ts'
import { insertHousehold } from '#test/harness/facts.ts'
import { openOwnHousehold, ownSecrets } from '#test/harness/own-record.ts'
import { mergeMembers } from '#test/harness/registry.ts'
import { signInDemo, type Visitor } from '#test/harness/sign-in.ts'

let world: Awaited<ReturnType<typeof openOwnHousehold>>
beforeAll(async () => {
  world = await openOwnHousehold()
  const { database } = world.t
  await mergeMembers(database, [
    { householdNo: 'G3', memberNo: 'G3-1', name: '测试丙', idNumber: '341221197501010017' },
  ])
  await insertHousehold(database.db, 341_221, 900, {
    ...{ village: world.own.village, household_no: '34122110100190001', head_name: '测试庚' },
  })
})
afterAll(() => world.close())

const find = async (who: Visitor, q: string) => {
  const answer = await who.get(`/api/search?q=${encodeURIComponent(q)}`)
  expect(answer.statusCode).toBe(200)
  return answer.json<SearchAnswer>()
}
const heads = ({ households }: SearchAnswer) => households.rows.map(({ household }) => household.headName)

test.each([
  ['the beginning of a name', '测试甲'],
  ['initials', 'csj'],
  ['pinyin in full', 'ceshijia'],
  ['pinyin that is begun', 'ceshij'],
  ['the whole ID number of a member', ownSecrets.idNumbers[0] ?? ''],
])('a household is found by %s, with its clues', async (_how, q) => {
  const found = await find(world.people.county, q)
  expect(heads(found)).toEqual(['测试甲'])
  expect(found.households.total).toBe(1)
  expect(found.clues.rows.map(({ cause }) => cause).toSorted()).toEqual(['housing', 'illness'])
  expect(found.cases).toEqual({ total: 0, rows: [] })
  expect(JSON.stringify(found)).not.toContain(ownSecrets.idNumbers[0])
})

test('a household is found by the beginning of its number', async () => {
  const found = await find(world.people.village, '3412211010019')
  expect(found.households.rows).toMatchObject([{ person: null, household: { headName: '测试庚' } }])
})

test('a member is found as well, and who it is is said', async () => {
  const found = await find(world.people.village, '测试丁')
  expect(found.households.rows).toMatchObject([{ person: '测试丁', household: { headName: '测试甲' } }])
})

test('more members than are looked at are no count of households', async () => {
  const { database } = world.t
  const members = ['一', '二', '三'].map((n, i) => ({
    ...{ householdNo: 'G2', memberNo: `G2-${i}`, name: `测辛${n}`, idNumber: `34122119750101003${i}` },
  }))
  await mergeMembers(database, members)
  const found = (most: number) =>
    findPeople(database.db, areaScope(341_221_000_000), { by: 'name', prefix: '测辛' }, most)
  expect(await found(4)).toMatchObject({ households: [{}], isWhole: true })
  expect(await found(3)).toMatchObject({ households: [{}], isWhole: false })
})

test('nothing outside one’s area is found, by whatever is typed, and not counted either', async () => {
  for (const q of ['测试甲', 'csj', 'ceshijia', '3412211010019', ownSecrets.idNumbers[0] ?? '']) {
    const { households, clues, cases } = await find(world.people.elsewhere, q)
    expect([q, households.total, clues.total, cases.total]).toEqual([q, 0, 0, 0])
  }
  expect(heads(await find(world.people.elsewhere, '测试'))).toEqual(['测试丙'])
})

test('places are found by name, pinyin and code, within the area', async () => {
  const { county, village } = world.people
  for (const q of ['城关', 'chengguan', 'cg', '341221001'])
    expect([q, (await find(county, q)).divisions.rows.map(({ code }) => code)]).toEqual([
      q,
      expect.arrayContaining([341_221_001_000]),
    ])
  expect((await find(village, '临泉')).divisions.rows).toEqual([])
})

test('rules are found by number and title; a department finds its files and rules, and no household', async () => {
  expect((await find(world.people.county, 'r01')).rules.rows).toMatchObject([{ id: 'R01' }])
  const department = await signInDemo(world.server.app, 'yibao')
  for (const q of ['测试甲', '城关']) {
    const found = await find(department, q)
    expect([q, found.households.total, found.clues.total, found.divisions.total]).toEqual([q, 0, 0, 0])
  }
})

test('a search is written down in the audit, long numbers masked', async () => {
  await find(world.people.township, ownSecrets.idNumbers[1] ?? '')
  const { rows } = await world.t.database.pool.query<{ detail: { q: string } }>(
    `select detail from audit_entry where action = 'search.find' order by id desc limit 1`,
  )
  expect(rows[0]?.detail.q).toMatch(/^341\*{4}\d{4}$|^341.*\*/)
})
