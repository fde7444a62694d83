import { dayMs, dayOfNumber } from '#contract/days.ts'

/** Days are counted from 1970-01-01, so that periods are subtractions. */
export type DayNumber = number

export function dayOf(year: number, month: number, day: number): DayNumber {
  return Date.UTC(year, month - 1, day) / dayMs
}

export function parseDay(text: string): DayNumber {
  return dayOf(Number(text.slice(0, 4)), Number(text.slice(5, 7)), Number(text.slice(8, 10)))
}

const texts = new Map<DayNumber, string>()

/** `YYYY-MM-DD`; the same few thousand days come again and again. */
export function dayText(day: DayNumber): string {
  let text = texts.get(day)
  if (text === undefined) {
    text = dayOfNumber(day)
    texts.set(day, text)
  }
  return text
}

const calendar = new Map<DayNumber, number>()

/** 20200310: compares and subtracts without any text. */
function datedNumber(day: DayNumber): number {
  let number = calendar.get(day)
  if (number === undefined) {
    number = Number(dayOfNumber(day).replaceAll('-', ''))
    calendar.set(day, number)
  }
  return number
}

export const yearOf = (day: DayNumber) => Math.floor(datedNumber(day) / 10_000)
export const monthOf = (day: DayNumber) => Math.floor(datedNumber(day) / 100) % 100

/** Months since year 0, for counting months. */
export const monthIndex = (day: DayNumber) => yearOf(day) * 12 + monthOf(day) - 1

export function monthStart(index: number): DayNumber {
  return dayOf(Math.floor(index / 12), (index % 12) + 1, 1)
}

/** Completed years of age on a day. */
export function ageOn(birth: DayNumber, day: DayNumber): number {
  return Math.floor((datedNumber(day) - datedNumber(birth)) / 10_000)
}
