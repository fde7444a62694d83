import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import type { CellValue } from '#contract/sheets/sheet.ts'
import { type AreaScope, areaScope, findDivision, listChildren } from '#server/modules/divisions/index.ts'
import type { Clock } from '#server/platform/clock.ts'
import type { Database } from '#server/platform/database/db.ts'
import { AppError } from '#server/platform/errors.ts'
import { fillWorkbook, type SheetFields } from '#server/platform/files/sheets/fill-workbook.ts'
import { formWorkbook } from '#server/platform/files/sheets/form.ts'
import { statisticalTables } from './tables.ts'

const spans = { province: 1e8, city: 1e6, county: 1e3, township: 1, village: 1 }

interface Wanted {
  table: string
  area: number
  /** The day of the report; today where none is named, and another only of what is kept day by day. */
  on?: string | undefined
}

interface Statistics {
  table: (typeof statisticalTables)[string]
  areaName: string
  on: string
  rows: Readonly<Record<string, CellValue>>[]
  total: Readonly<Record<string, CellValue>>
}

/**
 * Figures of a table for an area, by what lies right below it. Throws `not-found`: no such table, or an area outside the scope;
 * `bad-request` for a day of which the table knows nothing.
 */
export async function readStatistics(
  { database: { db }, clock }: { database: Database; clock: Clock },
  scope: AreaScope,
  { table: name, area: code, on = clock.today() }: Wanted,
): Promise<Statistics> {
  const table = Object.hasOwn(statisticalTables, name) ? statisticalTables[name] : undefined
  if (!table) throw new AppError('not-found', { what: 'table' })
  if (on !== clock.today() && !table.isOfAnyDay) throw new AppError('bad-request', { wrong: 'on' })
  const division = await findDivision(db, code)
  const area = areaScope(code)
  if (!division || area.from < scope.from || area.to > scope.to)
    throw new AppError('not-found', { what: 'division' })
  const below = division.level === 'village' ? [division] : await listChildren(db, code)
  const counted = await table.count(db, { area, span: spans[division.level] }, on)
  const keys = table.columns.map(({ key }) => key)
  const rows = below.map((child) => {
    const own = counted.get(child.code)
    return { name: child.name, ...Object.fromEntries(keys.map((key) => [key, own?.[key] ?? 0])) }
  })
  const sums = keys.map((key) => [
    key,
    [...counted.values()].reduce((sum, row) => sum + Number(row[key] ?? 0), 0),
  ])
  return { table, areaName: division.name, on, rows, total: { name: '合计', ...Object.fromEntries(sums) } }
}

/** The table in the form of official reports. */
export function statisticalForm({ table, areaName, on, rows, total }: Statistics): Buffer {
  return formWorkbook({
    title: table.title,
    left: [`填报单位：${areaName}`, `报告期：截至 ${chineseDay(on)}`, ''],
    right: [`表　　号：${table.number}`, '制定机关：', `计量单位：${table.unit}`],
    columns: [{ key: 'name', head: '地区', kind: 'text', width: 20 }, ...table.columns],
    rows,
    total,
    signatures: `单位负责人：　　　　　　填表人：　　　　　　联系电话：　　　　　　报出日期：${chineseDay(on)}`,
    seal: '（单位盖章）',
  })
}

const chineseDay = (day: string) => {
  const [year, month, date] = day.split('-').map(Number)
  return `${year}年${month}月${date}日`
}

/** What an office's own workbook of a table may name. */
export function statisticalFields({ table, areaName, on, rows, total }: Statistics): SheetFields {
  const sums = Object.entries(total).map(([key, value]) => [`total.${key}`, value])
  return {
    values: {
      ...{ title: table.title, number: table.number, unit: table.unit },
      ...{ area: areaName, on, day: chineseDay(on) },
      ...Object.fromEntries(sums),
    },
    rows,
  }
}

/** The same in the office's own workbook, with all of its formats. Throws `not-found` where it has none, `template-broken`. */
export function ownForm(folder: string | undefined, name: string, found: Statistics): Buffer {
  const file = folder === undefined ? undefined : path.join(folder, `${name}.xlsx`)
  if (!file || !existsSync(file)) throw new AppError('not-found', { what: 'template' })
  return fillWorkbook(`${name}.xlsx`, readFileSync(file), statisticalFields(found))
}
