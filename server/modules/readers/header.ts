import { cleanHeader } from './cells.ts'

export interface NumberedRow {
  rowNo: number
  cells: string[]
}

/** Text that could name a column: short, not a number or a date, not "填报单位：…". */
function isLabel(cell: string) {
  if (cell === '' || cell.length > 40) return false
  if (/[:：].+/.test(cell)) return false
  return !/^[\d\s.,:/\\+\-年月日%％￥¥]+$/.test(cell) && !/^\d{6,}/.test(cell)
}

/**
 * The row that names the columns: titles above it fill one or few cells, rows below it hold values. Where headers are known
 * to a feed they decide. Undefined where no row could be a header.
 */
export function findHeader(rows: NumberedRow[], isKnown: (header: string) => boolean = () => false) {
  const known = rows.map(({ cells }) => cells.filter((cell) => isKnown(cleanHeader(cell))).length)
  const most = Math.max(0, ...known)
  if (most >= 2) return rows[known.indexOf(most)]
  const filled = (row: NumberedRow) => row.cells.filter((cell) => cell !== '').length
  const widths = rows.map(filled).filter((width) => width > 1)
  const width = widths.sort((a, b) => a - b)[Math.floor((widths.length - 1) / 2)] ?? 1
  const candidates = rows.filter((row) => {
    const labels = new Set(row.cells.filter(isLabel)).size
    return filled(row) >= width * 0.6 && labels >= Math.min(2, width) && labels >= filled(row) * 0.8
  })
  const widest = Math.max(...candidates.map(filled))
  return candidates.find((row) => filled(row) >= widest * 0.8)
}

/** Headers by position; a repeated one gets its number, so that a mapping by header is unambiguous. */
export function headersOf(cells: string[]) {
  const seen = new Map<string, number>()
  return cells.map((cell) => {
    const header = cleanHeader(cell)
    const count = (seen.get(header) ?? 0) + 1
    seen.set(header, count)
    return header === '' || count === 1 ? header : `${header}(${count})`
  })
}
