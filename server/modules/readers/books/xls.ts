import type { CellObject, ParsingOptions, WorkBook, WorkSheet } from '@e965/xlsx'
import iconv from 'iconv-lite'
import { AppError } from '#server/platform/errors.ts'
import type { StoredFile } from '#server/platform/files/file-store.ts'
import { numberText } from '../cells.ts'
import { limits } from '../limits.ts'
import { unreadable } from '../problems.ts'
import { collectRows, type SheetOfFile } from '../row-batches.ts'
import { collectRanges, inOrder } from '../sheets/merged-cells.ts'
import type { RowBatch } from '../types.ts'
import { dateKindOf, serialText } from '../xlsx/number-formats.ts'
import { shownUnitOf } from '../xlsx/shown-units.ts'
import { readWhole } from './read-whole.ts'
import { markUncalculated } from './uncalculated.ts'

const options: ParsingOptions = {
  dense: true,
  cellNF: true,
  cellText: false,
  cellHTML: false,
  cellFormula: false,
  // Programs of the days before Unicode that do not name a code page were made here.
  codepage: 936,
  type: 'buffer',
}

let loading: Promise<typeof import('@e965/xlsx')> | undefined

/** Loaded on first use, with the code pages of workbooks before Excel 97: the module knows none by itself. */
function library() {
  loading ??= Promise.all([import('@e965/xlsx'), import('@e965/xlsx/dist/cpexcel.full.mjs')]).then(
    ([xlsx, pages]) => {
      xlsx.set_cptable(pages)
      return xlsx
    },
  )
  return loading
}

/** Binary workbooks of every age, from 2.x to xlsb; 65,536 rows at most in most of them. */
async function openWorkbook(file: StoredFile): Promise<WorkBook> {
  const bytes = await readWhole(file)
  const { read, CFB } = await library()
  try {
    const book = read(bytes, options)
    if (isBeforeUnicode(bytes)) mendCodePage(book)
    if (bytes[0] === 0xd0) {
      const container = CFB.read(bytes, { type: 'buffer' })
      const content = (CFB.find(container, '/Workbook') ?? CFB.find(container, '/Book'))?.content
      if (content) markUncalculated(book, Buffer.from(content as Uint8Array))
    }
    return book
  } catch (error) {
    const message = error instanceof Error ? error.message : ''
    throw unreadable(/password|encrypt/i.test(message) ? 'encrypted' : 'damaged', {}, error)
  }
}

/** Excel 97 is the first to name its stream a workbook; before Excel 5 there was no container. */
const isBeforeUnicode = (bytes: Buffer) =>
  bytes[0] === 0x09 || (bytes[0] === 0xd0 && !bytes.includes(Buffer.from('Workbook', 'utf16le')))

/**
 * Programs of those days named the code page of the West and wrote what their machine had, GBK: pairs of high letters, where Western
 * texts have single ones. Then all texts of the book are read again.
 */
function mendCodePage(book: WorkBook) {
  const cells = book.SheetNames.flatMap((name) => book.Sheets[name]?.['!data'] ?? []).flatMap((row) =>
    (row ?? []).filter((cell) => cell?.t === 's' && foreign.test(String(cell.v))),
  )
  const high = cells.map((cell) => iconv.encode(String(cell.v), 'win1252')).map(pairsAndAll)
  const [pairs = 0, all = 0] = [0, 1].map((i) => high.reduce((sum, counts) => sum + (counts[i] ?? 0), 0))
  if (all === 0 || pairs < all * 0.9) return
  for (const cell of cells) cell.v = gbkOf(String(cell.v))
  for (const [i, name] of book.SheetNames.entries()) {
    const mended = foreign.test(name) ? gbkOf(name) : name
    const sheet = book.Sheets[name]
    if (mended === name || !sheet || mended in book.Sheets) continue
    book.Sheets[mended] = sheet
    book.SheetNames[i] = mended
  }
}

/** Letters of the Western code page beyond ASCII, and none of any other. */
const foreign = /^(?=.*[\u0080-\u00ff])[\0-\u00ff€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]*$/s
const gbkOf = (text: string) => iconv.decode(iconv.encode(text, 'win1252'), 'gbk')

/** How many high bytes stand in runs of even length, and how many there are. */
function pairsAndAll(bytes: Buffer): [pairs: number, all: number] {
  const runs = bytes.toString('latin1').match(/[\x80-\xff]+/g) ?? []
  const lengths = runs.map((run) => run.length)
  return [
    lengths.filter((length) => length % 2 === 0).reduce((sum, length) => sum + length, 0),
    lengths.reduce((sum, length) => sum + length, 0),
  ]
}

/** By the numbers that stand for them in binary workbooks. */
const errorValues: Record<number, string> = {
  0: '#NULL!',
  7: '#DIV/0!',
  15: '#VALUE!',
  23: '#REF!',
  29: '#NAME?',
  36: '#NUM!',
  42: '#N/A',
  43: '#GETTING_DATA',
}

function cellText(cell: CellObject | undefined, date1904: boolean) {
  if (cell?.v === undefined || cell.v === null) return ''
  if (cell.t === 'n' && typeof cell.v === 'number') {
    const format = String(cell.z ?? '')
    const kind = dateKindOf(format)
    const shown = kind ? serialText(cell.v, kind, date1904) : shownUnitOf(format)?.(String(cell.v))
    return shown ?? numberText(String(cell.v))
  }
  if (cell.t === 'b') return cell.v ? 'TRUE' : 'FALSE'
  if (cell.t === 'e') return errorValues[Number(cell.v)] ?? (cell.w?.startsWith('#') ? cell.w : '#VALUE!')
  // Never a `Date`: days come as serials, whose zone nobody has to guess, while `cellDates` is off.
  return String(cell.v)
}

export async function listXlsSheets(file: StoredFile) {
  const book = await openWorkbook(file)
  if (book.SheetNames.length > limits.sheets)
    throw unreadable('too-large', { what: 'sheets', limit: limits.sheets })
  return book.SheetNames.map((name, i) => ({
    name,
    hidden: (book.Workbook?.Sheets?.[i]?.Hidden ?? 0) !== 0,
    lastRow: book.Sheets[name]?.['!data']?.length ?? 0,
    merged: rangesOf(book.Sheets[name]),
    batches: sheetBatches(book, { name, headerRow: 0, offset: 0 }, false),
  }))
}

function rangesOf(sheet: WorkSheet | undefined) {
  const { ranges, add } = collectRanges()
  for (const { s, e } of sheet?.['!merges'] ?? [])
    add({ top: s.r + 1, bottom: e.r + 1, left: s.c, right: e.c })
  return inOrder(ranges)
}

async function* sheetBatches(book: WorkBook, sheet: SheetOfFile, fills: boolean): AsyncGenerator<RowBatch> {
  const date1904 = book.Workbook?.WBProps?.date1904 ?? false
  const found = book.Sheets[sheet.name ?? '']
  const rows = collectRows(sheet, fills ? rangesOf(found) : [])
  const data = found?.['!data'] ?? []
  if (data.length > limits.rows) throw unreadable('too-large', { what: 'rows', limit: limits.rows })
  for (const [i, cells] of data.entries()) {
    if (!cells) continue
    rows.add(
      i + 1,
      // A stray cell far to the right makes a row of holes.
      Array.from(cells.slice(0, limits.columns), (cell: CellObject | undefined) => cellText(cell, date1904)),
      found?.['!rows']?.[i]?.hidden ?? false,
    )
    yield* rows.full()
  }
  yield* rows.rest()
}

export async function* readXls(file: StoredFile, sheets: readonly SheetOfFile[]): AsyncGenerator<RowBatch> {
  const book = await openWorkbook(file)
  for (const sheet of sheets) {
    const name = sheet.name ?? book.SheetNames[0] ?? ''
    if (!book.SheetNames.includes(name)) throw new AppError('sheet-not-found', { sheet: name })
    yield* sheetBatches(book, { ...sheet, name }, true)
  }
}
