import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { rowsOf } from '#test/harness/cases.ts'
import { openTestDatabase, type TestDatabase } from '#test/harness/database.ts'
import {
  csvOf,
  type Delivered,
  idNumber,
  openIntake,
  registerPeople,
  settlement,
  type TestIntake,
  type TestPerson,
} from '#test/harness/intake.ts'

let t: TestDatabase
let intake: TestIntake
let people: TestPerson[]
const partner = { name: '测试戊己', idNumber: idNumber(41) }
beforeAll(async () => {
  t = await openTestDatabase()
  intake = openIntake(t.database)
  people = await registerPeople(t.database, intake, 4)
  const { householdNo } = person(0)
  const { state } = await intake.deliver(
    'member',
    csvOf('member', [
      {
        ...{
          householdNo,
          memberNo: `${householdNo}02`,
          name: partner.name,
          sex: '男',
          idNumber: partner.idNumber,
        },
        ...{ relation: '之子', education: '小学', labour: '普通劳动力' },
      },
    ]),
  )
  expect(state).toBe('merged')
})
afterAll(async () => {
  intake.close()
  await t.close()
})

function person(n: number): TestPerson {
  const found = people[n]
  if (!found) throw new Error(`no person ${n}`)
  return found
}

const reasonsOf = async ({ id }: Delivered) =>
  (
    await rowsOf<{ no: number; code: string; detail: string | null }>(
      t.database,
      `select row_no as no, reasons->0->>'code' as code, reasons->0->>'detail' as detail from batch_reject
       where batch_id = $1 order by 1`,
      [id],
    )
  ).map(({ no, code, detail }) => (detail === null ? [no, code] : [no, code, Number(detail)]))

describe('a file of what each member earned', () => {
  const head = '姓名,证件号码,统计起始,统计截止,工资性收入,生产经营性支出'
  const of = (year: number, lines: readonly [{ name: string; idNumber: string }, string, string][]) =>
    `${[head, ...lines.map(([who, wage, cost]) => `${who.name},${who.idNumber},${year}-01-01,${year}-12-31,${wage},${cost}`)].join('\n')}\n`
  const wages = (year: number) =>
    rowsOf<{ wage: number; cost: number | null }>(
      t.database,
      `select wage_fen as wage, business_cost_fen as cost from income_statement
       where known_until is null and period_to = $1 order by 1`,
      [`${year}-12-31`],
    )

  it('adds up to what the household earned', async () => {
    const { state, counts } = await intake.deliver(
      'income',
      of(2018, [
        [person(0), '12000', '500'],
        [partner, '8000.50', ''],
        [person(1), '5000', '0'],
      ]),
    )
    expect([state, counts.rejected, counts.exact, counts.duplicates]).toEqual(['merged', 0, 3, 0])
    expect(await wages(2018)).toEqual([
      { wage: 500_000, cost: 0 },
      { wage: 2_000_050, cost: 50_000 },
    ])
    // Next month's file of the same kind is a newer word on the sum.
    await intake.deliver(
      'income',
      of(2018, [
        [person(0), '12000', '500'],
        [partner, '9000.50', ''],
      ]),
    )
    expect((await wages(2018)).at(-1)).toEqual({ wage: 2_100_050, cost: 50_000 })
  })

  it('takes the place of no figure that another source has of the household', async () => {
    await intake.deliver('income', of(2019, [[person(0), '30000', '']]))
    const added = await intake.deliver(
      'income',
      of(2019, [
        [person(0), '12000', ''],
        [partner, '8000', ''],
        [person(2), '7000', ''],
      ]),
    )
    expect(await reasonsOf(added)).toEqual([
      [2, 'income-of-member'],
      [3, 'income-of-member'],
    ])
    const alone = await intake.deliver('income', of(2019, [[partner, '8000', '']]))
    expect(await reasonsOf(alone)).toEqual([[2, 'income-of-member']])
    expect(await wages(2019)).toEqual([
      { wage: 700_000, cost: null },
      { wage: 3_000_000, cost: null },
    ])
  })

  it('of equal amounts is the household’s own figure beside each of them', async () => {
    const { counts } = await intake.deliver(
      'income',
      of(2017, [
        [person(0), '20000', ''],
        [partner, '20000', ''],
      ]),
    )
    expect([counts.duplicates, await wages(2017)]).toEqual([1, [{ wage: 2_000_000, cost: null }]])
  })

  it('whose day is blank or of two figures comes back, and divides nothing', async () => {
    const sent = await intake.deliver(
      'income',
      `${head}\n${person(3).name},${person(3).idNumber},2016-01-01,,9000,\n${person(2).name},${person(2).idNumber},2016-01-01,16-12-31,9000,\n`,
    )
    expect(await reasonsOf(sent)).toEqual([
      [2, 'missing'],
      [3, 'date-ambiguous'],
    ])
  })
})

it('one bill under two people comes back twice, each row with the other; two hospitals may count alike', async () => {
  const bills = await intake.deliver(
    'medical-settlement',
    csvOf('medical-settlement', [
      settlement(person(0), 'X1', 900),
      settlement(person(1), 'X1', 900),
      settlement(person(2), 'X2', 900),
      settlement(person(1), 'X2', 900, { hospital: '另一医院' }),
    ]),
  )
  expect(await reasonsOf(bills)).toEqual([
    [2, 'number-of-two', 3],
    [3, 'number-of-two', 2],
  ])
  expect(
    await rowsOf(
      t.database,
      "select count(*) as n from medical_settlement where settlement_no in ('X1', 'X2')",
    ),
  ).toEqual([{ n: 2 }])
})

it('bills of people who are not registered are counted, and count once they are and the file comes again', async () => {
  const stranger = { name: '测试庚辛', idNumber: idNumber(51) }
  const body = csvOf('medical-settlement', [
    settlement(person(2), 'Y1', 700),
    settlement(stranger, 'Y2', 700),
  ])
  const first = await intake.deliver('medical-settlement', body)
  expect([first.counts.unmatched, first.counts.inserted]).toEqual([1, 1])
  const { householdNo } = person(2)
  await intake.deliver(
    'member',
    csvOf('member', [
      {
        ...{ householdNo, memberNo: `${householdNo}02`, ...stranger, sex: '男', relation: '之子' },
        ...{ education: '小学', labour: '普通劳动力' },
      },
    ]),
  )
  const again = await intake.deliver('medical-settlement', body)
  expect([again.counts.unmatched, again.counts.inserted, again.counts.unchanged]).toEqual([0, 1, 1])
})

describe('a foot that counts', () => {
  const insured = (rows: readonly TestPerson[], foot: string) =>
    `姓名,证件号码,参保年度,居民参保,职工参保\n${rows.map((one) => `${one.name},${one.idNumber},2020,是,否`).join('\n')}\n${foot},,,,\n`
  const held = async ({ id }: Delivered) =>
    (
      await rowsOf<{ reasons: object[] }>(
        t.database,
        'select hold_reasons as reasons from batch where id = $1',
        [id],
      )
    )[0]?.reasons

  it('holds a file that has other rows than it says', async () => {
    const cut = await intake.deliver('medical-insurance', insured(people.slice(0, 3), '共 12 行'))
    expect([cut.state, await held(cut)]).toEqual([
      'held',
      [{ code: 'count-differs', share: 12, limit: 3, rowNos: [5] }],
    ])
    expect((await intake.deliver('medical-insurance', insured(people.slice(0, 3), '合计：4人'))).state).toBe(
      'held',
    )
  })

  it('says nothing against one that has them, or more rows than people', async () => {
    expect((await intake.deliver('medical-insurance', insured(people.slice(0, 3), '合计：3人'))).state).toBe(
      'merged',
    )
    expect((await intake.deliver('medical-insurance', insured(people.slice(0, 4), '合计2户'))).state).toBe(
      'merged',
    )
  })
})

it('a remark of a row that names another unit refuses the file with its cell; amounts in ten thousand are read', async () => {
  const head = '姓名,证件号码,统计起始,统计截止,工资性收入,备注'
  const line = (n: number, wage: string, remark: string) =>
    `${person(n).name},${person(n).idNumber},2014-01-01,2014-12-31,${wage},${remark}`
  const refused = await intake.deliver(
    'income',
    `${head}\n${line(1, '18600', '')}\n${line(2, '1.86', '单位：万元')}\n`,
  )
  expect(refused.state).toBe('failed')
  expect(await rowsOf(t.database, 'select error from batch where id = $1', [refused.id])).toMatchObject([
    { error: { code: 'unit-contradictory', details: { text: '单位：万元', cell: 'F3' } } },
  ])
  await intake.deliver(
    'income',
    `${head}\n${line(1, '18600', '单位：元')}\n${line(2, '1.86万', '外出务工')}\n`,
  )
  expect(
    await rowsOf(t.database, "select wage_fen as wage from income_statement where period_to = '2014-12-31'"),
  ).toEqual([{ wage: 1_860_000 }, { wage: 1_860_000 }])
})
