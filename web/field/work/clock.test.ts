import { expect, it } from 'vitest'
import { offsetOf } from './clock.ts'

const hour = 3_600_000
const server = Date.parse('2020-03-10T02:00:00Z')

it('says how wrong the clock is, and leaves the days of a demonstration out', () => {
  expect(offsetOf(server + hour, server, false)).toEqual({ aheadMs: hour, shiftMs: 0 })
  expect(offsetOf(server - 49 * hour, server, false)).toEqual({ aheadMs: -49 * hour, shiftMs: 0 })
  const demo = offsetOf(server + 2000 * 24 * hour + hour, server, true)
  expect(demo).toEqual({ aheadMs: hour, shiftMs: 2000 * 24 * hour })
  expect(offsetOf(server + 2000 * 24 * hour - hour, server, true).aheadMs).toBe(-hour)
})
