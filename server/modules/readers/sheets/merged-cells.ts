import { limits } from '../limits.ts'
import { unreadable } from '../problems.ts'

/** A cell of several rows or columns; rows from 1 as the user counts them, columns from 0, both ends inside. */
export interface MergedRange {
  top: number
  bottom: number
  left: number
  right: number
}

/** Gathers what a sheet merges; no honest one merges more often than it has rows. */
export function collectRanges() {
  const ranges: MergedRange[] = []
  return {
    ranges,
    add(range: MergedRange) {
      if (range.bottom === range.top && range.right === range.left) return
      if (ranges.length >= limits.rows) throw unreadable('too-large', { what: 'merged', limit: limits.rows })
      ranges.push(range)
    },
  }
}

/**
 * Gives the rows of a merged cell what stands in its first row: people merge a name over the bills of that person. Only rows
 * below the header that hold something of their own are filled, in the leftmost column, for further right nothing was ever
 * written. Rows must come in their order; so must the ranges, which may be added to until their first row comes. Answers the
 * columns of the row that are one cell with rows above or below.
 */
export function fillDown(
  ranges: readonly MergedRange[],
  afterRow: number,
): (rowNo: number, cells: string[]) => number[] | undefined {
  let next = 0
  let open: { range: MergedRange; value: string }[] = []
  return (rowNo, cells) => {
    for (let range = ranges[next]; range && range.top <= rowNo; range = ranges[++next]) {
      if (range.bottom === range.top || range.top <= afterRow || range.left >= limits.columns) continue
      // A merged cell whose first row did not come is blank and has nothing to give.
      if (range.top === rowNo) open.push({ range, value: cells[range.left] ?? '' })
    }
    if (open.length === 0) return undefined
    open = open.filter(({ range, value }) => range.bottom >= rowNo && value !== '')
    for (const { range, value } of open) {
      if (range.top === rowNo) continue
      while (cells.length < range.left) cells.push('')
      if ((cells[range.left] ?? '') === '') cells[range.left] = value
    }
    return open.map(({ range }) => range.left)
  }
}

export const inOrder = (ranges: MergedRange[]) => ranges.sort((a, b) => a.top - b.top || a.left - b.left)
