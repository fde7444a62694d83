import { Parser } from 'htmlparser2'
import { AppError } from '#server/platform/errors.ts'
import type { StoredFile } from '#server/platform/files/file-store.ts'
import { findHeader, type NumberedRow } from '../header.ts'
import { limits } from '../limits.ts'
import { unreadable } from '../problems.ts'
import { collectRows, type SheetOfFile } from '../row-batches.ts'
import { countAttributes } from '../sheets/few-attributes.ts'
import { collectRanges } from '../sheets/merged-cells.ts'
import type { RowBatch } from '../types.ts'
import { htmlOfArchive } from './mht.ts'
import { readWhole } from './read-whole.ts'

/** Captions, headings, notes: more are a page of another kind. */
const textsKept = 200

interface HtmlRow {
  cells: string[]
  hidden: boolean
}

interface HtmlTable {
  rows: HtmlRow[]
  merged: ReturnType<typeof collectRanges>
  /** Columns from 0 that a cell of an earlier row reaches into, and the last row it reaches. */
  reaches: Map<number, number>
}

interface OpenCell {
  table: HtmlTable
  row: HtmlRow
  text: string
  /** The number Excel keeps beside what it shows. */
  number: string | undefined
  columns: number
  rows: number
}

/**
 * Tables of a page, in their order, those inside others by themselves. Pages that call themselves workbooks are whatever some
 * program found easy to write: cells are not closed, rows stand outside tables, entities are wrong. `texts` receives what stands around them.
 */
function tablesOf(html: string, texts: string[] = []): HtmlTable[] {
  const tables: HtmlTable[] = []
  const open: HtmlTable[] = []
  const cells: OpenCell[] = []
  let silent = 0
  let isInRow = false

  function openTable() {
    const table: HtmlTable = { rows: [], merged: collectRanges(), reaches: new Map() }
    tables.push(table)
    if (tables.length > limits.sheets * 50)
      throw unreadable('too-large', { what: 'tables', limit: limits.sheets * 50 })
    open.push(table)
    return table
  }
  function closeCell() {
    const cell = cells.pop()
    if (cell) place(cell)
  }
  /** Of the innermost table alone: a cell around it goes on behind it. */
  const inCell = () => cells.length > 0 && cells.at(-1)?.table === open.at(-1)

  const attributesOfTag = countAttributes()
  const parser = new Parser(
    {
      onopentagname: attributesOfTag.begin,
      onattribute: attributesOfTag.add,
      onopentag(name, attributes) {
        if (name === 'script' || name === 'style') silent++
        else if (name === 'table') openTable()
        else if (name === 'tr') {
          isInRow = true
          if (inCell()) closeCell()
          const table = open.at(-1) ?? openTable()
          if (table.rows.length >= limits.rows)
            throw unreadable('too-large', { what: 'rows', limit: limits.rows })
          table.rows.push({ cells: [], hidden: isHidden(attributes) })
        } else if (name === 'td' || name === 'th') {
          if (inCell()) closeCell()
          const table = open.at(-1) ?? openTable()
          const row = table.rows.at(-1) ?? { cells: [], hidden: false }
          if (table.rows.length === 0) table.rows.push(row)
          cells.push({
            table,
            row,
            text: '',
            number: attributes['x:num'] ?? attributes.sdval,
            columns: spanOf(attributes.colspan, limits.columns),
            rows: spanOf(attributes.rowspan, limits.rows),
          })
        } else if (name === 'br' || name === 'p' || name === 'div') note(cells.at(-1), '\n')
      },
      ontext(text) {
        if (silent > 0) return
        if (cells.length > 0) note(cells.at(-1), text)
        else if (text.trim() !== '' && texts.length < textsKept) texts.push(text.trim().slice(0, 200))
      },
      onclosetag(name) {
        if (name === 'script' || name === 'style') silent--
        else if ((name === 'td' || name === 'th') && inCell()) closeCell()
        else if (name === 'tr') {
          isInRow = false
          if (inCell()) closeCell()
        } else if (name === 'table') {
          isInRow = false
          if (inCell()) closeCell()
          open.pop()
        }
      },
    },
    { decodeEntities: true, lowerCaseTags: true, lowerCaseAttributeNames: true },
  )
  parser.write(html)
  // Where a program closes its cells and rows, one that is still open was cut.
  const isCut =
    (cells.length > 0 && /<\/td>/i.test(html)) ||
    (isInRow && /<\/tr>/i.test(html)) ||
    (open.length > 0 && /<html/i.test(html) && !/<\/(?:table|html)>/i.test(html))
  parser.end()
  if (isCut) throw unreadable('damaged', { missing: '</td>' })
  return tables.filter(({ rows }) => rows.some((row) => row.cells.some((cell) => cell.trim() !== '')))
}

const isHidden = ({ style = '', hidden }: Record<string, string>) =>
  hidden !== undefined || /display\s*:\s*none/i.test(style)

function note(cell: OpenCell | undefined, text: string) {
  if (!cell) return
  cell.text += text
  if (cell.text.length > limits.row)
    throw unreadable('row-too-long', { row: cell.table.rows.length, limit: limits.row })
}

/** `rowspan="0"` reaches to the end of the table; nonsense counts as one. */
function spanOf(stated: string | undefined, most: number) {
  const span = stated === undefined ? 1 : Number.parseInt(stated, 10)
  if (span === 0) return most
  return span > 0 ? Math.min(span, most) : 1
}

function place({ table, row, text, number, columns, rows }: OpenCell) {
  const { reaches, merged } = table
  const rowNo = table.rows.length
  let column = row.cells.length
  while ((reaches.get(column) ?? 0) >= rowNo) column++
  if (column >= limits.columns) return
  while (row.cells.length < column) row.cells.push('')
  const shown = text.replace(/[ \t]*\n\s*/g, '\n').trim()
  row.cells.push(number && isNumber(number) && isNumber(shown.replaceAll(',', '')) ? number : shown)
  const right = Math.min(column + columns, limits.columns) - 1
  while (row.cells.length <= right) row.cells.push('')
  const bottom = Math.min(rowNo + rows - 1, limits.rows)
  merged.add({ top: rowNo, bottom, left: column, right })
  if (bottom > rowNo) for (let i = column; i <= right; i++) reaches.set(i, bottom)
}

const isNumber = (text: string) => text.trim() !== '' && Number.isFinite(Number(text))

async function openTables(file: StoredFile, texts?: string[]): Promise<HtmlTable[]> {
  const bytes = await readWhole(file)
  return joinHeads(htmlOfArchive(bytes).flatMap((html) => tablesOf(html, texts)))
}

const numbered = ({ rows }: HtmlTable): NumberedRow[] =>
  rows.slice(0, 40).map(({ cells }, i) => ({ rowNo: i + 1, cells: [...cells] }))
const widthOf = ({ rows }: HtmlTable) => Math.max(...rows.slice(0, 40).map(({ cells }) => cells.length))

/** Titles, and heads that stay while the rows scroll, are tables of their own: they go with the table of their width. */
function joinHeads(tables: HtmlTable[]): HtmlTable[] {
  const joined: HtmlTable[] = []
  for (const table of tables) {
    const head = joined.at(-1)
    if (head && isHeadOf(head, table)) append(head, table)
    else joined.push(table)
  }
  return joined
}

const isHeadOf = (head: HtmlTable, table: HtmlTable) =>
  head.rows.length <= 4 &&
  widthOf(head) > 1 &&
  widthOf(head) === widthOf(table) &&
  findHeader(numbered(head))?.rowNo === head.rows.length

function append(head: HtmlTable, table: HtmlTable) {
  const above = head.rows.length
  for (const row of table.rows) head.rows.push(row)
  for (const { top, bottom, left, right } of table.merged.ranges)
    head.merged.add({ top: top + above, bottom: bottom + above, left, right })
}

const nameOf = (position: number) => `表${position + 1}`

export async function listHtmlTables(file: StoredFile) {
  const texts: string[] = []
  const tables = await openTables(file, texts)
  return tables.map((table, i) => ({
    name: nameOf(i),
    hidden: false,
    lastRow: table.rows.length,
    texts,
    merged: table.merged.ranges,
    batches: tableBatches(table, { name: null, headerRow: 0, offset: 0 }, false),
  }))
}

async function* tableBatches(
  { rows, merged }: HtmlTable,
  sheet: SheetOfFile,
  fills: boolean,
): AsyncGenerator<RowBatch> {
  const collected = collectRows(sheet, fills ? merged.ranges : [])
  for (const [i, { cells, hidden }] of rows.entries()) {
    collected.add(i + 1, [...cells], hidden)
    yield* collected.full()
  }
  yield* collected.rest()
}

export async function* readHtml(file: StoredFile, sheets: readonly SheetOfFile[]): AsyncGenerator<RowBatch> {
  const tables = await openTables(file)
  for (const sheet of sheets) {
    const table = sheet.name === null ? tables[0] : tables.find((_, i) => nameOf(i) === sheet.name)
    if (!table) throw new AppError('sheet-not-found', { sheet: sheet.name })
    yield* tableBatches(table, sheet, true)
  }
}
