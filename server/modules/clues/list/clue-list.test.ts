import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { ClueFilter } from '#contract/work/clues.ts'
import { areaScope } from '#server/modules/divisions/index.ts'
import { listVillages } from '#test/harness/clues.ts'
import { openTestDatabase, type TestDatabase, testDeps } from '#test/harness/database.ts'
import { mergeHouseholds, mergeMembers } from '#test/harness/registry.ts'
import { hospital, lowIncome, mergeChanges, uninsured } from '#test/harness/signals.ts'
import { listClues } from './clue-list.ts'
import type { ClueOrder } from './clue-queries.ts'

const anhui = areaScope(340_000_000_000)
const heads = ['王秀英', '张伟', '=SUM(A1)', '李娜', '赵敏', '陈建国']
const idOf = (i: number) => `34122119700101${String(1000 + i)}`

let t: TestDatabase
// Six households in two counties; each head has a clue or two.
beforeAll(async () => {
  t = await openTestDatabase()
  const villages = await listVillages(t.database.db, [340_121, 341_221], 3)
  const numbers = heads.map((_, i) => `${villages[i] ?? 0}${String(i).padStart(5, '0')}`)
  await mergeHouseholds(
    t.database,
    heads.map((headName, i) => ({ householdNo: numbers[i] ?? '', villageCode: villages[i] ?? 0, headName })),
  )
  await mergeMembers(
    t.database,
    heads.map((name, i) => ({
      ...{ householdNo: numbers[i] ?? '', memberNo: `${numbers[i]}01`, name, idNumber: idOf(i) },
    })),
  )
  const { rows } = await sql<{ county: number; household: number }>`
    select county, id as household from household order by household_no`.execute(t.database.db)
  const signals = [hospital, uninsured, lowIncome]
  for (const [i, home] of rows.entries())
    await mergeChanges(t.database, `2020-03-0${i + 1}`, [{ ...home, ...(signals[i % 3] ?? hospital) }])
})
afterAll(() => t.close())

const list = (filter: ClueFilter = {}, order: Partial<ClueOrder> = {}, page = { page: 1, size: 50 }) =>
  listClues(testDeps(t.database), anhui, filter, { sort: 'level', descending: false, ...order }, page)
const names = async (...args: Parameters<typeof list>) =>
  (await list(...args)).rows.map(({ household }) => household.headName)

describe('the list of clues', () => {
  test('is sorted by level and newness, day and name, both ways', async () => {
    const byLevel = ['赵敏', '张伟', '李娜', '王秀英', '陈建国', '=SUM(A1)']
    expect(await names()).toEqual(byLevel)
    expect(await names({}, { descending: true })).toEqual(byLevel.toReversed())
    expect(await names({}, { sort: 'opened' })).toEqual(heads)
    expect(await names({}, { sort: 'opened', descending: true })).toEqual(heads.toReversed())
    expect(await names({}, { sort: 'name' })).toEqual([
      '=SUM(A1)',
      '陈建国',
      '李娜',
      '王秀英',
      '赵敏',
      '张伟',
    ])
  })

  test('comes in pages that make up the whole', async () => {
    const pages = await Promise.all([1, 2, 3].map((page) => list({}, {}, { page, size: 2 })))
    expect(pages.map(({ total, rows }) => [total, rows.length])).toEqual([6, 6, 6].map((total) => [total, 2]))
    expect(pages.flatMap(({ rows }) => rows.map(({ household }) => household.headName))).toEqual(
      await names(),
    )
  })

  test.each([
    ['name', '张', ['张伟']],
    ['pinyin initials', 'wxy', ['王秀英']],
    ['ID number', idOf(3), ['李娜']],
    ['ID number of nobody', '110101197001011234', []],
  ])('is searched by %s', async (_, q, found) => {
    const result = await list({ q })
    expect(result.rows.map(({ household }) => household.headName)).toEqual(found)
    expect(result.total).toBe(found.length)
  })

  test('is searched by the beginning of the household number', async () => {
    const [first] = (await list({ q: '王秀英' })).rows
    expect(await names({ q: first?.household.householdNo })).toEqual(['王秀英'])
    expect(await names({ q: '340121' }, { sort: 'opened' })).toEqual(heads.slice(0, 3))
  })

  test('shows who and where', async () => {
    const [row] = (await list({ q: '张伟' })).rows
    expect(row).toMatchObject({
      ...{
        cause: 'illness',
        level: 'red',
        rules: ['R05'],
        state: 'new',
        openedOn: '2020-03-02',
        assignee: null,
      },
      household: { county: { code: 340_121_000_000, name: '长丰县', level: 'county' }, memberCount: 1 },
    })
    expect(row?.why.zh).toContain('张伟家有 1 人')
  })
})
