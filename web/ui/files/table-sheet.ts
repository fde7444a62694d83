import type { CellKind, CellValue, Sheet, SheetColumn } from '#contract/sheets/sheet.ts'

/** A table of the page as text: a line of heads, and rows. */
export interface TableText {
  heads: string[]
  rows: string[][]
}

const hidden = '.visually-hidden, .no-print, button, svg, [aria-hidden="true"]'

function textOf(cell: HTMLElement): string {
  const copy = cell.cloneNode(true) as HTMLElement
  for (const one of copy.querySelectorAll(hidden)) if (!one.closest('a')) one.remove()
  // A line below the first is a remark of its own.
  for (const sub of copy.querySelectorAll('.sub')) sub.prepend(' ')
  return (copy.textContent ?? '').replaceAll(/\s+/g, ' ').trim()
}

/** A row laid out by its spans: what covers several columns stands in each of them. */
function layOut(rows: readonly HTMLTableRowElement[]): string[][] {
  const laid: string[][] = rows.map(() => [])
  for (const [at, row] of rows.entries()) {
    let place = 0
    for (const cell of row.cells) {
      while (laid[at]?.[place] !== undefined) place++
      const text = textOf(cell)
      for (let down = 0; down < cell.rowSpan && at + down < laid.length; down++)
        for (let along = 0; along < cell.colSpan; along++) {
          const line = laid[at + down]
          if (line) line[place + along] = text
        }
      place += cell.colSpan
    }
  }
  return laid
}

/** A table as it stands on the page; heads of several rows are joined, and columns that only act are left out. */
export function readTable(table: HTMLTableElement): TableText {
  const heads = layOut([...(table.tHead?.rows ?? [])])
  const bodies = [...table.tBodies].flatMap((body) => [...body.rows])
  const rows = layOut([...bodies, ...(table.tFoot?.rows ?? [])])
  const width = Math.max(0, ...heads.map(({ length }) => length), ...rows.map(({ length }) => length))
  const joined = Array.from({ length: width }, (_, place) =>
    [...new Set(heads.map((line) => line[place] ?? '').filter(Boolean))].join(' '),
  )
  const kept = joined.flatMap((head, place) => (head !== '' || rows.some((row) => row[place]) ? [place] : []))
  const only = (line: readonly string[]) => kept.map((place) => line[place] ?? '')
  return { heads: only(joined), rows: rows.map(only) }
}

const figure = /^[-−+]?[\d,]+(?:\.\d+)?$/
const share = /^[-−+]?[\d,]*\.?\d+%$/
const numberOf = (text: string) => Number(text.replaceAll(',', '').replace('−', '-').replace('%', ''))
const isBlank = (text: string) => text === '' || text === '–' || text === '—'

/** What a column holds: figures where every cell of it is one. */
function kindOf(cells: readonly string[]): CellKind {
  const filled = cells.filter((cell) => !isBlank(cell))
  if (filled.length === 0) return 'text'
  if (filled.every((cell) => figure.test(cell) && !/^0\d/.test(cell) && cell.length < 15))
    return filled.some((cell) => cell.includes('.')) ? 'number' : 'int'
  if (filled.every((cell) => share.test(cell))) return 'percent'
  return filled.every((cell) => /^\d{4}-\d\d-\d\d$/.test(cell)) ? 'date' : 'text'
}

function cellOf(kind: CellKind, text: string): CellValue {
  if (kind === 'text' || kind === 'date') return text
  if (isBlank(text)) return null
  return kind === 'percent' ? numberOf(text) / 100 : numberOf(text)
}

/** The table as one sheet, with who took it below. */
export function sheetOfTable({ heads, rows }: TableText, title: string, foot: readonly string[]): Sheet {
  const columns: SheetColumn[] = heads.map((head, place) => ({
    head,
    kind: kindOf(rows.map((row) => row[place] ?? '')),
  }))
  return {
    name: title,
    title,
    columns,
    rows: [rows.map((row) => columns.map(({ kind }, place) => cellOf(kind, row[place] ?? '')))],
    foot: () => foot,
  }
}
