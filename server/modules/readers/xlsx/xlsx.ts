import { AppError } from '#server/platform/errors.ts'
import type { StoredFile } from '#server/platform/files/file-store.ts'
import { limits } from '../limits.ts'
import { unreadable } from '../problems.ts'
import { collectRows, firstRows, type SheetOfFile, wholeSheet } from '../row-batches.ts'
import type { MergedRange } from '../sheets/merged-cells.ts'
import type { RowBatch } from '../types.ts'
import { keepTexts, textsOf } from './shared-texts.ts'
import { openTextArena } from './text-arena.ts'
import { readMerged } from './xlsx-merged.ts'
import { openPackage, type Package } from './xlsx-package.ts'
import { type CellContext, openRowScanner } from './xlsx-rows.ts'
import { readWorkbook, type XlsxWorkbook } from './xlsx-workbook.ts'
import { xmlBlocks, xmlByteBlocks } from './xml-blocks.ts'

export async function* readXlsx(file: StoredFile, wanted: readonly SheetOfFile[]): AsyncGenerator<RowBatch> {
  const zip = await openPackage(file)
  const book = await readWorkbook(zip)
  const sheets = wanted.map((sheet) => {
    const found = sheet.name === null ? book.sheets[0] : book.sheets.find(({ name }) => name === sheet.name)
    if (!found) throw new AppError('sheet-not-found', { sheet: sheet.name })
    return { sheet, part: found.part }
  })
  const texts = openTextArena()
  try {
    if (book.sharedStrings)
      for await (const block of xmlByteBlocks(zip.chunks(book.sharedStrings), 'si', 'sst'))
        keepTexts(block, texts)
    for (const { sheet, part } of sheets) {
      const ranges = sheet.mergesRows === false ? [] : await readMerged(zip, part)
      yield* sheetRows(zip, part, { ...book, sharedText: texts.at }, sheet, ranges)
    }
  } finally {
    texts.close()
  }
}

async function* sheetRows(
  zip: Package,
  part: string,
  context: CellContext,
  sheet: SheetOfFile = wholeSheet,
  ranges: readonly MergedRange[] = [],
): AsyncGenerator<RowBatch> {
  const rows = collectRows(sheet, ranges)
  let found = 0
  const scan = openRowScanner(context, (rowNo, cells, hidden) => {
    // Counted too: rows may claim the same number again and again.
    if (!(rowNo <= limits.rows) || ++found > limits.rows)
      throw unreadable('too-large', { what: 'rows', limit: limits.rows })
    rows.add(rowNo, cells, hidden)
  })
  let complete = false
  for await (const block of xmlBlocks(zip.chunks(part), 'row', 'sheetData')) {
    scan(block)
    yield* rows.full()
    // The tail after the last row says whether the sheet came whole; `<sheetData/>` is a sheet with nothing in it.
    complete ||=
      /<\/sheetData>|<sheetData\s*\/>/.test(block.slice(-4096)) ||
      /<sheetData\s*\/>/.test(block.slice(0, 65_536))
  }
  if (!complete) throw unreadable('damaged', { part })
  yield* rows.rest()
}

/** Shared texts in their order, some thousands at a time. */
async function* sharedTexts(zip: Package, { sharedStrings }: XlsxWorkbook): AsyncGenerator<string[]> {
  if (!sharedStrings) return
  for await (const block of xmlBlocks(zip.chunks(sharedStrings), 'si', 'sst')) yield [...textsOf(block)]
}

/** Sheets with their first rows. Of the shared texts only those the first rows show are looked up, and only as far as needed. */
export async function listXlsxSheets(file: StoredFile, rowCount: number) {
  const zip = await openPackage(file)
  const book = await readWorkbook(zip)
  const wanted = new Set<number>()
  const note = (index: number) => {
    wanted.add(index)
    return '?'
  }
  for (const { part } of book.sheets)
    await firstRows(sheetRows(zip, part, { ...book, sharedText: note }), rowCount)
  const texts = await lookUp(zip, book, wanted)
  const sheets = []
  for (const { name, hidden, part } of book.sheets) {
    const context = { ...book, sharedText: (index: number) => texts.get(index) }
    const rows = await firstRows(sheetRows(zip, part, context), rowCount)
    const merged = await readMerged(zip, part)
    sheets.push({ name, hidden, rows, merged, lastRow: await estimateLastRow(zip, part) })
  }
  return sheets
}

async function lookUp(zip: Package, book: XlsxWorkbook, wanted: Set<number>) {
  const found = new Map<number, string>()
  const last = Math.max(-1, ...wanted)
  let index = 0
  if (last < 0) return found
  for await (const part of sharedTexts(zip, book)) {
    for (const text of part) {
      if (wanted.has(index)) found.set(index, text)
      index++
    }
    if (index > last) break
  }
  return found
}

/** By the sheet's own statement of its range, else by the length of its first rows. */
async function estimateLastRow(zip: Package, part: string) {
  for await (const block of xmlBlocks(zip.chunks(part), 'row', 'sheetData')) {
    const stated = /<dimension[^>]*ref="[A-Z]+\d+:[A-Z]+(\d+)"/.exec(block.slice(0, 4096))?.[1]
    if (stated) return Math.min(Number(stated), limits.rows)
    const rows = block.split('</row>').length - 1
    return Math.min(Math.round((zip.sizeOf(part) / Math.max(block.length, 1)) * rows), limits.rows)
  }
  return 0
}
