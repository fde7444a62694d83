import { expect, test } from 'vitest'
import type { AreaRisk } from '#contract/work/overview.ts'
import { rankAreas, riskRate, riskScale, sumByCity, tooFewColour } from './risk-scale.ts'

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

test('each step has about as many places, and the legend ends at the highest', () => {
  const rates = Array.from({ length: 100 }, (_, i) => i + 1)
  const scale = riskScale(rates)
  expect(scale.legend.at(-1)?.upTo).toBe(100)
  for (const { colour } of scale.legend) {
    const inStep = rates.filter((rate) => scale.colour(rate) === colour).length
    expect(inStep).toBeGreaterThanOrEqual(15)
    expect(inStep).toBeLessThanOrEqual(25)
  }
})

test('with one rate only there is one step, with none there is none', () => {
  expect(riskScale([4, 4, 4]).legend).toHaveLength(1)
  expect(riskScale([0, 0]).legend).toEqual([])
})

test('cities sum up their counties, nothing lost and nothing counted twice', () => {
  const cities = [
    { code: 340100000000, name: 'A', level: 'city' as const },
    { code: 341200000000, name: 'B', level: 'city' as const },
    { code: 341800000000, name: 'C', level: 'city' as const },
  ]
  const summed = sumByCity(
    [
      { ...area(340102000000, 10, 1, 2, 3), lateFeeds: ['water'] },
      { ...area(340103000000, 20, 4, 5, 6), lateFeeds: ['water', 'income'] },
      area(341221000000, 7, 1),
    ],
    cities,
  )
  expect(summed).toEqual([
    { ...area(340100000000, 30, 5, 7, 9), name: 'A', level: 'city', lateFeeds: ['water', 'income'] },
    { ...area(341200000000, 7, 1), name: 'B', level: 'city' },
  ])
})

test('a place with few households is not rated, whatever its rate', () => {
  const scale = riskScale([5, 10, 20])
  expect(scale.colourOf(area(1, 29, 20))).toBe(tooFewColour)
  expect(scale.colourOf(area(1, 30, 6))).toBe(scale.colour(20))
  expect(scale.legend.map(({ colour }) => colour)).not.toContain(tooFewColour)
})
