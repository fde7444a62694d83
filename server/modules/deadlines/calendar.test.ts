import { describe, expect, it } from 'vitest'
import { addDays } from '#contract/days.ts'
import { addWorkingDays, CalendarError, isWorkingDay, workCalendar } from './calendar.ts'

const calendar = workCalendar()
const worked = (day: string) => isWorkingDay(calendar, day)

describe('the working-day calendar', () => {
  it('knows the Spring Festival of 2020 with its extension to 2 February', () => {
    expect(['2020-01-18', '2020-01-19', '2020-01-23'].map(worked)).toEqual([false, true, true])
    const festival = Array.from({ length: 10 }, (_, i) => addDays('2020-01-24', i))
    expect(festival.map(worked)).toEqual(Array(10).fill(false))
    // 1 February was first to be worked, then the holiday was extended.
    expect(worked('2020-02-01')).toBe(false)
    expect(worked('2020-02-03')).toBe(true)
  })

  it.each([
    ['2020-01-22', 1, '2020-01-23'],
    ['2020-01-23', 1, '2020-02-03'],
    ['2020-01-23', 5, '2020-02-07'],
    ['2020-01-17', 1, '2020-01-19'],
    ['2020-01-17', 6, '2020-02-03'],
    ['2020-03-10', 5, '2020-03-17'],
    ['2020-04-24', 1, '2020-04-26'],
    ['2020-04-30', 3, '2020-05-08'],
    ['2020-05-08', 1, '2020-05-09'],
    ['2020-09-30', 2, '2020-10-10'],
    ['2019-12-31', 1, '2020-01-02'],
    ['2020-12-31', 1, '2021-01-04'],
    ['2021-02-10', 3, '2021-02-20'],
  ])('counts from %s %i working days to %s', (day, n, due) => {
    expect(addWorkingDays(calendar, day, n)).toBe(due)
  })

  it('starts from a day of rest too', () => {
    expect(addWorkingDays(calendar, '2020-03-14', 1)).toBe('2020-03-16')
  })

  it('has a whole year of each: between 248 and 252 working days', () => {
    for (const year of calendar.keys()) {
      let count = 0
      for (let day = `${year}-01-01`; day <= `${year}-12-31`; day = addDays(day, 1))
        if (worked(day)) count += 1
      expect(count, String(year)).toBeGreaterThanOrEqual(247)
      expect(count, String(year)).toBeLessThanOrEqual(253)
    }
  })

  it('refuses a year it does not know, and says what to add', () => {
    expect(() => worked('2018-05-05')).toThrow(CalendarError)
    expect(() => worked('2018-05-05')).toThrow('data/calendars/2018.yaml')
    const last = Math.max(...calendar.keys())
    expect(() => addWorkingDays(calendar, `${last}-12-30`, 20)).toThrow(CalendarError)
  })
})
