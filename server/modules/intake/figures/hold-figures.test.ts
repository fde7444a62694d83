import { readFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { areaScope } from '#server/modules/divisions/index.ts'
import { openTestDatabase, type TestDatabase } from '#test/harness/database.ts'
import {
  csvOf,
  openIntake,
  registerPeople,
  settlement,
  type TestIntake,
  type TestPerson,
} from '#test/harness/intake.ts'
import { getBatch } from '../batches/batch-view.ts'

const everything = { scope: areaScope(340_000_000_000), department: null }

let t: TestDatabase
let intake: TestIntake
let people: TestPerson[]
beforeAll(async () => {
  t = await openTestDatabase()
  intake = openIntake(t.database)
  people = await registerPeople(t.database, intake, 40)
})
afterAll(async () => {
  intake.close()
  await t.close()
})

const batchOf = async (delivered: { ref: string }) => getBatch(intake.deps, everything, delivered.ref)

const statement = (person: TestPerson, year: number, wage: string, more: Record<string, string> = {}) => ({
  ...{ name: person.name, idNumber: person.idNumber },
  ...{ periodFrom: `${year}-01-01`, periodTo: `${year}-12-31`, wage, ...more },
})
/** Of people nobody knows anything of yet, from the `from`th on. */
const incomes = (
  count: number,
  year: number,
  wage: (i: number) => string,
  more: Record<string, string> = {},
  from = 0,
) =>
  csvOf(
    'income',
    people.slice(from, from + count).map((person, i) => statement(person, year, wage(i), more)),
  )

describe('figures that cannot be', () => {
  it('in a file without a unit, with nothing known to compare, are held', async () => {
    const batch = await batchOf(
      await intake.deliver(
        'income',
        incomes(5, 2016, (i) => `1.8${i}`),
      ),
    )
    expect(batch.state).toBe('held')
    expect(batch.holdReasons).toEqual([{ code: 'figures-tiny', share: 0, limit: 0, found: 182, known: 1000 }])
    expect(batch.figures).toMatchObject([{ column: 'wage', digits: 2, stated: 'none', median: 182 }])
  })

  it('are held when they move what the same households were known by', async () => {
    const first = await intake.deliver(
      'income',
      incomes(5, 2017, (i) => `1860${i}`, { selfPaid: '300' }),
    )
    expect(first.state).toBe('merged')
    const next = await batchOf(
      await intake.deliver(
        'income',
        incomes(5, 2018, (i) => `1.86${i}`, { selfPaid: '310' }),
      ),
    )
    expect(next.state).toBe('held')
    expect(next.holdReasons).toMatchObject([
      { code: 'figures-moved', limit: 8, column: { zh: '工资性收入' }, known: 1_860_200, found: 186 },
    ])
    expect(next.figures).toMatchObject([
      { known: 1_860_200 },
      { column: 'selfPaid', known: 30_000, median: 31_000 },
    ])
    const same = await batchOf(
      await intake.deliver(
        'income',
        incomes(5, 2017, (i) => `1.86${i}`, { selfPaid: '300' }),
      ),
    )
    expect(same.holdReasons).toMatchObject([{ code: 'figures-moved', column: { zh: '工资性收入' } }])
  })

  it('are taken when the unit says what they are', async () => {
    const text = incomes(5, 2018, (i) => `1.86${i}`, { selfPaid: '0.03' })
    const delivered = await intake.deliver('income', `单位：万元\r\n${text}`)
    expect(delivered.state).toBe('merged')
    const { rows } = await t.database.pool.query(
      "select wage_fen from income_statement where period_to = '2018-12-31' order by row_no limit 2",
    )
    expect(rows).toEqual([{ wage_fen: 1_860_000 }, { wage_fen: 1_861_000 }])
  })

  it('are read again in the unit a note at the end gives', async () => {
    const text = incomes(5, 2019, (i) => `1.86${i}`, {}, 5)
    const delivered = await intake.deliver('income', `${text}注：金额单位为万元\r\n`)
    const batch = await batchOf(delivered)
    expect(batch).toMatchObject({
      state: 'merged',
      unit: { digits: 6, cell: 'A7' },
      asides: { counts: { note: 1 } },
    })
    expect(batch.figures).toMatchObject([{ column: 'wage', digits: 6, stated: 'file', median: 1_862_000 }])
  })

  it('that correct a wrong file are not held against it', async () => {
    const wrong = await intake.deliver('income', `单位：亿元\r\n${incomes(2, 2015, () => '0.0002')}`)
    expect(wrong.state).toBe('merged')
    const right = await intake.deliver(
      'income',
      incomes(4, 2015, () => '18600'),
      { corrects: wrong.ref },
    )
    expect(right.state).toBe('merged')
  })
})

describe('what was known', () => {
  it('is not emptied by a file that lacks the column', async () => {
    const full = people.slice(0, 6).map((person, i) => settlement(person, `E${i}`, 500, { seriousPaid: '0' }))
    expect((await intake.deliver('medical-settlement', csvOf('medical-settlement', full))).state).toBe(
      'merged',
    )
    const poor = full.map(({ hospital: _, diagnosis: __, ...rest }) => rest)
    const batch = await batchOf(await intake.deliver('medical-settlement', csvOf('medical-settlement', poor)))
    expect(batch.state).toBe('held')
    expect(batch.holdReasons.map(({ code, column }) => [code, column?.zh])).toEqual([
      ['known-emptied', '医疗机构'],
      ['known-emptied', '诊断名称'],
    ])
  })

  it('of the last file is compared where rows speak of others: bills of many people', async () => {
    const bills = (prefix: string, paid: number, from: number) =>
      csvOf(
        'medical-settlement',
        people.slice(from, from + 35).map((person, i) => settlement(person, `${prefix}${i}`, paid)),
      )
    expect((await intake.deliver('medical-settlement', bills('L', 500, 0))).state).toBe('merged')
    const batch = await batchOf(await intake.deliver('medical-settlement', bills('M', 90_000, 4)))
    expect(batch.holdReasons.map(({ code, column }) => [code, column?.zh])).toEqual([
      ['figures-moved', '个人自付'],
    ])
    // A few bills differ by as much any day.
    const few = people.slice(0, 3).map((person, i) => settlement(person, `N${i}`, 30_000))
    expect((await intake.deliver('medical-settlement', csvOf('medical-settlement', few))).state).toBe(
      'merged',
    )
  })
})

describe('a column that may be needed', () => {
  const sent = (header: string, request = {}) =>
    intake.deliver(
      'income',
      incomes(5, 2014, () => '20000', { selfPaid: '300' }, 10).replace('合规自付支出', header),
      request,
    )

  it('is refused without an answer, and left out with one', async () => {
    const doubtful = (header: string, like: string | null) => ({
      code: 'columns-doubtful',
      details: { columns: [{ header, like }] },
    })
    await expect(sent('合规自付支岀')).rejects.toMatchObject(doubtful('合规自付支岀', 'selfPaid'))
    await expect(sent('光伏收益款')).rejects.toMatchObject(doubtful('光伏收益款', null))
    await expect(sent('务工收入')).rejects.toMatchObject(doubtful('务工收入', 'wage'))
    const batch = await batchOf(await sent('光伏收益款', { leaveOut: ['光伏收益款'] }))
    expect(batch).toMatchObject({ state: 'merged', unusedHeaders: ['光伏收益款'] })
  })

  it('is no question where it is a remark, a rate, or a sum nobody needs', async () => {
    for (const header of ['备注', '自付比例', '家庭人均纯收入', '联系人', '发放日期']) {
      expect((await sent(header)).state, header).toMatch(/merged|unchanged/)
    }
  })

  it('in a foreign currency, or without a known unit, is named by its cell', async () => {
    await expect(sent('合规自付支出（美元）')).rejects.toMatchObject({
      code: 'currency-foreign',
      details: { cell: 'F1', text: '合规自付支出（美元）' },
    })
    await expect(sent('合规自付支出（法币）')).rejects.toMatchObject({
      code: 'unit-unknown',
      details: { cell: 'F1' },
    })
    const mixed = `单位：元\r\n${incomes(3, 2013, () => '20000', {}, 20)}注：单位：万元\r\n`
    await expect(intake.deliver('income', mixed)).rejects.toMatchObject({
      code: 'unit-contradictory',
      details: { cell: 'A6', other: { text: '单位：元', cell: 'A1' } },
    })
  })

  it('of currencies is looked at in every row', async () => {
    const lines = incomes(5, 2012, () => '20000', {}, 15)
      .trim()
      .split('\r\n')
    const of = (currency: (i: number) => string) =>
      `${lines.map((line, i) => `${line},${i === 0 ? '币种' : currency(i)}`).join('\r\n')}\r\n`
    await expect(
      intake.deliver(
        'income',
        of((i) => (i === 4 ? 'USD' : '人民币')),
      ),
    ).rejects.toMatchObject({
      code: 'currency-foreign',
      details: { cell: 'F5', text: 'USD' },
    })
    expect(
      (
        await intake.deliver(
          'income',
          of(() => '人民币'),
        )
      ).state,
    ).toBe('merged')
  })
})

describe('story: a bill cancelled by a negative row', () => {
  it('leaves no warning', async () => {
    const own = await openTestDatabase()
    try {
      const folder = path.resolve(import.meta.dirname, '../../../../test/cases/stories/F14-refund')
      const story = readFileSync(path.join(folder, 'story.txt'), 'utf8')
      const openR01: number[] = []
      for (const [, feed = '', file = '', day = ''] of story.matchAll(
        /^import (\S+) (\S+) --as-of (\S+)$/gm,
      )) {
        const on = openIntake(own.database, day)
        const { state } = await on.deliver(feed, readFileSync(path.join(folder, file)), { name: file })
        on.close()
        expect([file, state]).toEqual([file, 'merged'])
        const { rows } = await own.database.pool.query(
          "select count(*)::int as n from signal where rule = 'R01' and cleared_on is null",
        )
        openR01.push(rows[0]?.n)
      }
      expect(openR01).toEqual([0, 0, 1, 0])
    } finally {
      await own.close()
    }
  })
})
