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
