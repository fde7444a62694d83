import { cleanCell } from './cells.ts'
import type { RowBatch } from './types.ts'

export const rowsPerBatch = 2000

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
  function close() {
    if (current.rows.length > 0) done.push(current)
    current = { firstRowNo: 0, rows: [] }
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
      for (let i = 0; i < cells.length; i++) {
        const cell = cleanCell(cells[i] ?? '')
        cells[i] = cell
        if (cell !== '') filled = i + 1
      }
      if (filled === 0) return
      cells.length = filled
      const { length } = current.rows
      if (length >= rowsPerBatch || (length > 0 && current.firstRowNo + length !== rowNo)) close()
      if (current.rows.length === 0) current.firstRowNo = rowNo
      current.rows.push(cells)
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
