import type { Division } from '#contract/common.ts'
import type { AreaRisk } from '#contract/work/overview.ts'

/** Red and orange clues per hundred households. */
export function riskRate(area: AreaRisk): number {
  return area.households === 0 ? 0 : ((area.red + area.orange) / area.households) * 100
}

/** Below so many households one clue more or less would turn the ranking over; such places stand at its end, uncoloured. */
export const fewHouseholds = 30

/** Densest risk first; places with few households last. */
export function rankAreas(areas: readonly AreaRisk[]): AreaRisk[] {
  const isSmall = (area: AreaRisk) => Number(area.households < fewHouseholds)
  return areas.toSorted(
    (a, b) =>
      isSmall(a) - isSmall(b) || riskRate(b) - riskRate(a) || b.openClues - a.openClues || a.code - b.code,
  )
}

/** Counties summed up by the city they lie in; cities that have none are left out. */
export function sumByCity(counties: readonly AreaRisk[], cities: readonly Division[]): AreaRisk[] {
  const sums = new Map<number, AreaRisk>()
  for (const county of counties) {
    const city = cities.find(({ code }) => Math.floor(code / 1e8) === Math.floor(county.code / 1e8))
    if (!city) continue
    const sum = sums.get(city.code)
    sums.set(city.code, {
      ...city,
      households: (sum?.households ?? 0) + county.households,
      openClues: (sum?.openClues ?? 0) + county.openClues,
      overdue: (sum?.overdue ?? 0) + county.overdue,
      red: (sum?.red ?? 0) + county.red,
      orange: (sum?.orange ?? 0) + county.orange,
      yellow: (sum?.yellow ?? 0) + county.yellow,
      lateFeeds: [...new Set([...(sum?.lateFeeds ?? []), ...county.lateFeeds])],
    })
  }
  return [...sums.values()]
}

/** Light to dark in one direction, distinct under every kind of colour blindness; the first stands for none. */
const steps = ['#eef3f1', '#fef0d9', '#fdcc8a', '#fc8d59', '#e34a33', '#b30000'] as const

export const tooFewColour = '#cfd5db'

/** Whether white letters read better on this step. */
export function isDark(colour: string): boolean {
  return (steps as readonly string[]).indexOf(colour) >= 4
}

export interface RiskScale {
  colour(rate: number): string
  /** Grey where households are too few to judge by. */
  colourOf(area: AreaRisk): string
  /** Upper bound of each step and its colour, the first being none. */
  legend: { upTo: number; colour: string }[]
}

/** Five steps of about equal numbers of divisions, with rounded bounds, over the rates that are not zero. */
export function riskScale(rates: readonly number[]): RiskScale {
  const sorted = rates.filter((rate) => rate > 0).toSorted((a, b) => a - b)
  const bounds = [0.2, 0.4, 0.6, 0.8, 1].map((share) => {
    const at = sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0
    return share === 1 ? Math.ceil(at * 10) / 10 : Math.round(at * 10) / 10
  })
  const distinct = bounds.filter((bound, i) => bound > (bounds[i - 1] ?? 0))
  const colourAt = (step: number) => steps[Math.min(step, steps.length - 1)] ?? steps[0]
  function colour(rate: number): string {
    if (rate <= 0) return steps[0]
    const step = distinct.findIndex((bound) => rate <= bound)
    return colourAt((step === -1 ? distinct.length - 1 : step) + 1)
  }
  return {
    colour,
    colourOf: (area) => (area.households < fewHouseholds ? tooFewColour : colour(riskRate(area))),
    legend: distinct.map((upTo, step) => ({ upTo, colour: colourAt(step + 1) })),
  }
}
