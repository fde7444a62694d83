import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { read, utils, write } from '@e965/xlsx'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openTestApp } from '#test/harness/app.ts'
import { openTestDatabase, type TestDatabase } from '#test/harness/database.ts'
import { signInDemo } from '#test/harness/sign-in.ts'
import { seeded } from '#test/leaks/random.ts'
import { buildWorld } from '#test/leaks/world.ts'
import { statisticalTables } from './tables.ts'

let t: TestDatabase
let server: Awaited<ReturnType<typeof openTestApp>>
const folder = mkdtempSync(path.join(os.tmpdir(), 'shouwang-forms-'))
beforeAll(async () => {
  t = await openTestDatabase()
  server = await openTestApp(t)
  await buildWorld(t.database, seeded(5), { households: 200, accounts: 12, vault: server.services.vault })
})
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true })
  await server.close()
  await t.close()
})

const cellsOf = (file: Buffer) => {
  const book = read(file)
  const sheet = book.Sheets[book.SheetNames[0] ?? ''] ?? {}
  return { sheet, rows: utils.sheet_to_json<(string | number | null)[]>(sheet, { header: 1, defval: null }) }
}

it.each(Object.keys(statisticalTables))('%s adds up, and bears what a report bears', async (table) => {
  const clerk = await signInDemo(server.app, 'linquan')
  const answer = await clerk.get(`/api/statistics/${table}.xlsx`)
  expect(answer.statusCode).toBe(200)
  const { sheet, rows } = cellsOf(answer.rawPayload)
  const texts = rows.flat().filter((cell) => typeof cell === 'string')
  for (const begin of [
    '填报单位：临泉县',
    '报告期：截至',
    '表　　号：守统',
    '制定机关',
    '计量单位',
    '单位负责人',
    '（单位盖章）',
  ])
    expect(texts.some((text) => text.includes(begin))).toBe(true)
  const at = rows.findIndex(([first]) => first === '合计')
  const figures = rows.slice(at + 1).filter(([, figure]) => typeof figure === 'number')
  expect(figures.length).toBeGreaterThan(0)
  for (const [place, total] of (rows[at] ?? []).entries())
    if (place > 0) expect(figures.reduce((sum, row) => sum + Number(row[place]), 0)).toBe(total)
  expect(sheet['!merges']?.length).toBeGreaterThan(2)
})

it('the figures of risk are those of the list of clues', async () => {
  const clerk = await signInDemo(server.app, 'linquan')
  const { rows } = cellsOf((await clerk.get('/api/statistics/risk-by-area.xlsx')).rawPayload)
  const total = rows.find(([first]) => first === '合计')
  const listed = (await clerk.get('/api/clues')).json<{ total: number }>()
  expect(total?.[2]).toBe(listed.total)
  const overdue = (await clerk.get('/api/clues?overdue=true')).json<{ total: number }>().total
  expect(overdue).toBeGreaterThan(0)
  expect(total?.[6]).toBe(overdue)
})

it('fills the office’s own workbook, and says so where it has none', async () => {
  const clerk = await signInDemo(server.app, 'linquan')
  server.services.templateDirectory = folder
  const address = '/api/statistics/visits-by-area.xlsx?template=own'
  expect((await clerk.get(address)).statusCode).toBe(404)
  const sheet = utils.aoa_to_sheet([
    ['{area}：{title}'],
    ['{rows.name}', '{rows.planned}'],
    ['合计', '{total.planned}'],
  ])
  const book = utils.book_new()
  utils.book_append_sheet(book, sheet, '表')
  writeFileSync(
    path.join(folder, 'visits-by-area.xlsx'),
    write(book, { type: 'buffer', bookType: 'xlsx', bookSST: true }),
  )
  const { rows } = cellsOf((await clerk.get(address)).rawPayload)
  expect(rows[0]?.[0]).toBe('临泉县：入户走访情况统计表')
  expect(rows.at(-1)?.[0]).toBe('合计')
  server.services.templateDirectory = undefined
})

it('today’s figures never bear another day; the classification is kept day by day', async () => {
  const clerk = await signInDemo(server.app, 'linquan')
  const status = async (table: string) =>
    (await clerk.get(`/api/statistics/${table}.xlsx?on=2019-12-31`)).statusCode
  expect(await Promise.all(['risk-by-area', 'clues-by-state', 'visits-by-area'].map(status))).toEqual([
    400, 400, 400,
  ])
  expect(await status('classification-by-area')).toBe(200)
  expect((await clerk.get('/api/statistics/risk-by-area.xlsx?area=nowhere')).statusCode).toBe(400)
})

it('an area outside one’s own is not found, and neither is a table nobody knows', async () => {
  const clerk = await signInDemo(server.app, 'linquan')
  expect((await clerk.get('/api/statistics/risk-by-area.xlsx?area=340100000000')).statusCode).toBe(404)
  expect((await clerk.get('/api/statistics/nothing.xlsx')).statusCode).toBe(404)
})
