import type { WorkBook } from '@e965/xlsx'
import { unanswered } from '../cells.ts'

const formulaRecord = 0x0006
const sheetRecord = 0x0085
const beginsSheet = 0x0809
/** Asks to be calculated when the workbook is opened. */
const onOpening = 0x0002

interface FormulaCell {
  sheet: number
  row: number
  column: number
}

/**
 * Programs that write formulas and cannot calculate store 0 and ask for the result on opening; the library tells such a 0 from
 * no other. Where every formula of the workbook is like that, nobody has calculated it since. One office suite asks always, but its
 * results are not all 0.
 */
export function markUncalculated(book: WorkBook, stream: Buffer) {
  for (const { sheet, row, column } of uncalculatedCells(stream)) {
    const cell = book.Sheets[book.SheetNames[sheet] ?? '']?.['!data']?.[row]?.[column]
    if (cell) Object.assign(cell, { t: 's', v: unanswered('') })
  }
}

function uncalculatedCells(stream: Buffer): FormulaCell[] {
  const sheets: number[] = []
  const cells: FormulaCell[] = []
  let sheet = -1
  for (let at = 0; at + 4 <= stream.length; ) {
    const length = stream.readUInt16LE(at + 2)
    const record = stream.subarray(at + 4, at + 4 + length)
    switch (stream.readUInt16LE(at)) {
      case sheetRecord:
        if (length >= 4) sheets.push(record.readUInt32LE(0))
        break
      case beginsSheet:
        if (sheets.includes(at)) sheet = sheets.indexOf(at)
        break
      case formulaRecord:
        if (record.length < 16) break
        if (!(record.readUInt16LE(14) & onOpening) || record.readDoubleLE(6) !== 0) return []
        cells.push({ sheet, row: record.readUInt16LE(0), column: record.readUInt16LE(2) })
    }
    at += 4 + length
  }
  return cells
}
