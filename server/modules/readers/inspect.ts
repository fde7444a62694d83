import { ChoiceLists } from '#contract/sheets/xlsx-parts.ts'
import { AppError } from '#server/platform/errors.ts'
import type { StoredFile } from '#server/platform/files/file-store.ts'
import { listHtmlTables } from './books/html.ts'
import { listMarkupSheets } from './books/markup.ts'
import { listXlsSheets } from './books/xls.ts'
import { estimateCsvRows, findEncoding, readCsv } from './csv.ts'
import { dbfHeaderRow, dbfHeaders, findDbfEncoding, readDbf, readDbfLayout } from './dbf.ts'
import { findFormat } from './format.ts'
import { findHeaderBlock, headersOf, type NumberedRow } from './header.ts'
import { problemOf } from './problems.ts'
import { firstRows, wholeSheet } from './row-batches.ts'
import { fillDown, type MergedRange } from './sheets/merged-cells.ts'
import type {
  BesideRow,
  FileEncoding,
  FileFormat,
  FileInspection,
  InspectedFile,
  InspectedSheet,
  OtherSheet,
} from './types.ts'
import { listXlsxSheets } from './xlsx/xlsx.ts'

/** Enough to see of most files all there is: titles, header, figures, the notes at the end. */
const rowsLookedAt = 400
/** A header stands among the first rows or nowhere. */
const headerWithin = 40
const previewRows = 5

interface SheetHead {
  name: string
  hidden: boolean
  /** As they are written: merged cells not filled. */
  rows: NumberedRow[]
  lastRow: number
  /** What a page says around its tables. */
  texts?: string[]
  /** What is merged, also further down. */
  merged: readonly MergedRange[]
}

/** `isKnown` recognises the headers of the feeds; they decide which row is the header. Titles and all are judged by content. */
export async function inspectFile(
  file: StoredFile,
  fileName: string,
  isKnown?: (header: string) => boolean,
): Promise<FileInspection> {
  try {
    const format = await findFormat(file)
    return { ok: true, ...(await inspectAs(format, file, fileName, isKnown)) }
  } catch (error) {
    const problem = problemOf(error)
    if (problem) return { ok: false, ...problem }
    throw error
  }
}

async function inspectAs(
  format: FileFormat,
  file: StoredFile,
  fileName: string,
  isKnown?: (header: string) => boolean,
): Promise<InspectedFile> {
  const name = fileName.replace(/^.*[\\/]/, '').replace(/\.\w{1,5}$/, '')
  if (format === 'dbf') return inspectDbf(file, name)
  const encoding = format === 'csv' ? await findEncoding(file) : null
  const heads = await headsOf(format, file, name, encoding)
  const filled = heads.filter((head) => head.rows.length > 0 && !isChoices(head))
  if (filled.length === 0) throw new AppError('file-empty')
  const inspected = filled.map((head) => ({ head, sheet: inspectSheet(head, isKnown) }))
  const found = inspected.flatMap(({ sheet }) => sheet ?? [])
  if (found.length === 0) throw new AppError('header-not-found', { sheets: filled.map((head) => head.name) })
  const texts = inspected.filter(
    ({ sheet }) => !sheet || (isKnown && sheet.headers.filter(isKnown).length < 2),
  )
  const around = (filled[0]?.texts ?? []).map((text) => ({ cell: name, cells: [text] }))
  const sheets = found.map((sheet) => ({
    ...sheet,
    beside: [...around, ...texts.flatMap(({ head }) => (head.name === sheet.name ? [] : besideRows(head)))],
  }))
  return {
    format,
    encoding,
    sheets,
    others: inspected.flatMap(({ head, sheet }) => (sheet ? [] : otherSheet(head))),
  }
}

/** What the cells of a template of ours may be chosen from: nobody sees it, and it is nobody's data. */
const isChoices = ({ name, hidden }: SheetHead) => hidden && name === ChoiceLists.tab

/** Notes and titles are short; what goes on longer is another table. */
const besideLookedAt = 60

const besideRows = ({ name, rows }: SheetHead): BesideRow[] =>
  rows.slice(0, besideLookedAt).map(({ rowNo, cells }) => ({ cell: `${name}!A${rowNo}`, cells }))

function otherSheet({ name, hidden, rows }: SheetHead): OtherSheet {
  const widths = rows.map(({ cells }) => cells.filter((cell) => cell !== '').length)
  return { name, hidden, columns: Math.max(...widths) }
}

async function headsOf(
  format: FileFormat,
  file: StoredFile,
  name: string,
  encoding: FileEncoding | null,
): Promise<SheetHead[]> {
  if (format === 'xlsx') return listXlsxSheets(file, rowsLookedAt)
  if (format === 'csv') {
    const rows = await firstRows(readCsv(file, [wholeSheet], encoding), rowsLookedAt)
    return [{ name, hidden: false, rows, lastRow: await estimateCsvRows(file), merged: [] }]
  }
  if (format === 'ods' || format === 'xml') return listMarkupSheets(file, format, rowsLookedAt)
  const heads: SheetHead[] = []
  const list = format === 'html' ? listHtmlTables : listXlsSheets
  for (const { batches, ...sheet } of await list(file)) {
    heads.push({ ...sheet, rows: await firstRows(batches, rowsLookedAt) })
  }
  return heads
}

/** Undefined where no row of the sheet could be its header: notes, charts' data, cover pages. */
function inspectSheet(
  { name, hidden, rows, lastRow, merged }: SheetHead,
  isKnown?: (header: string) => boolean,
): InspectedSheet | undefined {
  const header = findHeaderBlock(rows.slice(0, headerWithin), isKnown)
  if (!header) return undefined
  const fill = fillDown(merged, header.rowNo)
  const below = rows.filter(({ rowNo }) => rowNo > header.rowNo)
  for (const { rowNo, cells } of below) fill(rowNo, cells)
  return {
    name,
    hidden,
    headerRow: header.rowNo,
    headers: header.headers,
    titles: header.titles,
    beside: [],
    sample: below,
    mergesRows: merged.some(({ top, bottom }) => top > header.rowNo && bottom > top),
    preview: below.slice(0, previewRows).map(({ cells }) => cells),
    rowEstimate: rows.length < rowsLookedAt ? below.length : Math.max(lastRow - header.rowNo, 0),
  }
}

async function inspectDbf(file: StoredFile, name: string): Promise<InspectedFile> {
  const encoding = await findDbfEncoding(file)
  const rows = await firstRows(
    readDbf(file, [{ ...wholeSheet, headerRow: dbfHeaderRow }], encoding),
    rowsLookedAt,
  )
  const sheet: InspectedSheet = {
    name,
    hidden: false,
    headerRow: dbfHeaderRow,
    headers: headersOf(await dbfHeaders(file, encoding)),
    mergesRows: false,
    titles: [],
    beside: [],
    sample: rows,
    preview: rows.slice(0, previewRows).map(({ cells }) => cells),
    rowEstimate: (await readDbfLayout(file)).records,
  }
  return { format: 'dbf', encoding, sheets: [sheet], others: [] }
}
