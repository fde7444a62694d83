import type { AreaRisk } from '#contract/overview.ts'

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

/** Light to dark in one direction, told apart under every kind of colour blindness; the first stands for none. */
const steps = ['#eef3f1', '#fef0d9', '#fdcc8a', '#fc8d59', '#e34a33', '#b30000'] as const

export interface RiskScale {
  colour(rate: number): string
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
  return {
    colour(rate) {
      if (rate <= 0) return steps[0]
      const step = distinct.findIndex((bound) => rate <= bound)
      return colourAt((step === -1 ? distinct.length - 1 : step) + 1)
    },
    legend: distinct.map((upTo, step) => ({ upTo, colour: colourAt(step + 1) })),
  }
}
