import { Readable } from 'node:stream'
import { shownText } from '#contract/sheets/cell-text.ts'
import {
  type Cell,
  Counter,
  cellValue,
  isNumeric,
  type Sheet,
  type SheetColumn,
  sumRow,
} from '#contract/sheets/sheet.ts'

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }
const safe = (text: string) => text.replaceAll(/[&<>"]/g, (found) => entities[found] ?? found)

/** The whole list as a page for paper: every row and column, the head on each sheet; style and script are files beside it. */
export function printStream(sheet: Sheet, page: { language: 'zh' | 'en'; mark: string }): Readable {
  return Readable.from(pageText(sheet, page))
}

async function* pageText(
  sheet: Sheet,
  { language, mark }: { language: 'zh' | 'en'; mark: string },
): AsyncGenerator<string> {
  const { columns, rows, title = sheet.name, foot, sumWord } = sheet
  const counter = new Counter(columns)
  const heads = columns
    .map((column) => `<th scope="col"${classOf(column)}>${safe(column.head)}</th>`)
    .join('')
  yield `<!doctype html>
<html lang="${language === 'zh' ? 'zh-CN' : 'en'}"><head><meta charset="utf-8"><title>${safe(title)}</title>
<link rel="stylesheet" href="/print/print.css"><script defer src="/print/print.js"></script></head>
<body class="columns-${columns.length > 14 ? 'many' : 'few'}"><table><caption>${safe(title)}</caption>
<thead><tr>${heads}</tr></thead><tbody>`
  for await (const piece of rows) {
    for (const row of piece) counter.add(row)
    yield piece.map((row) => rowText(columns, row)).join('')
  }
  if (sumWord !== undefined) yield rowText(columns, sumRow(sheet, counter), 'sum')
  const lines = (foot?.(counter) ?? [mark]).map((line) => `<p>${safe(line)}</p>`)
  yield `</tbody></table><footer>${lines.join('')}</footer></body></html>\n`
}

const classOf = ({ kind }: SheetColumn) => (isNumeric(kind) ? ' class="number"' : '')

function rowText(columns: readonly SheetColumn[], row: readonly Cell[], name?: string): string {
  const cells = columns.map(
    (column, place) => `<td${classOf(column)}>${safe(shownText(column.kind, cellValue(row[place])))}</td>`,
  )
  return `<tr${name ? ` class="${name}"` : ''}>${cells.join('')}</tr>\n`
}
