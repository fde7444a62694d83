import { expect, it } from 'vitest'
import type { FallLine } from '#demo/lives/index.ts'
import { scoreFalls, type Warning } from './falls.ts'

const fall = (householdNo: string, over: Partial<FallLine> = {}): FallLine => ({
  ...{ householdNo, county: 341221, fellOn: '2020-06-30', kind: 'line', cause: 'job', causeOn: '2020-03-01' },
  ...{ carriedOn: '2020-04-10', perHeadYuan: 4800, ...over },
})
const warning = (
  householdNo: string,
  openedOn: string,
  closedOn: string | null = null,
  of = 'R14',
): Warning => ({
  ...{ householdNo, openedOn, closedOn, of },
})
const from = '2020-01-01'

it('counts a fall as warned when a warning stood before it and was about its cause', () => {
  const falls = [
    fall('in time'),
    fall('ended long before', { causeOn: '2020-05-01' }),
    fall('raised after'),
    fall('stood since before the cause'),
    fall('never warned'),
  ]
  const signals = [
    warning('in time', '2020-05-01'),
    warning('ended long before', '2020-02-01', '2020-03-01'),
    warning('raised after', '2020-07-01'),
    warning('stood since before the cause', '2019-02-01'),
    warning('never fell', '2020-05-01'),
  ]
  const clues = signals.map((one) => ({ ...one, of: 'orange' }))
  const scored = scoreFalls({ falls, clues, signals, from })
  expect(scored).toMatchObject({ truth: 5, visible: 5, warned: 0.4, warnedOfAll: 0.4 })
  // 60 days after it was raised; 121 days after the cause, however long the warning had stood.
  expect(scored.medianLeadDays).toBe(121)
  expect(scored.byRule).toEqual([
    // Of four raised since falls count, the first and the second were followed by a fall.
    { id: 'R14', warned: 0.4, warnedOfAll: 0.4, medianLeadDays: 121, warnings: 4, followed: 0.5 },
  ])
  expect(scored.byLevel.map(({ id }) => id)).toEqual(['orange'])
  expect(scored.warningsPerFall).toBe(0.8)
  expect(scored.byCause).toEqual([{ id: 'job', truth: 5, visible: 5, warnedOfAll: 0.4 }])
})

it('sees a fall as visible when some source carried its cause a month before', () => {
  const falls = [
    fall('a', { carriedOn: '2020-05-31' }),
    fall('b', { carriedOn: '2020-06-01' }),
    fall('c', { carriedOn: null, causeOn: null, cause: 'drift' }),
    fall('before', { fellOn: '2019-12-31' }),
  ]
  const scored = scoreFalls({ falls, clues: [warning('c', '2020-06-01')], signals: [], from })
  expect(scored).toMatchObject({ truth: 3, visible: 1, warned: 0, warnedOfAll: 0.3333 })
})

it('makes one visit of all warnings that stand at once', () => {
  const clues = [
    warning('a', '2020-02-01', '2020-03-01'),
    warning('a', '2020-02-20', '2020-04-01'),
    warning('a', '2020-03-15', '2020-03-20'),
    warning('a', '2020-05-01', null),
    warning('a', '2020-05-20', '2020-06-01'),
    warning('b', '2019-05-01', null),
    warning('b', '2020-05-01', null),
  ]
  expect(scoreFalls({ falls: [fall('a')], clues, signals: [], from }).visitsPerFall).toBe(2)
})

it('has no share of nothing', () => {
  const scored = scoreFalls({ falls: [], clues: [], signals: [], from })
  expect(scored).toMatchObject({
    truth: 0,
    warned: null,
    warnedOfAll: null,
    medianLeadDays: null,
    warningsPerFall: null,
  })
})
