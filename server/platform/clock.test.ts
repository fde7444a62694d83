import { afterEach, expect, test, vi } from 'vitest'
import { dayMs } from '#contract/days.ts'
import { clockAt } from './clock.ts'

const outside = (time: string) => vi.setSystemTime(new Date(`2026-12-01T${time}+08:00`))
let passed = 0
const open = (from?: number) => clockAt('2020-03-10', from, () => passed)
afterEach(() => {
  passed = 0
  vi.useRealTimers()
})

test('a clock whose day is fixed tells the time of day outside', () => {
  outside('07:30:00')
  const clock = open()
  expect(clock.now()).toEqual(new Date('2020-03-10T07:30:00+08:00'))
  expect(clock.today()).toBe('2020-03-10')
})

test('it runs on as fast when midnight passes outside, and its day stays', () => {
  outside('22:00:00')
  const clock = open()
  passed += 2.5 * 3_600_000
  expect(clock.now()).toEqual(new Date('2020-03-11T00:30:00+08:00'))
  passed += 3 * dayMs
  expect(clock.now()).toEqual(new Date('2020-03-14T00:30:00+08:00'))
  expect(clock.today()).toBe('2020-03-10')
})

test('it neither goes back nor leaps where the clock of the machine is set', () => {
  outside('10:00:00')
  const clock = open()
  for (const time of ['09:00:00', '23:00:00']) {
    outside(time)
    passed += 1000
  }
  expect(clock.now()).toEqual(new Date('2020-03-10T10:00:02+08:00'))
})

test('one that is opened after midnight goes on from where another stands', () => {
  outside('22:00:00')
  const server = open()
  passed += 2.5 * 3_600_000
  const worker = open(server.now().getTime())
  passed += 1000
  expect(worker.now()).toEqual(server.now())
  expect(worker.now()).toEqual(new Date('2020-03-11T00:30:01+08:00'))
})

test('without being told otherwise it counts by itself', async () => {
  const clock = clockAt('2020-03-10')
  const first = clock.now()
  await vi.waitFor(() => expect(clock.now().getTime()).toBeGreaterThan(first.getTime()))
})
