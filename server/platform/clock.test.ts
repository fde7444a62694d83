import { expect, test } from 'vitest'
import { beijingDay, dayMs } from '#contract/days.ts'
import { clockAt } from './clock.ts'

const at = (time: string) => new Date(`2026-12-01T${time}+08:00`).getTime()

test('a clock whose day is fixed tells the time of day outside', () => {
  const clock = clockAt('2020-03-10', () => at('07:30:00'))
  expect(clock.now()).toEqual(new Date('2020-03-10T07:30:00+08:00'))
  expect(clock.today()).toBe('2020-03-10')
})

test('it does not go back when midnight passes outside, stays in its day, and catches up', () => {
  let outside = at('22:00:00')
  const clock = clockAt('2020-03-10', () => outside)
  expect(clock.now()).toEqual(new Date('2020-03-10T22:00:00+08:00'))
  outside = at('00:30:00') + dayMs
  expect(clock.now()).toEqual(new Date('2020-03-10T22:00:00.001+08:00'))
  expect(clock.now()).toEqual(new Date('2020-03-10T22:00:00.002+08:00'))
  outside = at('22:10:00') + dayMs
  expect(clock.now()).toEqual(new Date('2020-03-10T22:10:00+08:00'))
})

test('the last moment of the day is not passed', () => {
  let outside = at('23:59:59.999')
  const clock = clockAt('2020-03-10', () => outside)
  const last = clock.now()
  outside += 1
  expect([clock.now(), clock.now()]).toEqual([last, last])
  expect(beijingDay(last)).toBe('2020-03-10')
})
