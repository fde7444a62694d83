import { readFileSync } from 'node:fs'
import path from 'node:path'
import { utils, write } from '@e965/xlsx'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { listRejects } from '#server/modules/intake/batches/batch-view.ts'
import { openTestDatabase, type TestDatabase } from '#test/harness/database.ts'
import { openIntake, type TestIntake } from '#test/harness/intake.ts'

const cases = path.resolve(import.meta.dirname, '../../../../test/cases')
const handed = (name: string) => readFileSync(path.join(cases, 'files', name))

let t: TestDatabase
let intake: TestIntake
beforeAll(async () => {
  t = await openTestDatabase()
  const before = openIntake(t.database, '2019-12-31')
  for (const feed of ['household', 'member']) {
    const { state } = await before.deliver(feed, readFileSync(path.join(cases, 'registry', `${feed}.csv`)))
    expect(state).toBe('merged')
  }
  before.close()
  intake = openIntake(t.database)
})
afterAll(async () => {
  intake.close()
  await t.close()
})

const deliver = (feed: string, name: string, body: Buffer = handed(name), more = {}) =>
  intake.deliver(feed, body, { name, ...more })

const everywhere = { scope: { from: 0, to: 999_999_999_999 }, department: null }

/** Rejected rows as the sender sees them: where, and which reasons for which columns. */
async function rejects(ref: string) {
  const { rows } = await listRejects(intake.deps, everywhere, ref, { page: 1, size: 50 })
  return rows.map(({ place, reasons, cells }) => ({
    ...place,
    reasons: reasons.map(({ code, column }) => `${column}: ${code}`),
    texts: reasons.map(({ text }) => text.zh).join(''),
    cells,
  }))
}

async function incomes(batch: number) {
  const { rows } = await t.database.pool.query(
    `select h.head_name as head, i.row_no, i.wage_fen::int as wage, i.business_gross_fen::int as gross,
       i.other_transfer_fen::int as transfers, i.business_cost_fen::int as cost, i.self_paid_fen::int as self_paid
     from income_statement i join household h on h.county = i.county and h.id = i.household_id
     where i.batch_id = $1 and i.known_until is null order by i.row_no`,
    [batch],
  )
  return rows
}

async function bills(batch: number) {
  const { rows } = await t.database.pool.query(
    `select p.name, f.row_no, f.settlement_no as no, f.self_paid_fen::int as self_paid
     from medical_settlement f join person p on p.county = f.county and p.id = f.person_id
     where f.batch_id = $1 and f.known_until is null order by f.row_no`,
    [batch],
  )
  return rows
}

describe('cells that say nothing', () => {
  it('a formula without a stored value comes back with what to do', async () => {
    const { ref, id, counts } = await deliver('income', '04-formula-no-cached-value.xlsx')
    const back = await rejects(ref)
    expect(counts).toMatchObject({ rejected: counts.total, inserted: 0 })
    expect(back.length).toBeGreaterThan(0)
    for (const row of back) {
      expect(row.reasons).toEqual(['wage: formula-without-result'])
      expect(row.texts).toContain('用 Excel 或 WPS 打开')
      expect(row.cells.map((cell) => cell.replaceAll('\u2061', ''))).toContain('=1550*12')
    }
    expect(await incomes(id)).toEqual([])
  })

  it('error values come back, #N/A among them', async () => {
    const { ref, id } = await deliver('income', '05-error-values.xlsx')
    const back = await rejects(ref)
    expect(back.map(({ row, reasons }) => [row, reasons])).toEqual([
      [2, ['wage: cell-error']],
      [3, ['wage: cell-error']],
    ])
    expect(back[0]?.texts).toContain('#N/A')
    expect(back[1]?.texts).toContain('#REF!')
    expect(await incomes(id)).toEqual([])
  })
})

describe('several sheets', () => {
  const townships = ['城关镇', '杨桥镇', '长官镇']

  it('of one layout are one file, and a row knows its sheet', async () => {
    const { ref, id, counts, state } = await deliver('income', '06-one-sheet-per-township.xlsx')
    expect(state).toBe('merged')
    const { rows } = await t.database.pool.query(
      'select sheet, left_sheets, total_rows::int as total from batch where id = $1',
      [id],
    )
    expect(rows[0]).toMatchObject({ sheet: townships.join('、'), left_sheets: [], total: counts.total })
    expect(counts.total).toBeGreaterThan(5)
    expect(counts.inserted).toBe(counts.total)
    expect(await rejects(ref)).toEqual([])
    expect((await incomes(id)).every(({ wage }) => wage === 2_000_000)).toBe(true)
  })

  const header = ['户主姓名', '户主证件号码', '统计起始', '统计截止', '工资性收入', '合规自付支出']
  const row = (wage: string | number) => ['甲', '无', '2018-10-01', '2019-09-30', wage, 0]
  const book = (sheets: Record<string, (string | number)[][]>, hidden: string[] = []) => {
    const made = utils.book_new()
    for (const [name, rows] of Object.entries(sheets))
      utils.book_append_sheet(made, utils.aoa_to_sheet(rows), name)
    made.Workbook = {
      Sheets: made.SheetNames.map((name) => ({ name, Hidden: hidden.includes(name) ? 1 : 0 })),
    }
    return write(made, { type: 'buffer', bookType: 'xlsx' }) as Buffer
  }
  const importing = (sheets: Record<string, (string | number)[][]>, more = {}, hidden: string[] = []) =>
    deliver('income', '收入.xlsx', book(sheets, hidden), more)

  it('come back by sheet and row, whatever the order of their columns', async () => {
    const turned = [...header.slice(4), ...header.slice(0, 4)]
    const { ref } = await importing({
      城关镇: [header, row(1)],
      杨桥镇: [['某县'], header, row(1), row('三')],
      说明: [['填表说明']],
      长官镇: [turned, [2, 0, ...row(2).slice(0, 4)]],
    })
    expect((await rejects(ref)).map(({ sheet, row: at, reasons }) => [sheet, at, reasons.length])).toEqual([
      ['城关镇', 2, 1],
      ['杨桥镇', 3, 1],
      ['杨桥镇', 4, 2],
      ['长官镇', 2, 1],
    ])
    const { rows } = await t.database.pool.query('select left_sheets from batch where ref = $1', [ref])
    expect(rows[0]?.left_sheets).toEqual(['说明'])
  })

  it('that differ, are hidden, or go on without a header are refused by name until the sender says', async () => {
    const without = header.filter((name) => name !== '合规自付支出')
    for (const [sheets, details, hidden] of [
      [{ 一: [header, row(1)], 二: [without, row(1).slice(0, 5)] }, { same: ['一'], differing: ['二'] }, []],
      [{ 一: [header, row(1)], 二: [header, row(1)] }, { same: ['一'], hidden: ['二'] }, ['二']],
      [{ 一: [header, row(1)], 二: [row(3), row(4)] }, { same: ['一'], headless: ['二'] }, []],
      [
        { 一: [header, row(1)], 二: [header.map((name) => name.replace('证件号码', '证件')), row(1)] },
        { same: ['一'], differing: ['二'] },
        [],
      ],
    ] as const) {
      const made = sheets as unknown as Record<string, (string | number)[][]>
      await expect(importing(made, {}, [...hidden])).rejects.toMatchObject({
        code: 'sheets-unclear',
        details,
      })
      const { counts } = await importing(made, { sheets: ['一'] }, [...hidden])
      expect(counts.total).toBe(1)
    }
    const { counts } = await importing(
      { 一: [header, row(1)], 二: [header, row(1)] },
      { sheets: ['二', '一'] },
      ['二'],
    )
    expect(counts.total).toBe(2)
  })

  it('that hold something else are left, and said so', async () => {
    const { counts, ref } = await importing({ 封面: [['某县 2019 年收入']], 表: [header, row(1)] })
    expect(counts.total).toBe(1)
    const { rows } = await t.database.pool.query(
      'select sheet, layouts, left_sheets from batch where ref = $1',
      [ref],
    )
    expect(rows[0]).toEqual({ sheet: '表', layouts: null, left_sheets: ['封面'] })
  })
})

describe('merged cells', () => {
  it('give their name and number to every bill they stand beside', async () => {
    const { id, counts } = await deliver('medical-settlement', '33-merged-person-cells.xlsx')
    expect(counts).toMatchObject({ rejected: 0, inserted: 3 })
    const found = await bills(id)
    expect(found.map(({ name }) => name)).toEqual(['马戌乙', '马戌乙', '马戌乙'])
    expect(found.map(({ self_paid }) => self_paid)).toEqual([40_000, 40_000, 40_000])
  })

  it('of an amount over several bills come back, every one of them', async () => {
    const sheet = utils.aoa_to_sheet([
      ['姓名', '证件号码', '结算单号', '就医类别', '结算日期', '医疗费总额', '个人自付'],
      ['马戌乙', '340522198307218793', 'M1', '普通门诊', '2020-03-05', 1000, 400],
      ['', '', 'M2', '普通门诊', '2020-03-05', 1000, ''],
      ['马戌乙', '340522198307218793', 'M3', '普通门诊', '2020-03-05', 1000, 1000],
    ])
    sheet['!merges'] = ['A2:A3', 'B2:B3', 'G2:G3'].map((range) => utils.decode_range(range))
    const made = utils.book_new()
    utils.book_append_sheet(made, sheet, '表')
    for (const bookType of ['xlsx', 'biff8', 'xlsb', 'ods'] as const) {
      const body = write(made, { type: 'buffer', bookType }) as Buffer
      const { ref } = await deliver('medical-settlement', `合并.${bookType}`, body)
      const back = await rejects(ref)
      expect([
        bookType,
        back.filter(({ reasons }) => reasons.includes('selfPaid: merged-figure')).map((one) => one.row),
      ]).toEqual([bookType, [2, 3]])
    }
  })
})

describe('old and odd formats', () => {
  it('a dbf whose names were cut finds its columns, also two of one stem in the order of the layout', async () => {
    const { id, counts } = await deliver('income', '17a-dbf-truncated-headers.dbf')
    expect(counts.rejected).toBe(0)
    const [first] = await incomes(id)
    expect(first).toMatchObject({
      wage: 2_000_000,
      gross: 3_000_000,
      transfers: 400_000,
      cost: 500_000,
      self_paid: 30_000,
    })
  })

  it('a web page that calls itself a workbook is read where its data are, not where its title is', async () => {
    const { id, counts } = await deliver('medical-settlement', '21d-html-title-table-first-as.xls')
    expect(counts).toMatchObject({ total: 1, rejected: 0, inserted: 1 })
    expect(await bills(id)).toEqual([
      { name: '李巳丁', row_no: 3, no: 'TEST2020030503003', self_paid: 40_000 },
    ])
  })

  it('a workbook of Excel 95 is read in the letters it was written in', async () => {
    const { id, counts } = await deliver('medical-settlement', '22-excel95-gbk-from-old-program.xls')
    expect(counts.rejected).toBe(0)
    expect(counts.inserted).toBe(counts.total)
    expect((await bills(id)).length).toBeGreaterThan(0)
  })
})
