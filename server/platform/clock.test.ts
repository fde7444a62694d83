import { expect, test } from 'vitest'
import { dayMs } from '#contract/days.ts'
import { clockAt } from './clock.ts'

const at = (time: string) => new Date(`2026-12-01T${time}+08:00`).getTime()

test('a clock whose day is fixed tells the time of day outside', () => {
  const clock = clockAt('2020-03-10', { outside: () => at('07:30:00') })
  expect(clock.now()).toEqual(new Date('2020-03-10T07:30:00+08:00'))
  expect(clock.today()).toBe('2020-03-10')
})

test('it runs on as fast when midnight passes outside, and its day stays', () => {
  let outside = at('22:00:00')
  const clock = clockAt('2020-03-10', { outside: () => outside })
  expect(clock.now()).toEqual(new Date('2020-03-10T22:00:00+08:00'))
  outside = at('00:30:00') + dayMs
  expect(clock.now()).toEqual(new Date('2020-03-11T00:30:00+08:00'))
  outside += 3 * dayMs
  expect(clock.now()).toEqual(new Date('2020-03-14T00:30:00+08:00'))
  expect(clock.today()).toBe('2020-03-10')
})

test('it does not go back where the clock of the machine is set back', () => {
  let outside = at('10:00:00')
  const clock = clockAt('2020-03-10', { outside: () => outside })
  const before = clock.now()
  outside -= 60_000
  expect(clock.now()).toEqual(before)
  outside += 61_000
  expect(clock.now()).toEqual(new Date('2020-03-10T10:00:01+08:00'))
})

test('one that is opened after midnight goes on from where another stands', () => {
  let outside = at('22:00:00')
  const server = clockAt('2020-03-10', { outside: () => outside })
  outside = at('00:30:00') + dayMs
  const worker = clockAt('2020-03-10', { from: server.now().getTime(), outside: () => outside })
  outside += 1000
  expect(worker.now()).toEqual(server.now())
  expect(worker.now()).toEqual(new Date('2020-03-11T00:30:01+08:00'))
})
