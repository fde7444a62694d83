import path from 'node:path'
import { dayText } from '../days.ts'
import { writeCsv } from '../files/csv.ts'
import { type DbfField, writeDbf } from '../files/dbf.ts'
import type { Sheet } from '../files/sheet.ts'
import { writeXls } from '../files/xls.ts'
import { writeXlsx } from '../files/xlsx.ts'
import { type Column, columnsOf, feedOf, headersOf } from './columns.ts'
import { cityLooks, type Encoding, type Format, formatAt, type Look, looks } from './looks.ts'

/** One file as a department hands it in. */
export interface Delivery {
  feed: string
  file: string
  format: Format
  encoding: Encoding | null
  delimiter: string | null
  sheet: string | null
  /** Division (12 digits) whose people the file covers. */
  area: number
  periodFrom: string
  periodTo: string
  /** The day it arrives: the day the import is made as of. */
  arrivedOn: string
  rows: number
  /** Name of the earlier file it corrects. */
  corrects: string | null
  /** What a sound intake makes of it. */
  expect: 'merged' | 'held'
}

/** All files of a province in the order in which they arrive. */
export interface Manifest {
  seed: number
  households: number
  persons: number
  asOf: string
  files: (Delivery & { sm3: string })[]
}

/** An open file with its look. */
export interface Outgoing {
  delivery: Delivery
  look: Look
  columns: readonly Column[]
  sheet: Sheet
}

export const province = 340_000_000_000

export interface Plan {
  look: string
  feed: string
  name: string
  area: number
  from: number
  to: number
  arrives: number
  corrects?: string
  expect?: 'held'
}

export function openFile(folder: string, plan: Plan, households: number): Outgoing {
  const look = looks[plan.look] ?? cityLooks[plan.look]
  if (!look) throw new Error(`no look for ${plan.look}`)
  const feed = feedOf(plan.feed)
  const { format, encoding } = formatAt(look, households)
  const file = `${look.title}-${plan.name}.${format}`
  const place = path.join(folder, file)
  const sheetName =
    format === 'xlsx' || format === 'xls' ? look.title.slice(look.title.indexOf('-') + 1) : null
  const headers = headersOf(feed, look)
  const columns = columnsOf(feed, look)
  const sheet = start(place, format, encoding, sheetName ?? '', columns, headers, plan)
  if (look.titleRows) {
    sheet.row([`安徽省${look.title.replace('-', '')}统计表（示例数据）`])
    sheet.row([
      `填报单位：${look.title.split('-')[0]}　统计截止：${dayText(plan.to)}　金额单位：${look.moneyIn ?? '元'}`,
    ])
  }
  if (format !== 'dbf') sheet.row(headers)
  const delivery: Delivery = {
    feed: plan.feed,
    file,
    format,
    encoding: format === 'csv' || format === 'dbf' ? encoding : null,
    delimiter: format === 'csv' ? ',' : null,
    sheet: sheetName,
    area: plan.area,
    periodFrom: dayText(plan.from),
    periodTo: dayText(plan.to),
    arrivedOn: dayText(plan.arrives),
    rows: 0,
    corrects: plan.corrects ?? null,
    expect: plan.expect ?? 'merged',
  }
  return { delivery, look, columns, sheet }
}

function start(
  file: string,
  format: Format,
  encoding: Encoding,
  sheetName: string,
  columns: readonly Column[],
  headers: readonly string[],
  plan: Plan,
): Sheet {
  switch (format) {
    case 'csv':
      return writeCsv(file, encoding)
    case 'xls':
      return writeXls(file, sheetName)
    case 'xlsx':
      return writeXlsx(file, sheetName, [
        {
          name: '填表说明',
          rows: [
            ['一、本表由业务系统导出。'],
            ['二、证件号码按文本填写。'],
            [`三、统计截止 ${dayText(plan.to)}。`],
          ],
        },
        { name: '字典', rows: headers.map((header, i) => [i + 1, header]) },
      ])
    case 'dbf': {
      const [year = 0, month = 0, day = 0] = dayText(plan.arrives).split('-').map(Number)
      return writeDbf(
        file,
        columns.map((column, i) => fieldOf(column, headers[i] ?? '')),
        { year, month, day },
      )
    }
  }
}

function fieldOf(column: Column, name: string): DbfField {
  if (column.type === 'money') return { name, type: 'N', width: 10, decimals: 2 }
  if (column.type === 'date') return { name, type: 'D', width: 8 }
  return {
    name,
    type: 'C',
    width: column.type === 'disabilityCard' ? 22 : column.type === 'idNumber' ? 18 : 20,
  }
}
