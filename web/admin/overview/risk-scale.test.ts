import { expect, test } from 'vitest'
import type { AreaRisk } from '#contract/overview.ts'
import { rankAreas, riskRate, riskScale } from './risk-scale.ts'

function area(code: number, households: number, red: number, orange = 0, yellow = 0): AreaRisk {
  const openClues = red + orange + yellow
  return {
    code,
    name: String(code),
    level: 'county',
    households,
    red,
    orange,
    yellow,
    openClues,
    overdue: 0,
    lateFeeds: [],
  }
}

test('the rate counts red and orange clues over a hundred households; no household, no rate', () => {
  expect(riskRate(area(1, 200, 3, 7, 90))).toBe(5)
  expect(riskRate(area(1, 0, 0))).toBe(0)
})

test('densest first, but a handful of households cannot lead', () => {
  const ranked = rankAreas([area(1, 100, 5), area(2, 3, 3), area(3, 100, 9), area(4, 100, 5, 0, 4)])
  expect(ranked.map(({ code }) => code)).toEqual([3, 4, 1, 2])
})

test('a higher rate is never lighter, and none has a colour of its own', () => {
  const rates = Array.from({ length: 104 }, (_, i) => (i * 37) % 41)
  const scale = riskScale(rates)
  const order = [scale.colour(0), ...scale.legend.map(({ colour }) => colour)]
  const steps = rates.toSorted((a, b) => a - b).map((rate) => order.indexOf(scale.colour(rate)))
  expect(steps).toEqual(steps.toSorted((a, b) => a - b))
  expect(steps.filter((step) => step === 0)).toHaveLength(rates.filter((rate) => rate === 0).length)
  expect(new Set(order).size).toBe(order.length)
})

test('each step holds about as many places, and the legend ends at the highest', () => {
  const rates = Array.from({ length: 100 }, (_, i) => i + 1)
  const scale = riskScale(rates)
  expect(scale.legend.at(-1)?.upTo).toBe(100)
  for (const { colour } of scale.legend) {
    const held = rates.filter((rate) => scale.colour(rate) === colour).length
    expect(held).toBeGreaterThanOrEqual(15)
    expect(held).toBeLessThanOrEqual(25)
  }
})

test('with one rate only there is one step, with none there is none', () => {
  expect(riskScale([4, 4, 4]).legend).toHaveLength(1)
  expect(riskScale([0, 0]).legend).toEqual([])
})
