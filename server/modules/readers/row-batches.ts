import { cleanCell } from './cells.ts'
import { limits } from './limits.ts'
import { unreadable } from './problems.ts'
import type { RowBatch } from './types.ts'

export const rowsPerBatch = 2000
/** Characters after which a batch is handed on, however few its rows. */
const charactersPerBatch = 4 * limits.row

/** Gathers cleaned rows into batches. Blank rows are left out and end a batch, so that row numbers stay the user's own. */
export interface RowCollector {
  /** Takes over `cells`. */
  add(rowNo: number, cells: string[]): void
  /** Full batches gathered since the last call. */
  full(): RowBatch[]
  /** What is left at the end. */
  rest(): RowBatch[]
}

export function collectRows(afterRow: number): RowCollector {
  let done: RowBatch[] = []
  let current: RowBatch = { firstRowNo: 0, rows: [] }
  let characters = 0
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
    add(rowNo, cells) {
      if (rowNo <= afterRow) return
      let filled = 0
      let total = 0
      for (let i = 0; i < cells.length; i++) {
        const cell = cleanCell(cells[i] ?? '')
        cells[i] = cell
        if (cell === '') continue
        filled = i + 1
        total += cell.length
        if (cell.length > limits.cell) {
          throw unreadable('cell-too-long', { row: rowNo, column: i + 1, limit: limits.cell })
        }
      }
      if (filled === 0) return
      if (filled > limits.columns) throw unreadable('too-many-columns', { row: rowNo, limit: limits.columns })
      if (total > limits.row) throw unreadable('row-too-long', { row: rowNo, limit: limits.row })
      cells.length = filled
      const { length } = current.rows
      if (
        length >= rowsPerBatch ||
        characters + total > charactersPerBatch ||
        (length > 0 && current.firstRowNo + length !== rowNo)
      )
        close()
      if (current.rows.length === 0) current.firstRowNo = rowNo
      current.rows.push(cells)
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
