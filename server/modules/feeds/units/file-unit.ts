import { yuan } from '#contract/feeds/money-units.ts'
import { oneUnit } from './header-unit.ts'
import { statementOfHeader, unitOfName, unitStatements } from './unit-statements.ts'
import { readUnitWord, type UnitWord } from './unit-words.ts'

interface Row {
  rowNo: number
  cells: readonly string[]
}

/** A text of the file and where it stands; the cell is null for the name of the file or sheet. */
export interface Written {
  text: string
  cell: string | null
}

export type UnitProblemCode = 'unit-contradictory' | 'unit-unknown' | 'currency-foreign'

/** Why amounts of a file cannot be taken, with the cell; `other` is what it contradicts. */
export interface UnitProblem extends Written {
  code: UnitProblemCode
  other?: Written
}

/** The unit a file gives for all its amounts, as decimal places above fen. */
export interface FileUnit extends Written {
  digits: number
}

/** `F2`: the cell as spreadsheets name it. */
export function cellName(rowNo: number, column: number): string {
  let letters = ''
  for (let rest = column + 1; rest > 0; rest = Math.floor((rest - 1) / 26))
    letters = String.fromCharCode(65 + ((rest - 1) % 26)) + letters
  return `${letters}${rowNo}`
}

/** Gathers what parts of a file say of its unit; the first statement counts, and one that differs from it is a problem. */
export function openUnitReading(already: FileUnit | null = null) {
  let unit = already
  let problem: UnitProblem | null = null
  function take(word: UnitWord, place: Written) {
    if (problem) return
    if ('foreign' in word) problem = { code: 'currency-foreign', ...place }
    else if ('unknown' in word) problem = { code: 'unit-unknown', ...place }
    else if (unit === null) unit = { digits: word.digits, ...place }
    else if (unit.digits !== word.digits)
      problem = { code: 'unit-contradictory', ...place, other: { text: unit.text, cell: unit.cell } }
  }
  return {
    /** A title, a note, a signature. */
    row({ rowNo, cells }: Row) {
      for (const { word, text } of unitStatements(cells))
        take(word, { text, cell: cellName(rowNo, cells.indexOf(text)) })
    },
    /** A row that stands outside the sheet of the table: a title in a table of its own, a sheet of notes. */
    beside(cells: readonly string[], cell: string) {
      for (const { word, text } of unitStatements(cells)) take(word, { text, cell })
    },
    /** A column that is no amount itself, where its header speaks of the amounts. */
    header(text: string, cell: string) {
      for (const word of statementOfHeader(text)) take(word, { text, cell })
    },
    /** Of a sheet or a file. */
    name(text: string) {
      const words = unitOfName(text)
      const one = oneUnit(words, text)
      if ('problem' in one) problem ??= { code: one.problem, text, cell: null }
      else if (one.digits !== undefined) take({ digits: one.digits }, { text, cell: null })
    },
    /** A cell of a column that names currency or unit row by row; an organisation in a column headed 单位 says nothing. */
    cell(header: string, text: string, cell: string) {
      const isMoney = isMoneyUnitHeader(header)
      const word = readUnitWord(text, isMoney)
      if (word) take(word, { text, cell })
      else if (isMoney) take({ unknown: text }, { text, cell })
    },
    /** A remark of one row that names another unit than the file's: whether it is of that row or of all nobody can tell. */
    remark(text: string, cell: string) {
      if (!/单位\s*[:：为是]/.test(text)) return
      const differs = unitStatements([text]).some(
        ({ word }) => 'digits' in word && word.digits !== (unit?.digits ?? yuan),
      )
      if (!differs) return
      const other = { text: unit?.text ?? '', cell: unit?.cell ?? null }
      problem ??= { code: 'unit-contradictory', text, cell, other }
    },
    get unit() {
      return unit
    },
    get problem() {
      return problem
    },
  }
}

export type UnitReading = ReturnType<typeof openUnitReading>

const moneyUnitHeader =
  /^(?:币种|货币|货币种类|币别|币制|货币代码|(?:金额|货币|计价)单位|currency|ccy)(?:代码|名称)?$/i
const isMoneyUnitHeader = (header: string) =>
  moneyUnitHeader.test(header.normalize('NFKC').replace(/\s/g, ''))

/** Places of the columns that give the currency or the unit of each row. */
export function unitColumns(headers: readonly string[]): number[] {
  return headers.flatMap((header, at) =>
    isMoneyUnitHeader(header) || /^(?:计量)?单位$/.test(header.replace(/\s/g, '')) ? [at] : [],
  )
}
