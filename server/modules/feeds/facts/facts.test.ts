import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestDatabase, type TestDatabase } from '#test/harness/database.ts'
import { mergeHouseholds, mergeMembers, openBatch } from '#test/harness/registry.ts'
import { listFacts } from './index.ts'

let t: TestDatabase
let household: { county: number; id: number }
let other: { county: number; id: number }
const january = '2020-01-05T00:00:00Z'
const february = '2020-02-04T18:00:00Z'

beforeAll(async () => {
  t = await openTestDatabase()
  const { pool } = t.database
  const { rows } = await pool.query<{ code: number }>(
    `select code from division where level = 'village' limit 1`,
  )
  const villageCode = rows[0]?.code ?? 0
  await mergeHouseholds(
    t.database,
    [
      { householdNo: 'H1', villageCode },
      { householdNo: 'H2', villageCode },
    ],
    { knownFrom: january },
  )
  await mergeMembers(
    t.database,
    [
      { householdNo: 'H1', memberNo: 'H1-1', name: '测试甲', idNumber: '341221190001010019' },
      { householdNo: 'H2', memberNo: 'H2-1', name: '测试乙', idNumber: '341322190101010034' },
    ],
    { knownFrom: january },
  )
  const found = await pool.query<{ county: number; id: number; person: number }>(
    `select h.county, h.id, p.id as person from household h
     join person p on p.county = h.county and p.household_id = h.id order by household_no`,
  )
  const [first, second] = found.rows
  if (!first || !second) throw new Error('no households')
  household = first
  other = second
  const batch = await openBatch(t.database, 'medical-settlement', '结算一月.csv')
  const correction = await openBatch(t.database, 'medical-settlement', '结算更正.csv')
  const addSettlement = (
    row: typeof first,
    batchId: number,
    no: string,
    selfPaid: number,
    from: string,
    until: string | null,
  ) =>
    pool.query(
      `insert into medical_settlement (county, household_id, village, person_id, batch_id, row_no, settlement_no,
        visit_kind, admitted_on,
         settled_on, total_fen, self_paid_fen, known_from, known_until)
       values ($1, $2, $9, $3, $4, 7, $5, 'inpatient', '2019-12-01', '2019-12-20', 1000000, $6, $7, $8)`,
      [row.county, row.id, row.person, batchId, no, selfPaid, from, until, villageCode],
    )
  await addSettlement(first, batch, 'J1', 123_456, january, february)
  await addSettlement(first, correction, 'J1', 654_321, february, null)
  await addSettlement(second, batch, 'J2', 1, january, null)
  const dwelling = await openBatch(t.database, 'dwelling', '鉴定.xlsx')
  await pool.query(
    `insert into dwelling_survey (county, household_id, village, batch_id, row_no, assessed_on, grade, lived_in,
      known_from)
     values ($1, $2, $5, $3, 1, '2019-11-01', 'C', true, $4)`,
    [first.county, first.id, dwelling, january, villageCode],
  )
})
afterAll(() => t.close())

test('facts come by kind with the file and row they came from, in words of both languages', async () => {
  const groups = await listFacts(t.database.db, household)
  expect(groups.map((group) => group.feed)).toEqual(['household', 'member', 'medical-settlement', 'dwelling'])
  const [dwelling] = groups.at(-1)?.facts ?? []
  expect(dwelling).toMatchObject({
    person: null,
    date: '2019-11-01',
    fileName: '鉴定.xlsx',
    rowNo: 1,
    knownUntil: null,
  })
  expect(dwelling?.fields).toContainEqual({
    key: 'livedIn',
    label: { zh: '是否居住', en: 'Lived in' },
    value: { zh: '是', en: 'Yes' },
  })
  const settlements = groups.find((group) => group.feed === 'medical-settlement')
  expect(settlements).toMatchObject({ department: 'YB', name: { zh: '医疗费用结算' } })
  expect(settlements?.facts).toMatchObject([
    { person: '测试甲', fileName: '结算更正.csv', knownUntil: null },
    { person: '测试甲', fileName: '结算一月.csv', knownUntil: '2020-02-04T18:00:00.000Z' },
  ])
  const value = (key: string) => settlements?.facts[0]?.fields.find((field) => field.key === key)?.value
  expect(value('selfPaid')).toEqual({ zh: '6,543.21 元', en: '¥6,543.21' })
  expect(value('visitKind')).toEqual({ zh: '住院', en: 'Inpatient' })
  expect(value('hospital')).toBeUndefined()
})

test('another household has its own facts only', async () => {
  const groups = await listFacts(t.database.db, other)
  const settlements = groups.find((group) => group.feed === 'medical-settlement')
  expect(settlements?.facts.map((fact) => fact.person)).toEqual(['测试乙'])
})

test.each([
  ['2020-01-04', []],
  ['2020-01-05', ['结算一月.csv']],
  ['2020-02-04', ['结算一月.csv']],
  ['2020-02-05', ['结算更正.csv']],
])('what was known on %s, by the calendar of Anhui', async (day, files) => {
  const groups = await listFacts(t.database.db, household, day)
  const settlements = groups.find((group) => group.feed === 'medical-settlement')
  expect((settlements?.facts ?? []).map((fact) => fact.fileName)).toEqual(files)
})

test('no secret is among the facts', async () => {
  const text = JSON.stringify(await listFacts(t.database.db, household))
  expect(text).not.toContain('341221190001010019')
  expect(text).not.toMatch(/idNumber|Cipher|Index/)
})
