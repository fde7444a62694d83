import type { Unit } from '#contract/common.ts'
import { beijingMinute } from '#contract/days.ts'
import { yuanText } from '#contract/money.ts'

const count = new Intl.NumberFormat('en-US')

/** 1284 → `1,284`. */
export function formatCount(value: number): string {
  return count.format(value)
}

/** 123450 fen → `1,234.50`. */
export const formatYuan = yuanText

/** +37, −4, ±0: a change since last week. */
export function formatChange(value: number): string {
  return value > 0 ? `+${count.format(value)}` : value < 0 ? `−${count.format(-value)}` : '±0'
}

/** A share of 0–1 as a percentage with one decimal. */
export function formatShare(share: number): string {
  return `${(share * 100).toFixed(1)}%`
}

/** 3,145,728 → `3.0 MB`. */
export function formatBytes(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`
  if (bytes < 2 ** 20) return `${(bytes / 1024).toFixed(0)} KB`
  if (bytes < 2 ** 30) return `${(bytes / 2 ** 20).toFixed(1)} MB`
  return `${(bytes / 2 ** 30).toFixed(1)} GB`
}

/** An instant as day and minute in China. */
export function formatInstant(instant: string): string {
  return beijingMinute(instant)
}

const yesNo = { zh: ['\u662f', '\u5426'], en: ['yes', 'no'] } as const
const grades = ['', 'A', 'B', 'C', 'D']
const unitText: Record<Unit, { zh: string; en: string }> = {
  fen: { zh: '\u5143', en: 'yuan' },
  days: { zh: '\u5929', en: 'days' },
  count: { zh: '\u4eba', en: 'people' },
  bool: { zh: '', en: '' },
  grade: { zh: '', en: '' },
  bp: { zh: '%', en: '%' },
  litres: { zh: '\u5347', en: 'litres' },
  minutes: { zh: '\u5206\u949f', en: 'minutes' },
  months: { zh: '\u4e2a\u6708', en: 'months' },
}

/** English says one otherwise than many. */
const oneOf: Record<string, string> = { people: 'person', days: 'day', months: 'month', minutes: 'minute' }

/** A figure in its unit: 1234500 fen → `12,345.00` yuan, grade 4 → `D`, 3000 bp → `30%`, litres come in tenths. */
export function formatFigure(value: number, unit: Unit, language: string): string {
  const many = unitText[unit][language === 'en-US' ? 'en' : 'zh']
  const name = value === 1 ? (oneOf[many] ?? many) : many
  if (unit === 'fen') return `${formatYuan(value)} ${name}`
  if (unit === 'grade') return grades[value] ?? String(value)
  if (unit === 'bp') return `${(value / 100).toFixed(value % 100 === 0 ? 0 : 1)}%`
  if (unit === 'litres') return `${value / 10} ${name}`
  if (unit === 'bool') return yesNo[language === 'en-US' ? 'en' : 'zh'][value ? 0 : 1]
  return `${formatCount(value)} ${name}`
}
