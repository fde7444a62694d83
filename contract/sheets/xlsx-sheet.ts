import {
  type Cell,
  type CellMark,
  type CellValue,
  Counter,
  columnWidth,
  isMarked,
  mostRows,
  type Sheet,
  type SheetCount,
  sumRow,
} from './sheet.ts'
import { cellXml, columnName, xmlText } from './xlsx-cells.ts'
import { styleOf } from './xlsx-styles.ts'

const start =
  '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n' +
  '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'

/** A list of choices as Excel's formula; the place of the list among the lists of the workbook. */
export type ChoiceRange = (choices: readonly string[]) => string

/** How many rows stand above the first of data. */
export const headRows = ({ title }: Sheet): number => (title === undefined ? 1 : 2)

function headXml(sheet: Sheet): string {
  const { columns, title } = sheet
  const rows = headRows(sheet)
  const cols = columns
    .map((column, place) => {
      const width = columnWidth(column)
      const style = styleOf(column.kind === 'digits' ? 'digits' : 'text')
      const styled = sheet.roomFor === undefined ? '' : ` style="${style}"`
      return `<col min="${place + 1}" max="${place + 1}" width="${width}" customWidth="1"${styled}/>`
    })
    .join('')
  const heads = columns.map(({ head, required }, place) => {
    const cell: Cell = required ? { value: head, mark: 'required' as CellMark } : head
    return cellXml(`${columnName(place)}${rows}`, 'text', cell, 'head')
  })
  const titled =
    title === undefined
      ? ''
      : `<row r="1" ht="26" customHeight="1">${cellXml('A1', 'text', { value: title, mark: 'title' })}</row>`
  return (
    `${start}<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr><sheetViews><sheetView workbookViewId="0">` +
    `<pane ySplit="${rows}" topLeftCell="A${rows + 1}" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>` +
    `<sheetFormatPr defaultRowHeight="16"/><cols>${cols}</cols><sheetData>${titled}` +
    `<row r="${rows}" ht="30" customHeight="1">${heads.join('')}</row>`
  )
}

function rowXml(number: number, sheet: Sheet, row: readonly Cell[], look?: 'sum'): string {
  let cells = ''
  for (const [place, { kind }] of sheet.columns.entries())
    cells += cellXml(`${columnName(place)}${number}`, kind, row[place], look)
  return `<row r="${number}">${cells}</row>`
}

function noteXml(number: number, text: string): string {
  return `<row r="${number}">${cellXml(`A${number}`, 'text', { value: text, mark: 'note' })}</row>`
}

/** What stands below the rows of data, and the end of the part. */
function endXml(sheet: Sheet, last: number, lines: readonly string[], ranges: ChoiceRange): string {
  const { columns, title, roomFor } = sheet
  const rows = headRows(sheet)
  const width = columnName(Math.max(0, columns.length - 1))
  const noted = last + (sheet.sumWord === undefined ? 0 : 1)
  const merged = [
    ...(title === undefined || columns.length < 2 ? [] : [`A1:${width}1`]),
    ...(columns.length < 2 ? [] : lines.map((_, k) => `A${noted + k + 1}:${width}${noted + k + 1}`)),
  ]
  const chosen = columns.flatMap(({ choices }, place) =>
    choices?.length
      ? [
          `<dataValidation type="list" allowBlank="1" showErrorMessage="0" ` +
            `sqref="${columnName(place)}${rows + 1}:${columnName(place)}${rows + (roomFor ?? 1000)}">` +
            `<formula1>${xmlText(ranges(choices))}</formula1></dataValidation>`,
        ]
      : [],
  )
  return (
    '</sheetData>' +
    `<autoFilter ref="A${rows}:${width}${Math.max(rows, last)}"/>` +
    (merged.length > 0
      ? `<mergeCells count="${merged.length}">${merged.map((ref) => `<mergeCell ref="${ref}"/>`).join('')}</mergeCells>`
      : '') +
    (chosen.length > 0
      ? `<dataValidations count="${chosen.length}">${chosen.join('')}</dataValidations>`
      : '') +
    '<pageMargins left="0.4" right="0.4" top="0.5" bottom="0.6" header="0.3" footer="0.3"/>' +
    '<pageSetup paperSize="9" orientation="landscape" fitToWidth="1" fitToHeight="0"/>' +
    '<headerFooter><oddFooter>&amp;C&amp;P / &amp;N</oddFooter></headerFooter>' +
    `<ignoredErrors><ignoredError sqref="A1:${width}1048576" numberStoredAsText="1"/></ignoredErrors></worksheet>`
  )
}

type Rows = AsyncIterator<readonly (readonly Cell[])[]>

/** Rows as they come, with what did not fit the sheet before. */
export class RowSource {
  readonly counter: Counter
  rest: readonly (readonly Cell[])[] = []
  isDone = false
  readonly #rows: Rows

  constructor({ rows, columns }: Sheet) {
    this.counter = new Counter(columns)
    this.#rows = iterate(rows)
  }

  async next(): Promise<readonly (readonly Cell[])[] | undefined> {
    if (this.rest.length > 0) {
      const { rest } = this
      this.rest = []
      return rest
    }
    const { done, value } = await this.#rows.next()
    this.isDone = done === true
    return this.isDone ? undefined : value
  }

  /** Lets what the rows come from end as well. */
  async close() {
    await this.#rows.return?.()
  }
}

async function* iterate(rows: Sheet['rows']) {
  yield* rows
}

const perPiece = 200

/** One sheet as XML, piece by piece: memory does not grow with its rows. */
export async function* sheetXml(
  sheet: Sheet,
  source: RowSource,
  ranges: ChoiceRange,
  rowsAtMost: number = mostRows,
): AsyncGenerator<string> {
  yield headXml(sheet)
  let last = headRows(sheet)
  const room = last + rowsAtMost
  for (let rows = await source.next(); rows; rows = await source.next()) {
    for (let from = 0; from < rows.length; from += perPiece) {
      const piece = rows.slice(from, Math.min(from + perPiece, from + room - last))
      let text = ''
      for (const row of piece) {
        // What shows how to fill it in is no row.
        if (!row.every((cell) => isMarked(cell) && cell.mark === 'example')) source.counter.add(row)
        text += rowXml(++last, sheet, row)
      }
      yield text
      if (last === room) {
        source.rest = rows.slice(from + piece.length)
        break
      }
    }
    if (last === room) break
  }
  const isEnd = source.isDone
  const count: SheetCount = source.counter
  const lines = isEnd ? (sheet.foot?.(count) ?? []) : []
  const sums: CellValue[] | undefined =
    isEnd && sheet.sumWord !== undefined ? sumRow(sheet, count) : undefined
  if (sums) yield rowXml(last + 1, sheet, sums, 'sum')
  const noted = last + (sums ? 1 : 0)
  for (const [k, line] of lines.entries()) yield noteXml(noted + k + 1, line)
  yield endXml(sums ? sheet : { ...sheet, sumWord: undefined }, last, lines, ranges)
}
