import PizZip from 'pizzip'
import type { CellKind, CellValue, Sheet } from '#contract/sheets/sheet.ts'
import { cellXml, columnName } from '#contract/sheets/xlsx-cells.ts'
import { workbookParts } from '#contract/sheets/xlsx-parts.ts'
import { stylesXml } from '#contract/sheets/xlsx-styles.ts'

export interface FormColumn {
  key: string
  head: string
  kind: CellKind
  width?: number
}

/** A statistical table as offices send it up: title, who and when, the table with its sum, signatures, room for the seal. */
export interface StatisticalForm {
  title: string
  /** Left of the lines above the table: who fills it in, of when. */
  left: readonly string[]
  /** Right of them: number of the table, who made it, units. */
  right: readonly string[]
  columns: readonly FormColumn[]
  rows: readonly Readonly<Record<string, CellValue>>[]
  total: Readonly<Record<string, CellValue>>
  signatures: string
  seal: string
}

/** The form as a workbook of one sheet, ready for paper. */
export function formWorkbook(form: StatisticalForm): Buffer {
  const { columns, title } = form
  const last = columnName(columns.length - 1)
  const half = Math.max(1, Math.floor(columns.length / 2))
  const merged = [`A1:${last}1`]
  const rows: string[] = [rowXml(1, cellXml('A1', 'text', { value: title, mark: 'title' }), 30)]
  let at = 1
  for (const [k, left] of form.left.entries()) {
    at++
    const right = columnName(half)
    merged.push(`A${at}:${columnName(half - 1)}${at}`, `${right}${at}:${last}${at}`)
    rows.push(
      rowXml(
        at,
        cellXml(`A${at}`, 'text', { value: left, mark: 'line' }) +
          cellXml(`${right}${at}`, 'text', { value: form.right[k] ?? '', mark: 'line' }),
      ),
    )
  }
  at++
  const head = at
  rows.push(
    rowXml(
      at,
      columns
        .map(({ head: text }, place) => cellXml(`${columnName(place)}${at}`, 'text', text, 'head'))
        .join(''),
      32,
    ),
  )
  for (const [k, row] of [form.total, ...form.rows].entries()) {
    at++
    const look = k === 0 ? 'sum' : undefined
    rows.push(
      rowXml(
        at,
        columns
          .map(({ key, kind }, place) => cellXml(`${columnName(place)}${at}`, kind, row[key], look ?? 'cell'))
          .join(''),
      ),
    )
  }
  for (const text of [form.signatures, form.seal]) {
    at += 2
    merged.push(`A${at}:${last}${at}`)
    rows.push(rowXml(at, cellXml(`A${at}`, 'text', { value: text, mark: 'line' })))
  }
  const widths = columns
    .map(
      ({ width = 13 }, place) =>
        `<col min="${place + 1}" max="${place + 1}" width="${width}" customWidth="1"/>`,
    )
    .join('')
  const sheet =
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n' +
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>' +
    `<sheetViews><sheetView workbookViewId="0"><pane ySplit="${head}" topLeftCell="A${head + 1}" activePane="bottomLeft" ` +
    `state="frozen"/></sheetView></sheetViews><cols>${widths}</cols><sheetData>${rows.join('')}</sheetData>` +
    `<mergeCells count="${merged.length}">${merged.map((ref) => `<mergeCell ref="${ref}"/>`).join('')}</mergeCells>` +
    '<printOptions horizontalCentered="1"/><pageMargins left="0.5" right="0.5" top="0.6" bottom="0.6" header="0.3" footer="0.3"/>' +
    '<pageSetup paperSize="9" orientation="landscape" fitToWidth="1" fitToHeight="0"/></worksheet>'
  const headed: Sheet = { name: title, columns: [], rows: [] }
  const zip = new PizZip()
  for (const [path, text] of workbookParts([{ tab: title.slice(0, 31), sheet: headed }], stylesXml()))
    zip.file(path, text)
  zip.file('xl/worksheets/sheet1.xml', sheet)
  return zip.generate({ type: 'nodebuffer', compression: 'DEFLATE' })
}

const rowXml = (number: number, cells: string, height?: number) =>
  `<row r="${number}"${height === undefined ? '' : ` ht="${height}" customHeight="1"`}>${cells}</row>`
