import { enumerations, labelOf } from '#contract/enumerations/enumerations.ts'
import { dayText } from '../days.ts'
import type { Cell } from '../files/sheet.ts'
import type { Column } from './columns.ts'
import type { DateStyle, Look } from './looks.ts'

/** What a column of a row holds before it is written: days as day numbers, money in fen, enumerations as codes. */
export type Value = string | number | boolean | null | readonly string[]
export type Values = Readonly<Record<string, Value>>

export function writeDate(day: number, style: DateStyle): string {
  const text = dayText(day)
  const [year, month, of] = text.split('-').map(Number)
  switch (style) {
    case 'dash':
      return text
    case 'slash':
      return `${year}/${month}/${of}`
    case 'dot':
      return text.replaceAll('-', '.')
    case 'compact':
      return text.replaceAll('-', '')
    case 'chinese':
      return `${year}年${month}月${of}日`
  }
}

/** Money as yuan; whole amounts without decimals, as people type them. Ten thousands keep the yuan. */
function writeMoney(fen: number, unit: Look['moneyIn']): string {
  if (unit) return (fen / 1_000_000).toFixed(4)
  return fen % 100 === 0 ? String(fen / 100) : (fen / 100).toFixed(2)
}

function writeCode(column: Column, code: string, look: Look): string {
  const name = column.enumeration
  if (!name) return code
  const terms: Record<string, { zh: string; national?: string }> = enumerations[name]
  return (look.nationalCodes ? terms[code]?.national : undefined) ?? labelOf(name, code)
}

/** One cell as the department would write it; numbers stay numbers in workbooks. */
export function writeCell(column: Column, value: Value | undefined, look: Look, dates: DateStyle): Cell {
  if (value === null || value === undefined) return ''
  if (typeof value === 'boolean') return value ? '是' : '否'
  if (typeof value === 'object') return value.map((code) => writeCode(column, code, look)).join(',')
  switch (column.type) {
    case 'date':
      return writeDate(Number(value), dates)
    case 'month':
      return dayText(Number(value)).slice(0, 7)
    case 'money':
      return writeMoney(Number(value), look.moneyIn)
    case 'enumeration':
      return writeCode(column, String(value), look)
    case 'idNumber':
    case 'bankCard':
    case 'division':
    case 'disabilityCard':
      return look.wraps ? `="${value}"` : String(value)
    default:
      return typeof value === 'number' ? value : String(value)
  }
}
