import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  addDays,
  addMonths,
  beijingDay,
  beijingMinute,
  dayNumber,
  dayOfNumber,
  daysBetween,
  instantOf,
  isDay,
  lastDayOfMonth,
  monthsBetween,
  weekdayOf,
} from './days.ts'

const anyDay = fc.integer({ min: -30_000, max: 30_000 }).map(dayOfNumber)

test('days are counted over months, leap days and years', () => {
  expect(addDays('2020-02-28', 1)).toBe('2020-02-29')
  expect(addDays('2020-03-01', -1)).toBe('2020-02-29')
  expect(daysBetween('2019-12-31', '2020-03-01')).toBe(61)
  expect(dayNumber('1970-01-01')).toBe(0)
  expect(['2020-02-29', '2019-02-29', '2020-2-3', '2020-13-01'].map(isDay)).toEqual([
    true,
    false,
    false,
    false,
  ])
  expect(() => dayNumber('2020-02-30x')).toThrow('not a day: 2020-02-30x')
})

test('adding and counting are each other’s inverse, and weekdays go round', () => {
  fc.assert(
    fc.property(anyDay, fc.integer({ min: -20_000, max: 20_000 }), (day, days) => {
      expect(daysBetween(day, addDays(day, days))).toBe(days)
      expect(weekdayOf(addDays(day, days))).toBe((((weekdayOf(day) + days) % 7) + 7) % 7)
    }),
  )
  expect(weekdayOf('2020-03-09')).toBe(0)
})

test('a month without that day gives its last', () => {
  expect(addMonths('2020-01-31', 1)).toBe('2020-02-29')
  expect(addMonths('2020-08-31', 6)).toBe('2021-02-28')
  expect(addMonths('2020-03-31', -13)).toBe('2019-02-28')
  expect(addMonths('2019-11-30', 3)).toBe('2020-02-29')
  expect(monthsBetween('2020-03-20', '2020-09-19')).toBe(5)
  expect(monthsBetween('2020-03-20', '2020-09-20')).toBe(6)
  expect(lastDayOfMonth('2020-02')).toBe('2020-02-29')
  expect(lastDayOfMonth('2019-12-31')).toBe('2019-12-31')
})

test('the day of an instant is the day in China', () => {
  expect(beijingDay('2020-03-09T15:59:59.999Z')).toBe('2020-03-09')
  expect(beijingDay('2020-03-09T16:00:00Z')).toBe('2020-03-10')
  expect(beijingMinute('2020-03-09T23:30:00Z')).toBe('2020-03-10 07:30')
  expect(beijingMinute(new Date('2020-03-10T15:30:00Z'))).toBe('2020-03-10 23:30')
  expect(instantOf(addMonths('2020-03-31', -1)).toISOString()).toBe('2020-02-28T16:00:00.000Z')
  fc.assert(fc.property(anyDay, (day) => beijingDay(instantOf(day, '00:30')) === day))
  expect(() => instantOf('2020-03-10', '25:00')).toThrow('not a day and time')
})
