import { mkdirSync } from 'node:fs'
import path from 'node:path'
import type { Dirt } from '../calibration.ts'
import { lateCities } from '../calibration.ts'
import { dayText, monthStart } from '../days.ts'
import { writeCsv } from '../files/csv.ts'
import { type DbfField, writeDbf } from '../files/dbf.ts'
import type { Sheet } from '../files/sheet.ts'
import { writeXls } from '../files/xls.ts'
import { writeXlsx } from '../files/xlsx.ts'
import { termsOf } from '../lives/school.ts'
import type { Span } from '../model.ts'
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
const cities = Array.from({ length: 18 }, (_, i) => 3401 + i).filter((city) => city !== 3409 && city !== 3414)

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

export interface Desk {
  all: Outgoing[]
  /** Registry files, before the history and at the turn of the year. */
  registry: {
    first: [household: Outgoing, member: Outgoing]
    second: [household: Outgoing, member: Outgoing]
  }
  /** The files a row goes into. */
  routesOf(feed: string, reportedOn: number, city: number): readonly Outgoing[]
  /** The settlement file with wrong amounts, where there is one. */
  wrong: Outgoing | undefined
  /** The file that a county sends again with ruined ID numbers. */
  abnormal: { county: number; month: number; outgoing: Outgoing } | undefined
}

/** County that sends a ruined file. */
const abnormalCounty = 341225
const monthly = [
  'medical-settlement',
  'medical-insurance',
  'illness',
  'dwelling',
  'water',
  'social-assistance',
  'disability',
  'employment',
]

/** Opens every file of the province: the registry twice, incomes twice, school by term, the rest month by month. */
export function openDesk(folder: string, households: number, from: number, span: Span, dirt: Dirt): Desk {
  mkdirSync(folder, { recursive: true })
  const all: Outgoing[] = []
  const open = (plan: Plan): Outgoing => {
    const outgoing = openFile(folder, plan, households)
    all.push(outgoing)
    return outgoing
  }
  const label = (month: number) => dayText(monthStart(month)).slice(0, 7)
  const registry = (round: 'first' | 'second') =>
    (['household', 'member'] as const).map((feed) =>
      open({
        look: feed,
        feed,
        name: round === 'first' ? `${span.year - 2}年度` : `${span.year - 1}年度`,
        area: province,
        from: monthStart((span.year - (round === 'first' ? 2 : 1)) * 12),
        to: monthStart((span.year - (round === 'first' ? 1 : 0)) * 12) - 1,
        arrives: round === 'first' ? span.from + 2 : Math.min(span.asOf, monthStart(span.year * 12) + 9),
      }),
    ) as [Outgoing, Outgoing]
  const routes = new Map<string, Outgoing[]>()
  const add = (key: string, outgoing: Outgoing) => routes.set(key, [...(routes.get(key) ?? []), outgoing])
  const first = registry('first')
  for (const year of [span.year - 2, span.year - 1]) {
    const to = monthStart(year * 12 + 9) - 1
    const arrives = year === span.year - 2 ? span.from + 3 : to + 43
    const plan = { look: 'income', feed: 'income', name: `${year}年度`, area: province, arrives }
    add(`income/${to}`, open({ ...plan, from: monthStart((year - 1) * 12 + 9), to }))
  }
  for (const { name, reportedOn } of termsOf(span)) {
    const plan = { look: 'school-enrolment', feed: 'school-enrolment', name, area: province }
    const arrives = Math.min(span.asOf, reportedOn + 6)
    add(`school-enrolment/${reportedOn}`, open({ ...plan, from: reportedOn - 30, to: reportedOn, arrives }))
  }
  const wrongMonth = dirt.wrongThenCorrected > 0 ? span.lastMonth - 3 : Number.NaN
  let wrong: Outgoing | undefined
  for (let month = from; month <= span.lastMonth; month++) {
    for (const [i, feed] of monthly.entries()) {
      const arrives = Math.min(span.asOf, monthStart(month + 1) + 2 + (i % 5))
      const [start, end] = [month === from ? span.from : monthStart(month), monthStart(month + 1) - 1]
      const plan = { look: feed, feed, name: label(month), area: province, from: start, to: end, arrives }
      if (feed === 'water' && dirt.lateSource && month > span.lastMonth - 2) {
        for (const city of cities) {
          if (lateCities.has(city)) continue
          add(`water/${month}/${city}`, open({ ...plan, name: `${city}-${plan.name}`, area: city * 1e8 }))
        }
        continue
      }
      const outgoing = open(plan)
      add(`${feed}/${month}`, outgoing)
      if (feed !== 'medical-settlement' || month !== wrongMonth) continue
      wrong = outgoing
      const corrects = outgoing.delivery.file
      add(`${feed}/${month}`, open({ ...plan, name: `${plan.name}-更正`, arrives: arrives + 8, corrects }))
    }
  }
  const abnormal = dirt.abnormalBatch
    ? open({
        look: 'employment',
        feed: 'employment',
        name: `${abnormalCounty}-${label(span.lastMonth)}-补报`,
        area: abnormalCounty * 1e6,
        from: monthStart(span.lastMonth),
        to: span.to,
        arrives: span.asOf - 1,
        expect: 'held',
      })
    : undefined
  const monthOfDay = monthsOf(from, span)
  return {
    all,
    registry: { first, second: registry('second') },
    routesOf(feed, reportedOn, city) {
      if (feed === 'income' || feed === 'school-enrolment') return routes.get(`${feed}/${reportedOn}`) ?? []
      if (feed === 'epidemic') {
        const key = `epidemic/${reportedOn}`
        if (!routes.has(key)) add(key, open(epidemicDay(reportedOn)))
        return routes.get(key) ?? []
      }
      const key = `${feed}/${monthOfDay(reportedOn)}`
      return routes.get(key) ?? routes.get(`${key}/${city}`) ?? []
    },
    wrong,
    abnormal: abnormal && { county: abnormalCounty, month: monthStart(span.lastMonth), outgoing: abnormal },
  }
}

function epidemicDay(day: number): Plan {
  const name = dayText(day).replaceAll('-', '')
  return { look: 'epidemic', feed: 'illness', name, area: province, from: day, to: day, arrives: day + 1 }
}

/** The month's file a day's news comes with; what is older comes with the first. */
function monthsOf(first: number, span: Span): (day: number) => number {
  const starts = Array.from({ length: span.lastMonth - first + 1 }, (_, i) => monthStart(first + i))
  return (day) => {
    const later = starts.findIndex((start) => start > day)
    return later === -1 ? span.lastMonth : Math.max(first, first + later - 1)
  }
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
    sheet.row([`填报单位：${look.title.split('-')[0]}　统计截止：${dayText(plan.to)}　金额单位：${look.moneyIn ?? '元'}`])
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
