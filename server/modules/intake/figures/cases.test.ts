import { readFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { areaScope } from '#server/modules/divisions/index.ts'
import { openTestDatabase, type TestDatabase } from '#test/harness/database.ts'
import { openIntake, type TestIntake } from '#test/harness/intake.ts'
import { getBatch, searchBatches } from '../batches/batch-view.ts'

const folder = path.resolve(import.meta.dirname, '../../../../test/cases')
const everything = { scope: areaScope(340_000_000_000), department: null }

let t: TestDatabase
let intake: TestIntake
beforeAll(async () => {
  t = await openTestDatabase()
  const registry = openIntake(t.database, '2019-12-31')
  for (const feed of ['household', 'member']) {
    const { state } = await registry.deliver(feed, readFileSync(path.join(folder, `registry/${feed}.csv`)))
    expect([feed, state]).toEqual([feed, 'merged'])
  }
  registry.close()
  intake = openIntake(t.database)
})
afterAll(async () => {
  intake.close()
  await t.close()
})

async function deliver(feed: string, file: string) {
  const { ref, state, counts } = await intake.deliver(feed, readFileSync(path.join(folder, 'files', file)), {
    name: file,
  })
  return { ...(await getBatch(intake.deps, everything, ref)), state, rows: counts }
}

async function facts<T>(table: string, columns: string, where = 'true'): Promise<T[]> {
  const { rows } = await t.database.pool.query(
    `select ${columns} from ${table} where known_until is null and ${where} order by row_no`,
  )
  return rows as T[]
}

describe('files as departments send them', () => {
  it('01: the unit in the title is the unit of the amounts', async () => {
    const batch = await deliver('income', '01-unit-wanyuan-in-title.xlsx')
    expect(batch).toMatchObject({ state: 'merged', rows: { total: 3, inserted: 3, rejected: 0 } })
    expect(batch.unit).toEqual({ digits: 6, text: '金额单位：万元', cell: 'F2' })
    expect(batch.figures).toMatchObject([
      { column: 'wage', digits: 6, stated: 'file', median: 1_860_000, known: null },
      { column: 'businessCost', digits: 6, median: 200_000 },
      { column: 'selfPaid', digits: 6, median: 350_000 },
    ])
    expect(await facts('income_statement', 'wage_fen, business_cost_fen, self_paid_fen')).toEqual(
      Array.from({ length: 3 }, () => ({
        wage_fen: 1_860_000,
        business_cost_fen: 200_000,
        self_paid_fen: 350_000,
      })),
    )
  })

  it('02: a header of two rows is one, and its group gives the unit', async () => {
    const batch = await deliver('income', '02-two-row-header-unit.xlsx')
    expect(batch).toMatchObject({
      state: 'merged',
      rows: { total: 3, inserted: 3, rejected: 0 },
      unusedHeaders: [],
    })
    expect(batch.figures).toMatchObject([{ column: 'wage', digits: 6, stated: 'header' }, {}, {}])
    const where = 'batch_id = (select max(id) from batch)'
    expect(await facts('income_statement', 'wage_fen, business_cost_fen, self_paid_fen', where)).toEqual(
      Array.from({ length: 3 }, () => ({
        wage_fen: 1_860_000,
        business_cost_fen: 200_000,
        self_paid_fen: 350_000,
      })),
    )
  })

  it('08: sums, notes and signatures are no rows', async () => {
    const batch = await deliver('income', '08-total-row-and-footnotes.xlsx')
    expect(batch).toMatchObject({ state: 'merged', rows: { total: 3, inserted: 3, rejected: 0 } })
    expect(batch.asides).toEqual({
      counts: { total: 1, note: 1, signature: 1 },
      rows: [
        { sheet: null, row: 6, kind: 'total' },
        { sheet: null, row: 7, kind: 'note' },
        { sheet: null, row: 8, kind: 'signature' },
      ],
    })
  })

  it('14: shapes that name one day are read, the others come back', async () => {
    const batch = await deliver('medical-settlement', '14-date-shapes.csv')
    const found = await facts<{ no: string; day: string }>(
      'medical_settlement',
      'settlement_no as no, settled_on as day',
      "settlement_no between 'TEST2020030500019' and 'TEST2020030500039'",
    )
    expect(new Set(found.map(({ day }) => day))).toEqual(new Set(['2020-03-05']))
    const { rows } = await t.database.pool.query(
      'select row_no, reasons from batch_reject r join batch b on b.id = r.batch_id where b.ref = $1 order by row_no',
      [batch.ref],
    )
    expect(rows.map(({ row_no, reasons }) => [row_no, reasons[0].code])).toEqual([
      [13, 'date-ambiguous'],
      [14, 'date-ambiguous'],
      [22, 'date-form'],
    ])
    expect(batch.rows).toMatchObject({ total: 21, inserted: 18, rejected: 3 })
  })

  it('14z: a time stamp is the day in China', async () => {
    const batch = await deliver('medical-settlement', '14z-utc-timestamps.csv')
    expect(batch.rows).toMatchObject({ total: 4, inserted: 4 })
    const days = await facts('medical_settlement', 'settled_on', 'batch_id = (select max(id) from batch)')
    expect(days).toEqual(
      ['2020-03-05', '2020-03-05', '2020-03-05', '2020-03-01'].map((settled_on) => ({ settled_on })),
    )
  })

  it('15: an end that is open is none', async () => {
    const batch = await deliver('social-assistance', '15-open-ended-until.csv')
    expect(batch).toMatchObject({ state: 'merged', rows: { total: 11, inserted: 11, rejected: 0 } })
    const ends = await facts<{ ended_on: string | null }>('social_assistance', 'ended_on')
    expect(ends.map(({ ended_on }) => ended_on)).toEqual(Array.from({ length: 11 }, () => null))
  })

  it('25: rows that formulas fill with nothing are no rows', async () => {
    const batch = await deliver('medical-settlement', '25-formula-filled-empty-rows.xlsx')
    expect(batch).toMatchObject({ state: 'merged', rows: { total: 3, inserted: 3, rejected: 0 } })
    expect(batch.asides.counts).toEqual({ blank: 55 })
  })
})

describe('16: what goes back', () => {
  const head = '姓名,证件号码,结算单号,就医类别,入院日期,结算日期,医疗费总额,基本医保支付,个人自付'
  const refunds = readFileSync(path.join(folder, 'files/16b-refund-negative.csv'), 'utf8')
    .trim()
    .split('\r\n')
  const paid = async () => {
    const { rows } = await t.database.pool.query<{ paid: number }>(
      `select inpatient_self_paid_year_fen as paid from indicator i join person p using (county, household_id)
       where p.name = '李寅庚' and p.birth = '1963-08-23'`,
    )
    return rows[0]?.paid
  }
  const send = (...lines: (string | undefined)[]) =>
    intake.deliver('medical-settlement', [head, ...lines, ''].join('\r\n'))

  it('twice at once contradicts itself: held, with the rows', async () => {
    expect(await deliver('medical-settlement', '16a-settlement.csv')).toMatchObject({ state: 'merged' })
    expect(await paid()).toBe(2_000_000)
    const batch = await deliver('medical-settlement', '16b-refund-negative.csv')
    expect(batch.state).toBe('held')
    expect(batch.holdReasons).toEqual([
      { code: 'refunds-contradict', share: 2, limit: 0, rows: [2, 3].map((row) => ({ sheet: null, row })) },
    ])
    expect(batch.rows).toMatchObject({ rejected: 0 })
    expect(await paid()).toBe(2_000_000)
  })

  it('under a number of its own it nets the bill', async () => {
    expect(await send(refunds[2])).toMatchObject({ state: 'merged', counts: { inserted: 1 } })
    expect(await paid()).toBe(0)
    expect((await send(refunds[1])).state).toBe('held')
  })

  it('of nobody’s bill is kept and takes nothing back; parentheses are a minus', async () => {
    const { state } = await send(refunds[3])
    expect(state).toBe('merged')
    expect(await facts('medical_settlement', 'self_paid_fen, refund', "settlement_no = 'REF3'")).toEqual([
      { self_paid_fen: -20_000, refund: true },
    ])
  })

  it('under the number of the bill it reverses the bill', async () => {
    const line = (no: string, sum: number, day: string) =>
      `李寅庚,340321196308230392,${no},住院,2020-02-25,${day},${sum},0,${sum}`
    await send(line('OWN1', 9000, '2020-03-02'), line('OWN2', 700, '2020-03-02'))
    expect(await paid()).toBe(970_000)
    await send(line('OWN1', -9000, '2020-03-04'))
    expect(await paid()).toBe(70_000)
    // In part, later, and before its bill arrives.
    await send(line('OWN2-T', -200, '2020-03-05'), line('LATER', -50, '2020-03-06'))
    // Until its own bill is there, a refund waits.
    expect(await paid()).toBe(50_000)
    await send(line('LATER', 50, '2020-03-02'))
    expect(await paid()).toBe(50_000)
    const { rows } = await searchBatches(intake.deps, everything, { state: ['held'] }, { page: 1, size: 50 })
    expect(rows).toHaveLength(2)
  })
})
