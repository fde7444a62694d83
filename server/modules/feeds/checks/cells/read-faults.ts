import type { Failure } from '../../definitions/rows/row-rule.ts'
import { fail } from './cells.ts'

const noResult = fail('formula-without-result')
const elsewhere = fail('memo-elsewhere')

/**
 * `#REF!`, `#N/A`, `#NAME?`, `#SPILL!` as every spreadsheet program writes them, `####` where a column was too narrow when it
 * was saved as text, and the numbered errors of domestic suites and LibreOffice (`Err:502`, `错误:502`).
 */
const errorValue = /^(?:#(?:n\/a|[a-z][a-z\d_/]{1,20}[!?]|getting_data)|#{2,}|(?:err|错误):\d{3})$/i

/** What the readers give for the memo of a dbf, whose text lies in a file of its own. */
const memo = '[备注字段]'

/** Behind the `=` of a formula that the readers found without a result; a text may begin with `=` by itself. */
const ofFormula = 0x2061
const plainAfterAll = /^=(?:"|[+-]?[\d.,]+[xX]?$|[^\x20-\x7e]*$)/

/** A formula that the readers found without a result. */
export const isUncalculated = (cell: string) =>
  cell.charCodeAt(0) === 0x3d && cell.charCodeAt(1) === ofFormula

/**
 * A formula nobody has calculated, asked of cells that begin with `=` as they came. In a csv nothing tells it from a text that looks
 * like one, so there it counts in columns of figures, dates and numbers alone; `="341221"` and `=20` are their own results.
 */
export function formulaFault(cell: string, isText: boolean): Failure | undefined {
  if (cell.charCodeAt(1) === ofFormula) return noResult
  return isText || plainAfterAll.test(cell) ? undefined : noResult
}

/**
 * Why a cleaned cell that is not empty says nothing. An error is no empty cell, for there was something to be said. Asked of every cell, so the first letter decides for nearly all.
 */
export function faultOf(cell: string): Failure | undefined {
  switch (cell.charCodeAt(0)) {
    case 0x23: // #
    case 0x45: // E
    case 0x65: // e
    case 0x9519: // 错
      return errorValue.test(cell) ? fail('cell-error', cell.slice(0, 24)) : undefined
    case 0x5b: // [
      return cell === memo ? elsewhere : undefined
    default:
      return undefined
  }
}
