import type { Readable } from 'node:stream'
import type { Localized } from '#contract/common.ts'
import { beijingMinute } from '#contract/days.ts'
import type { Cell, Sheet, SheetCount } from '#contract/sheets/sheet.ts'
import { isMarked } from '#contract/sheets/sheet.ts'
import { workbookType } from '#contract/sheets/xlsx-parts.ts'
import type {
  ExportColumn,
  ExportSource,
  ExportViewer,
  HouseholdOfRow,
  Language,
} from '#server/manifest/export-source.ts'
import { csvStream } from '#server/platform/files/sheets/csv.ts'
import { printStream } from '#server/platform/files/sheets/print-page.ts'
import { workbookStream } from '#server/platform/files/sheets/workbook.ts'
import { exportNumber, hiddenMark } from '../marks.ts'
import { type ExportRecord, type KeptHouseholds, keepItems } from '../queries.ts'

export const fileFormats = ['xlsx', 'csv', 'print'] as const
export type FileFormat = (typeof fileFormats)[number]

/** In which form a list is fetched, and in whose language. */
export interface FileForm {
  format: FileFormat
  language: Language
}

export interface ExportedFile {
  type: string
  body: Readable
  fileName: string
  /** Shown, not stored: a page to be printed. */
  isPage?: boolean
}

/** What stands in the address; csv in Chinese where nothing does. */
export function formOf({ format, language }: Record<string, string | undefined>): FileForm {
  return {
    format: fileFormats.find((one) => one === format) ?? 'csv',
    language: language === 'en' ? 'en' : 'zh',
  }
}

interface Taken {
  source: ExportSource
  filter: unknown
  record: ExportRecord
}

/** The list as a file of that form: title, head, rows with the hidden mark, sums, and who took this when and why. */
export async function fileOf(viewer: ExportViewer, taken: Taken, form: FileForm): Promise<ExportedFile> {
  const { source, filter, record } = taken
  const { format, language } = form
  const title = source.title[language]
  const name = (await source.name?.(viewer, filter)) ?? `${title}-${viewer.deps.clock.today()}`
  const fileName = `${name}-${exportNumber(record.serial)}`
  const sheet = await sheetOf(viewer, taken, language)
  switch (format) {
    case 'xlsx':
      return { type: workbookType, fileName: `${fileName}.xlsx`, body: workbookStream([sheet]) }
    case 'print': {
      const mark = visibleMark(record, viewer.deps.clock.now(), language)
      const body = printStream(sheet, { language, mark })
      return { type: 'text/html; charset=utf-8', fileName, body, isPage: true }
    }
    default:
      return { type: 'text/csv; charset=utf-8', fileName: `${fileName}.csv`, body: csvStream(sheet) }
  }
}

async function sheetOf(
  viewer: ExportViewer,
  { source, filter, record }: Taken,
  language: Language,
): Promise<Sheet> {
  const columns = await source.columns(viewer, filter, language)
  const sums = (await source.sums?.(viewer, filter)) ?? []
  const title = source.title[language]
  const sheet: Sheet = {
    name: title,
    columns: columns.map(({ head, kind, width, summed }) => ({
      head: kind === 'money' ? `${head[language]}${unitOfMoney[language]}` : head[language],
      kind,
      ...(width === undefined ? {} : { width }),
      ...(summed === undefined ? {} : { summed }),
    })),
    rows: markedRows(viewer, { source, filter, record }, columns, language),
  }
  if (source.comesBack) {
    const line = await source.titleLine?.(viewer, filter)
    return line === undefined ? sheet : { ...sheet, title: line }
  }
  const { clock } = viewer.deps
  return {
    ...sheet,
    title: `${title}（${record.areaName}，${asOf[language]} ${clock.today()}）`,
    ...(columns.some(({ summed }) => summed) ? { sumWord: sumWords[language] } : {}),
    foot: (count) => [
      [totalOf(count)[language], ...sums.map((sum) => sum[language])].join(separator[language]),
      visibleMark(record, clock.now(), language),
    ],
  }
}

const unitOfMoney: Localized = { zh: '（元）', en: ' (yuan)' }
const sumWords: Localized = { zh: '合计', en: 'Total' }
const asOf: Localized = { zh: '截至', en: 'as of' }
const separator: Localized = { zh: '，', en: ', ' }
const totalOf = ({ rows }: SheetCount): Localized => ({ zh: `共 ${rows} 行`, en: `${rows} rows` })

/** Rows with the hidden mark in their column; the households that stand in the file are kept as they pass. */
async function* markedRows(
  viewer: ExportViewer,
  { source, filter, record }: Taken,
  columns: readonly ExportColumn<unknown>[],
  language: Language,
): AsyncGenerator<Cell[][]> {
  const mark = (source.comesBack ? `〔${exportNumber(record.serial)}〕` : '') + hiddenMark(record.serial)
  const named = columns.findIndex(({ isMarked: marked }) => marked)
  const marked = named < 0 ? columns.findIndex(({ kind }) => kind === 'text') : named
  const withMark = (cell: Cell): Cell =>
    isMarked(cell) ? { ...cell, value: `${cell.value ?? ''}${mark}` } : `${cell ?? ''}${mark}`
  for await (const rows of source.rows(viewer, filter)) {
    // Before they leave: whoever breaks off has had them.
    const households = householdsOf(rows.flatMap((row) => source.household?.(row) ?? []))
    await keepItems(viewer.deps.database.db, record.id, households)
    yield rows.map((row) =>
      columns.map((column, place) => {
        const cell = column.cell(row, language)
        return place === marked ? withMark(cell) : cell
      }),
    )
  }
}

function householdsOf(households: readonly HouseholdOfRow[]): KeptHouseholds {
  const keys: { county: number; id: number }[] = []
  const refs: { county: number; ref: string }[] = []
  for (const one of households) {
    if ('id' in one) keys.push(one)
    else
      refs.push({ ref: one.ref, county: Math.floor(('county' in one ? one.county : one.village).code / 1e6) })
  }
  return { keys, refs }
}

const instant = new Intl.DateTimeFormat('zh-CN', {
  timeZone: 'Asia/Shanghai',
  dateStyle: 'short',
  timeStyle: 'short',
})

function visibleMark(record: ExportRecord, at: Date, language: Language): string {
  const { requesterName, requesterUsername, areaName, purpose } = record
  if (language === 'en')
    return [
      `Export ${exportNumber(record.serial)}`,
      `${areaName} ${requesterName} (${requesterUsername})`,
      beijingMinute(at.toISOString()),
      `Purpose: ${purpose}`,
      'Holds personal data, do not pass it on',
    ].join('　')
  const who = `${areaName} ${requesterName}（${requesterUsername}）`
  const parts = [
    `导出编号 ${exportNumber(record.serial)}`,
    who,
    instant.format(at),
    `用途：${purpose}`,
    '内含个人信息，请勿转发',
  ]
  return parts.join('　')
}
