import { beijingMinute } from '../days.ts'
import type { CellKind, CellValue } from './sheet.ts'

const grouped = new Intl.NumberFormat('en-US', { maximumFractionDigits: 6 })
const money = new Intl.NumberFormat('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 })

const isInstant = (text: string) => !Number.isNaN(Date.parse(text))

/** A cell as text of a csv: figures without separators, that programs read. */
export function plainText(kind: CellKind, value: CellValue): string {
  if (value === null || value === undefined || value === '') return ''
  if (typeof value === 'number') {
    if (kind === 'money') return (value / 100).toFixed(2)
    return kind === 'percent' ? `${(value * 100).toFixed(1)}%` : String(value)
  }
  return kind === 'datetime' && isInstant(value) ? beijingMinute(value) : value
}

/** A cell as people read it on paper. */
export function shownText(kind: CellKind, value: CellValue): string {
  if (typeof value !== 'number') return plainText(kind, value)
  if (kind === 'money') return money.format(value / 100)
  return kind === 'int' || kind === 'number' ? grouped.format(value) : plainText(kind, value)
}
