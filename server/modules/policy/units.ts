import type { Unit } from '#contract/common.ts'

/** What a policy file writes, what we keep, and the factor between: 元 becomes 分, percent basis points. */
export const parameterUnits = {
  yuan: { keeps: 'fen', factor: 100 },
  percent: { keeps: 'bp', factor: 100 },
  litres: { keeps: 'litres', factor: 10 },
  days: { keeps: 'days', factor: 1 },
  'working-days': { keeps: 'working-days', factor: 1 },
  months: { keeps: 'months', factor: 1 },
  minutes: { keeps: 'minutes', factor: 1 },
  years: { keeps: 'years', factor: 1 },
  count: { keeps: 'count', factor: 1 },
} as const satisfies Record<string, { keeps: Unit | 'working-days' | 'years'; factor: number }>

export type ParameterUnit = keyof typeof parameterUnits

/** Stored units per written unit of an indicator. Litres are kept in tenths, so that 34.9 stays under 35. */
const indicatorFactors: Record<Unit, number> = {
  fen: 100,
  bp: 100,
  litres: 10,
  days: 1,
  count: 1,
  bool: 1,
  grade: 1,
  minutes: 1,
  months: 1,
}

export const grades = ['A', 'B', 'C', 'D'] as const

/** A figure as a policy file writes it, in the unit we keep; undefined when it does not fit the unit. */
export function toStored(unit: Unit, written: number | boolean | string): number | boolean | undefined {
  if (unit === 'bool') return typeof written === 'boolean' ? written : undefined
  if (unit === 'grade') {
    const place = (grades as readonly unknown[]).indexOf(written)
    return place < 0 ? undefined : place + 1
  }
  return typeof written === 'number' ? scale(written, indicatorFactors[unit]) : undefined
}

/** Undefined when the factor leaves a fraction: 5000.001 元 is a typing error, not a line. */
export function scale(written: number, factor: number): number | undefined {
  const scaled = Math.round(written * factor)
  return Math.abs(scaled - written * factor) < 1e-6 ? scaled : undefined
}

/** Back to what a person reads: 元, percent, litres. */
export function toWritten(unit: Unit, stored: number): number {
  return stored / indicatorFactors[unit]
}

const words: Record<Exclude<Unit, 'bool' | 'grade'>, { zh: string; en: (n: number) => string }> = {
  fen: { zh: ' 元', en: () => ' yuan' },
  bp: { zh: '%', en: () => '%' },
  litres: { zh: ' 升', en: (n) => (n === 1 ? ' litre' : ' litres') },
  days: { zh: ' 天', en: (n) => (n === 1 ? ' day' : ' days') },
  count: { zh: ' 人', en: (n) => (n === 1 ? ' member' : ' members') },
  minutes: { zh: ' 分钟', en: (n) => (n === 1 ? ' minute' : ' minutes') },
  months: { zh: ' 个月', en: (n) => (n === 1 ? ' month' : ' months') },
}

/** `620000` fen → `6,200 元`; yes/no and grades as people say them. */
export function describeFigure(unit: Unit, stored: number | boolean, locale: 'zh' | 'en'): string {
  if (typeof stored === 'boolean') {
    if (locale === 'zh') return stored ? '是' : '否'
    return stored ? 'yes' : 'no'
  }
  if (unit === 'grade') return grades[stored - 1] ?? String(stored)
  if (unit === 'bool') return describeFigure('bool', stored !== 0, locale)
  const number = toWritten(unit, stored)
  const text = number.toLocaleString('en-US', { maximumFractionDigits: 2 })
  return text + (locale === 'zh' ? words[unit].zh : words[unit].en(number))
}
