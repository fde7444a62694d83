import { readFileSync } from 'node:fs'
import path from 'node:path'
import { utils, type WorkBook, write } from '@e965/xlsx'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { areaScope } from '#server/modules/divisions/index.ts'
import { openTestDatabase, type TestDatabase } from '#test/harness/database.ts'
import { openIntake, type TestIntake } from '#test/harness/intake.ts'
import { getBatch } from '../batches/batch-view.ts'

const folder = path.resolve(import.meta.dirname, '../../../../test/cases')
const everything = { scope: areaScope(340_000_000_000), department: null }

let t: TestDatabase
let intake: TestIntake
beforeAll(async () => {
  t = await openTestDatabase()
  const registry = openIntake(t.database, '2019-12-31')
  for (const feed of ['household', 'member'])
    await registry.deliver(feed, readFileSync(path.join(folder, `registry/${feed}.csv`)))
  registry.close()
  intake = openIntake(t.database)
})
afterAll(async () => {
  intake.close()
  await t.close()
})

const header = ['户主姓名', '户主证件号码', '统计起始', '统计截止', '工资性收入']
const people = [
  ['张戊巳', '340102195710058637'],
  ['胡辛丑', '340102193212132831'],
  ['孙巳丙', '34010419360515919X'],
]
let year = 1950
/** Rows of a year nobody has spoken of, so that nothing is known to compare with. */
function rowsOf(...wages: (string | number)[]) {
  year++
  return wages.map((wage, i) => [...(people[i] ?? []), `${year}-01-01`, `${year}-12-31`, wage])
}
const bookOf = (...sheets: [name: string, rows: unknown[][]][]): WorkBook => {
  const book = utils.book_new()
  for (const [name, rows] of sheets) utils.book_append_sheet(book, utils.aoa_to_sheet(rows), name)
  return book
}
const bytesOf = (book: WorkBook) => write(book, { type: 'buffer', bookType: 'xlsx' }) as Buffer

/** State and wages in fen, or the code and details of the refusal. */
async function outcome(body: string | Buffer, name = '收入.xlsx', feed = 'income') {
  const delivered = await intake.deliver(feed, body, { name }).catch((error) => error)
  if (delivered instanceof Error) {
    const { code, details } = delivered as Error & { code: string; details: Record<string, unknown> }
    return { code, ...details }
  }
  const { holdReasons } = await getBatch(intake.deps, everything, delivered.ref)
  const { rows } = await t.database.pool.query<{ wage: number }>(
    'select wage_fen as wage from income_statement where batch_id = $1 order by row_no',
    [delivered.id],
  )
  return {
    state: delivered.state,
    held: holdReasons.map(({ code }) => code),
    wages: rows.map(({ wage }) => wage),
  }
}
const read = (...wages: number[]) => ({ state: 'merged', held: [], wages })

describe('a unit that stands beside the table', () => {
  const table = (rows: unknown[][]) =>
    `<table>${rows.map((cells) => `<tr>${cells.map((cell) => `<td>${cell}</td>`).join('')}</tr>`).join('')}</table>`

  it('in a table of its own or in the text of a page', async () => {
    for (const title of [
      table([['某县家庭收入统计表'], ['金额单位：万元']]),
      table([['填报单位：扶贫办', '单位：万元']]),
      '<h2>某县家庭收入统计表</h2><p>（单位：万元）</p>',
    ]) {
      const page = `<html><body>${title}${table([header, ...rowsOf(1.86, 1.5)])}</body></html>`
      expect([title, await outcome(page, '收入.xls')]).toEqual([title, read(1_860_000, 1_500_000)])
    }
  })

  it('in a sheet of notes, in the header of remarks, in the name of the file', async () => {
    const notes: [string, unknown[][]] = ['说明', [['填表说明'], ['1、金额单位：万元']]]
    expect(await outcome(bytesOf(bookOf(['收入', [header, ...rowsOf(1.86)]], notes)))).toEqual(
      read(1_860_000),
    )
    const noted = [[...header, '备注（金额均为万元）'], ...rowsOf(1.86)]
    expect(await outcome(bytesOf(bookOf(['收入', noted])))).toEqual(read(1_860_000))
    const plain = () => bytesOf(bookOf(['收入', [header, ...rowsOf(1.86)]]))
    expect(await outcome(plain(), 'income_wanyuan.xlsx')).toEqual(read(1_860_000))
    const titled = bytesOf(bookOf(['收入', [['金额单位：万元'], header, ...rowsOf(1.86)]]))
    expect(await outcome(titled, 'income_yuan.xlsx')).toMatchObject({ code: 'unit-contradictory' })
  })

  it.each([
    ['0.00"万元"', 1.86, 1_860_000],
    ['#,##0.00万', 1.86, 1_860_000],
    ['0!.0,"万"', 18_600, 1_860_000],
    ['0.00"元"', 18_600, 1_860_000],
  ])('in the format %s of the cell', async (z, v, fen) => {
    for (const bookType of ['xlsx', 'biff8', 'xlml', 'xlsb'] as const) {
      const book = bookOf(['收入', [header, ...rowsOf('')]])
      const sheet = book.Sheets.收入
      if (sheet) sheet.E2 = { t: 'n', v, z }
      const bytes = Buffer.from(write(book, { type: 'buffer', bookType }))
      expect([bookType, await outcome(bytes)]).toEqual([bookType, read(fen)])
    }
  })

  it('that differs between sheets is refused with both of them named', async () => {
    const sheets = bookOf(
      ['城关镇', [['单位：万元'], header, ...rowsOf(1.86)]],
      ['杨桥镇', [['单位：元'], header, ...rowsOf(18_600)]],
      ['铜城镇', [header, ...rowsOf(18_600)]],
    )
    expect(await outcome(bytesOf(sheets))).toMatchObject({
      code: 'unit-contradictory',
      cell: '杨桥镇!A1',
      other: { text: '单位：万元', cell: '城关镇!A1' },
    })
  })
})

describe('amounts of something else than the row', () => {
  const of = (caption: string, ...titles: string[]) =>
    bytesOf(
      bookOf([
        '收入',
        [...titles.map((title) => [title]), [...header.slice(0, 4), caption], ...rowsOf(1500)],
      ]),
    )

  it.each([
    ['工资性收入（元/月）', 'month'],
    ['工资性收入（元/人）', 'person'],
    ['工资性收入（万元/人·年）', 'person'],
    ['工资性收入（月，元）', 'month'],
    ['工资性收入（元每月）', 'month'],
  ])('in the header %s', async (caption, basis) => {
    expect(await outcome(of(caption))).toMatchObject({ code: 'basis-differs', cell: 'E1', basis })
  })

  it.each([
    ['单位：元/月', 'month'],
    ['单位：元/人', 'person'],
    ['2020年2月份农户收入统计表', 'part-of-year'],
    ['某县农户收入月报表', 'part-of-year'],
    ['统计时段：2020年1-2月', 'part-of-year'],
    ['某县农户人均收入情况（元）', 'person'],
  ])('in the title %s', async (title, basis) => {
    expect(await outcome(of('工资性收入', title))).toMatchObject({ code: 'basis-differs', cell: 'A1', basis })
  })

  it.each(['月均', '人均', '2020年2月', '一季度', '上半年', '2020年1月至3月'])(
    'in the group %s',
    async (group) => {
      const grouped = bookOf([
        '收入',
        [
          [...header.slice(0, 4), `${group}收入`, ''],
          ['', '', '', '', '工资性收入', '财产性收入'],
          ...rowsOf(1500).map((row) => [...row, 1]),
        ],
      ])
      expect(await outcome(bytesOf(grouped))).toMatchObject({ code: 'basis-differs', cell: 'E2' })
    },
  )

  it('in the name of the sheet, in a note below', async () => {
    const sheet = bookOf(['人均收入', [header, ...rowsOf(1500)]])
    expect(await outcome(bytesOf(sheet))).toMatchObject({ code: 'basis-differs', cell: '人均收入' })
    for (const note of ['注：单位为元/月', '注：本表收入为人均数', '注：工资性收入为每月收入']) {
      const noted = bookOf(['收入', [header, ...rowsOf(1500), [note]]])
      expect([note, await outcome(bytesOf(noted))]).toMatchObject([
        note,
        { code: 'basis-differs', cell: 'A3' },
      ])
    }
    const named = bookOf(['收入', [header, ...rowsOf(1500), ['注：人均纯收入低于4000元的另行上报。']]])
    expect(await outcome(bytesOf(named))).toEqual(read(150_000))
  })

  it('is not where a whole year, the day of the report or the end of the year is named', async () => {
    for (const title of [
      '2018年10月至2019年9月农户收入统计表',
      '2020年3月5日',
      '填报日期：2020年3月5日',
      '某县农户收入统计表（2020年3月上报）',
    ])
      expect([title, await outcome(of('工资性收入（元/户·年）', title))]).toEqual([title, read(150_000)])
    expect(await outcome(of('工资性收入', `${year + 1}年12月农户收入统计表`))).toEqual(read(150_000))
  })

  it('is what a monthly column wants by the month, and not by the year', async () => {
    const aid = (caption: string) =>
      `姓名,证件号码,救助类型,享受起,${caption}\n${people[0]?.join()},低保,2019-01-01,300\n`
    expect(await outcome(aid('月补助额（元/月）'), 'a.csv', 'social-assistance')).toMatchObject({
      state: 'merged',
    })
    expect(await outcome(aid('保障金额（元/年）'), 'a.csv', 'social-assistance')).toMatchObject({
      code: 'basis-differs',
      basis: 'year',
    })
  })
})

it('amounts larger than any household has are held in a first file, and some yuan that say they are yuan', async () => {
  const titled = (unit: string, ...wages: number[]) =>
    bytesOf(bookOf(['收入', [[`单位：${unit}`], header, ...rowsOf(...wages)]]))
  expect(await outcome(titled('万元', 18_600, 17_200, 19_500))).toMatchObject({
    state: 'held',
    held: ['figures-huge'],
  })
  expect(await outcome(titled('千元', 18_600))).toMatchObject({ state: 'held', held: ['figures-huge'] })
  expect(await outcome(titled('元', 18_600, 17_200, 19_500))).toMatchObject({ state: 'merged' })
})
