import { cleanCell } from './cells.ts'
import { limits } from './limits.ts'
import { unreadable } from './problems.ts'
import { fillDown, type MergedRange } from './sheets/merged-cells.ts'
import type { RowBatch, RowFault } from './types.ts'

export const rowsPerBatch = 2000
/** Characters after which a batch is handed on, however few its rows. */
const charactersPerBatch = 4 * limits.row

/** Gathers cleaned rows into batches. Blank rows are left out and end a batch, so that row numbers stay the user's own. */
export interface RowCollector {
  /** Takes over `cells`. */
  add(rowNo: number, cells: string[], hidden?: boolean, fault?: RowFault): void
  /** Full batches gathered since the last call. */
  full(): RowBatch[]
  /** What is left at the end. */
  rest(): RowBatch[]
}

export interface SheetOfFile {
  name: string | null
  /** Rows up to and including this one are passed over. */
  headerRow: number
  /** Added to the row numbers, where the sheet is one of several. */
  offset: number
  /** For each column of the table its place in this sheet, -1 for none; left out where they are the same. */
  places?: readonly number[] | undefined
  /** False where it is known already. */
  mergesRows?: boolean | undefined
}

export function collectRows(
  { headerRow, offset, places, name }: SheetOfFile,
  ranges: readonly MergedRange[] = [],
): RowCollector {
  const fill = fillDown(ranges, headerRow)
  let done: RowBatch[] = []
  let current: RowBatch = { firstRowNo: 0, rows: [] }
  let characters = 0
  const where = (row: number) => (offset > 0 ? { row, sheet: name } : { row })
  function close() {
    if (current.rows.length > 0) done.push(current)
    current = { firstRowNo: 0, rows: [] }
    characters = 0
  }
  function full() {
    const ready = done
    done = []
    return ready
  }
  return {
    add(row, cells, hidden = false, fault = undefined) {
      if (row <= headerRow) return
      let filled = 0
      let total = 0
      for (let i = 0; i < cells.length; i++) {
        const cell = cleanCell(cells[i] ?? '')
        cells[i] = cell
        if (cell === '') continue
        filled = i + 1
        total += cell.length
        if (cell.length > limits.cell) {
          throw unreadable('cell-too-long', { ...where(row), column: i + 1, limit: limits.cell })
        }
      }
      if (filled === 0) return
      if (filled > limits.columns)
        throw unreadable('too-many-columns', { ...where(row), limit: limits.columns })
      if (total > limits.row) throw unreadable('row-too-long', { ...where(row), limit: limits.row })
      cells.length = filled
      const merged = ranges.length > 0 ? fill(row, cells) : undefined
      const rowNo = row + offset
      const { length } = current.rows
      if (
        length >= rowsPerBatch ||
        characters + total > charactersPerBatch ||
        (length > 0 && current.firstRowNo + length !== rowNo)
      )
        close()
      if (current.rows.length === 0) current.firstRowNo = rowNo
      if (merged && merged.length > 0) {
        current.merged ??= new Map()
        current.merged.set(
          current.rows.length,
          places ? merged.map((column) => places.indexOf(column)) : merged,
        )
      }
      if (fault !== undefined) {
        current.faults ??= new Map()
        current.faults.set(current.rows.length, fault)
      }
      current.rows.push(places ? places.map((place) => cells[place] ?? '') : cells)
      if (hidden) current.hidden = (current.hidden ?? 0) + 1
      characters += total
    },
    full,
    rest() {
      close()
      return full()
    },
  }
}

/** The first rows of a sheet with their numbers; stops reading after them. */
export async function firstRows(batches: AsyncIterable<RowBatch>, count: number) {
  const found: { rowNo: number; cells: string[] }[] = []
  for await (const { firstRowNo, rows } of batches) {
    for (const [i, cells] of rows.entries()) found.push({ rowNo: firstRowNo + i, cells })
    if (found.length >= count) break
  }
  return found.slice(0, count)
}

/** A sheet from its first row on, as inspection sees it. */
export const wholeSheet: SheetOfFile = { name: null, headerRow: 0, offset: 0 }
