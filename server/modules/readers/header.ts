import { cleanHeader } from './cells.ts'

export interface NumberedRow {
  rowNo: number
  cells: string[]
}

/** Between the parts of a header joined of several rows: 收入情况›工资性收入. */
export const headerJoint = '›'

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
  const widths = rows.map(filled).filter((width) => width > 1)
  const width = widths.sort((a, b) => a - b)[Math.floor((widths.length - 1) / 2)] ?? 1
  const candidates = rows.filter((row) => {
    const labels = new Set(row.cells.filter(isLabel)).size
    return filled(row) >= width * 0.6 && labels >= Math.min(2, width) && labels >= filled(row) * 0.8
  })
  const widest = Math.max(...candidates.map(filled))
  return candidates.find((row) => filled(row) >= widest * 0.8)
}

const filled = (row: NumberedRow) => row.cells.filter((cell) => cell !== '').length

/** The rows that name the columns together, and what they say. */
export interface HeaderBlock {
  /** Above it: titles, who reports, units. */
  titles: NumberedRow[]
  rows: NumberedRow[]
  /** The last row of the header; data begin below it. */
  rowNo: number
  /** By column position, unique; '' for a column without a header. */
  headers: string[]
}

/** Chinese tables head their columns in up to four rows: a group, its parts, their parts, the units. */
const mostRows = 4

/**
 * The header and what belongs to it above and below: a row of groups (收入支出情况 over three columns), rows merged down, a row of units.
 * A row joins the header where the columns are then better known, or where it can be nothing else.
 */
export function findHeaderBlock(
  rows: NumberedRow[],
  isKnown: (header: string) => boolean = () => false,
): HeaderBlock | undefined {
  const base = findHeader(rows, isKnown)
  if (!base) return undefined
  const at = rows.indexOf(base)
  let from = at
  let to = at
  const knownIn = (block: NumberedRow[]) =>
    joinHeaders(block.map(({ cells }) => cells)).filter(isKnown).length
  const adjoin = (upper: NumberedRow | undefined, lower: NumberedRow | undefined) =>
    upper !== undefined && lower !== undefined && lower.rowNo === upper.rowNo + 1
  while (to - from + 1 < mostRows && adjoin(rows[to], rows[to + 1])) {
    const block = rows.slice(from, to + 1)
    const next = rows[to + 1] ?? base
    if (!belongsBelow(block, next, isKnown, knownIn)) break
    to++
  }
  while (to - from + 1 < mostRows && adjoin(rows[from - 1], rows[from])) {
    const block = rows.slice(from, to + 1)
    const before = rows[from - 1] ?? base
    if (!belongsAbove(before, block, knownIn)) break
    from--
  }
  const block = rows.slice(from, to + 1)
  return {
    titles: rows.slice(0, from),
    rows: block,
    rowNo: block.at(-1)?.rowNo ?? base.rowNo,
    headers: headersOf(joinHeaders(block.map(({ cells }) => cells))),
  }
}

type Counting = (block: NumberedRow[]) => number

const unitCell =
  /^[(（[【〔]?(?:单位[:：]?)?(?:人民币)?[十百千万亿拾佰仟萬億]*[元圆角分][)）\]】〕]?(?:\/[^\d]{1,4})?$/
const isUnit = (cell: string) => unitCell.test(cell.replace(/\s/g, '')) || /^[-—/]+$/.test(cell)

function belongsBelow(
  block: NumberedRow[],
  next: NumberedRow,
  isKnown: (header: string) => boolean,
  knownIn: Counting,
): boolean {
  const cells = next.cells.filter((cell) => cell !== '')
  const otherUnit = /^[(（]?[户人亩个次%％岁天月年㎡吨][)）]?$/
  if (
    cells.some((cell) => unitCell.test(cell)) &&
    cells.every((cell) => isUnit(cell) || otherUnit.test(cell))
  )
    return true
  if (cells.length === 0 || !cells.every((cell) => isLabel(cell) || isUnit(cell))) return false
  if (knownIn([...block, next]) > knownIn(block)) return true
  // Names once more, as the codes of a national table below the captions.
  if (cells.filter(isKnown).length >= Math.max(2, cells.length / 2)) return true
  // A row of data says who it is about: something stands below the columns that are known.
  const above = joinHeaders(block.map((row) => row.cells))
  const last = block.at(-1)?.cells ?? []
  const isBelowKnown = next.cells.some(
    (cell, i) => cell !== '' && isKnown(above[i] ?? '') && cleanHeader(cell) !== cleanHeader(last[i] ?? ''),
  )
  return !isBelowKnown && above.some(isKnown) && cells.length >= 2
}

function belongsAbove(before: NumberedRow, block: NumberedRow[], knownIn: Counting): boolean {
  const cells = before.cells.filter((cell) => cell !== '')
  if (cells.length === 0 || !cells.every((cell) => isLabel(cell) || isUnit(cell))) return false
  // A label whose content stands in the next cell, who reports and in which unit, is a title.
  if (cells.some((cell) => /[:：]$|单位\s*[:：]/.test(cell))) return false
  if (cells.length === 1 && /表$|统计|汇总|名册|台账|清册|名单|花名册/.test(cells[0] ?? '')) return false
  if (knownIn([before, ...block]) > knownIn(block)) return true
  const [first = { rowNo: 0, cells: [] }] = block
  if (before.cells.findIndex((cell) => cell !== '') === 0 && cells.length === 1) return false
  // Cells merged down, which the reader filled.
  if (before.cells.some((cell, i) => cell !== '' && cell === first.cells[i])) return true
  const lower = first.cells.filter((cell) => cell !== '').map(cleanHeader)
  // It tells apart columns of one name, or says their unit.
  return (
    new Set(lower).size < lower.length ||
    (cells.length < lower.length && cells.some((cell) => /[元圆][)）\]】〕]|[万千百亿]元/.test(cell)))
  )
}

/**
 * Rows of a header as one: what stands above a column and in it, joined. A cell left empty to the right of a group belongs to the group,
 * where it has something below it; units come in brackets. A text that merged cells repeat stands once.
 */
export function joinHeaders(rows: readonly (readonly string[])[]): string[] {
  if (rows.length === 1) return (rows[0] ?? []).map(cleanHeader)
  const width = Math.max(0, ...rows.map((cells) => cells.length))
  const spread = rows.map((cells, at) => spreadGroups(rows, cells, at, width))
  return Array.from({ length: width }, (_, column) => {
    const parts: string[] = []
    let unit = ''
    for (const [at, cells] of spread.entries()) {
      const text = cleanHeader(cells[column] ?? '')
      if (text === '' || (at > 0 && /^[-—/]+$/.test(text))) continue
      if (at > 0 && unitCell.test(text)) unit = `(${text.replace(/^[(（[【〔]|[)）\]】〕]$/g, '')})`
      else if (parts.at(-1) !== text) parts.push(text)
    }
    return parts.join(headerJoint) + unit
  })
}

function spreadGroups(
  rows: readonly (readonly string[])[],
  cells: readonly string[],
  at: number,
  width: number,
): string[] {
  const below = (column: number) =>
    rows.slice(at + 1).some((lower) => (lower[column] ?? '') !== '' && !isUnit(lower[column] ?? ''))
  const above = (column: number) => rows.slice(0, at).map((upper) => upper[column] ?? '')
  let group = ''
  return Array.from({ length: width }, (_, column) => {
    const own = cells[column] ?? ''
    if (own !== '') group = below(column) ? own : ''
    // Another group begins above, or nothing stands below: the column has no part in this one.
    else if (above(column).some((cell) => cell !== '') || !below(column)) group = ''
    return own === '' ? group : own
  })
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
