import { expect, it } from 'vitest'
import { dayMs } from '#contract/days.ts'
import {
  afterFailure,
  afterSending,
  awoken,
  nextItem,
  nextTurn,
  type OutboxItem,
  type PhotoItem,
  type ReportItem,
  retried,
  waitMs,
} from './outbox.ts'

const common = {
  visit: 'v1',
  household: '张家',
  state: 'waiting',
  attempts: 0,
  nextAt: 0,
  reason: null,
  madeAt: '2020-03-10T01:00:00Z',
  sentAt: null,
} as const
const photo = (more: Partial<PhotoItem> = {}): PhotoItem => ({
  ...common,
  id: 'p1',
  kind: 'photo',
  size: 90_000,
  sha256: 'ff',
  sentBytes: 0,
  ...more,
})
const report = (more: Partial<ReportItem> = {}): ReportItem => ({
  ...common,
  id: 'r1',
  kind: 'report',
  version: 1,
  report: null,
  present: null,
  ...more,
})

it('waits longer with every failure, never longer than five minutes, never all phones at once', () => {
  expect([1, 2, 3, 4].map((n) => waitMs(n, () => 1))).toEqual([2000, 4000, 8000, 16_000])
  expect(waitMs(50, () => 1)).toBe(300_000)
  expect(waitMs(3, () => 0)).toBe(4000)
  expect(waitMs(0, () => 1)).toBe(2000)
})

it('sends reports before photos, and blocks the photos of a report that is not there yet', () => {
  expect(nextItem([photo(), report()], 0)?.id).toBe('r1')
  expect(nextItem([photo(), report({ state: 'conflict' })], 0)).toBeUndefined()
  expect(nextItem([photo({ visit: 'v2' }), report({ state: 'conflict' })], 0)?.id).toBe('p1')
  const later = [photo(), report({ nextAt: 900 })]
  expect([nextItem(later, 0), nextTurn(later, 0)]).toEqual([undefined, 900])
  expect(nextTurn([photo(), report({ state: 'conflict' })], 0)).toBeUndefined()
  expect(nextItem([photo(), report({ state: 'failed' })], 0)?.id).toBe('p1')
  expect(nextItem([photo({ nextAt: 500 })], 499)).toBeUndefined()
  expect(nextItem([photo({ nextAt: 500 })], 500)?.id).toBe('p1')
  expect(nextItem([photo({ state: 'failed' }), report({ state: 'sent' })], 0)).toBeUndefined()
  expect(nextTurn([photo({ nextAt: 500, visit: 'v2' }), report({ nextAt: 700 })], 0)).toBe(500)
  expect(nextTurn([report({ state: 'sent' })], 0)).toBeUndefined()
})

it('waits for no clock that was set back by a year', () => {
  const year = 365 * dayMs
  expect(nextItem([photo({ nextAt: year })], 0)?.id).toBe('p1')
  expect(nextTurn([photo({ nextAt: year })], 7)).toBe(7)
})

it('tries again what passes, asks a person about the rest', () => {
  const code = (item: OutboxItem, failure: string) => afterFailure(item, { code: failure }, 1000, () => 1)
  expect(code(report(), 'offline')).toMatchObject({ state: 'waiting', attempts: 1, nextAt: 3000 })
  expect(code(report(), 'bad-request')).toMatchObject({ state: 'failed', reason: 'bad-request' })
  expect(code(report(), 'not-signed-in')).toMatchObject({ state: 'waiting', attempts: 0 })
  expect(afterFailure(report(), { code: 'too-many-requests', seconds: 30 }, 0, () => 0)).toMatchObject({
    nextAt: 30_000,
  })
  expect(code(report(), 'visit-changed')).toMatchObject({ state: 'conflict' })
})

it('goes on where the server stands, and begins a damaged photo anew, three times at most', () => {
  expect(afterFailure(photo(), { code: 'photo-offset', received: 32_768 }, 0)).toMatchObject({
    state: 'waiting',
    sentBytes: 32_768,
  })
  const half = photo({ sentBytes: 65_536 })
  expect(afterFailure(half, { code: 'photo-wrong' }, 0)).toMatchObject({ state: 'waiting', sentBytes: 0 })
  expect(afterFailure({ ...half, attempts: 2 }, { code: 'photo-wrong' }, 0)).toMatchObject({
    state: 'failed',
  })
})

it('survives a kill in the middle and forgets the content of what was taken', () => {
  expect(awoken(photo({ state: 'sending', nextAt: 9 }))).toMatchObject({ state: 'waiting', nextAt: 0 })
  expect(awoken(photo({ state: 'failed' })).state).toBe('failed')
  expect(retried(photo({ state: 'failed', attempts: 7 }))).toMatchObject({ state: 'waiting', attempts: 0 })
  expect(retried(report({ state: 'conflict' })).state).toBe('conflict')
  expect(afterSending(report(), 'now')).toMatchObject({ state: 'sent', report: null })
})
