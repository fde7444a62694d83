import { InvalidArgumentError } from 'commander'
import { isDay } from '#contract/days.ts'

export function wholeNumber(text: string): number {
  const value = Number(text)
  if (!Number.isSafeInteger(value) || value < 0) throw new InvalidArgumentError('应为整数。')
  return value
}

export function day(text: string): string {
  if (!isDay(text)) {
    throw new InvalidArgumentError('应为日期，如 2020-03-10。')
  }
  return text
}

/** An instant with its zone, or a minute or second of a day in China. */
export function instant(text: string): Date {
  const [, day = '', time = '', seconds = ':00'] =
    /^(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d)(:\d\d(?:\.\d+)?)?$/.exec(text) ?? []
  const at = new Date(day === '' ? text : `${day}T${time}${seconds}+08:00`)
  const isInstant = day !== '' ? isDay(day) : /^\d{4}-\d\d-\d\dT.*(Z|[+-]\d\d:\d\d)$/.test(text)
  if (!isInstant || Number.isNaN(at.getTime()))
    throw new InvalidArgumentError('应为时刻，如 "2020-03-10 14:30"（北京时间）或 2020-03-10T06:30:00Z。')
  return at
}
