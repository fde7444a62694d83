import { type DayNumber, dayOf } from '#demo/province/days.ts'
import { Random } from '#demo/province/random.ts'
import { floodCounties, lives } from './calibration.ts'
import { stream } from './families/found.ts'
import type { Month } from './model.ts'

export interface WaterOfVillage {
  scarce: boolean
  project: string
  /** Days without water. */
  cuts: { from: DayNumber; to: DayNumber }[]
  failsFrom: DayNumber | null
  failsTo: DayNumber | null
}

/** What befalls many at once, and what things cost: the same for everybody who lives there. */
export interface World {
  seed: number
  /** Share of the people who fall ill of the epidemic. */
  infected: number
  /** Prices of a year against 2019. */
  prices(year: number): number
  /** What pork fetches in a month against 2018. */
  pork(month: Month): number
  /** Share of a harvest that the weather takes from a county. */
  hail(county: number, month: Month): number
  flooded(village: number): boolean
  water(village: number): WaterOfVillage
}

/** 2020-07-20, when the Huai was let into the polders. */
export const floodDay = dayOf(2020, 7, 20)
export const epidemicFrom: Month = 2020 * 12 + 1

export function openWorld(seed: number, households: number): World {
  const { cases } = lives.epidemic
  const waters = new Map<number, WaterOfVillage>()
  return {
    seed,
    infected: Math.min(0.01, Math.max(cases.share, cases.atLeast / (households * 2.6))),
    prices: (year) => lives.need.prices[Math.min(2022, Math.max(2017, year))] ?? 1,
    pork(month) {
      const autumn = 2019 * 12 + 7
      if (month < autumn) return month < 2019 * 12 + 2 ? 1 : 1.15
      return month < 2021 * 12 + 3 ? lives.farm.pork : 1.1
    },
    hail(county, month) {
      const random = new Random(seed, stream.county, county, month)
      if (random.chance(lives.farm.hail)) return 0.35 + random.unit() * 0.3
      return random.unit() * 0.12 - 0.06
    },
    flooded: (village) =>
      floodCounties.has(Math.floor(village / 1e6)) &&
      new Random(seed, stream.village, village, 2020).chance(lives.farm.flood.village),
    water(village) {
      const known = waters.get(village)
      if (known) return known
      const made = waterOf(new Random(seed, stream.village, village), village)
      // A neighbourhood looks at the same few villages again and again.
      if (waters.size > 4000) waters.clear()
      waters.set(village, made)
      return made
    },
  }
}

/** Works that fail in some month of the years, cuts that come in one summer or another. */
function waterOf(random: Random, village: number): WaterOfVillage {
  const { villageFails, villageCut, villageScarce } = lives.water
  const fails = random.chance(villageFails * 3)
  const failsFrom = dayOf(2019, 1, 20) + random.whole(0, 1000)
  const mended = random.chance(0.6)
  const cuts: WaterOfVillage['cuts'] = []
  for (const year of [2019, 2020, 2021]) {
    if (!random.chance(villageCut)) continue
    const kind = random.weighted([
      ['one', 45],
      ['many', 20],
      ['short', 35],
    ])
    const count = kind === 'many' ? 5 : kind === 'short' ? 3 : 1
    for (let i = 0; i < count; i++) {
      const length = kind === 'short' ? random.whole(1, 5) : random.whole(9, 14)
      const from = dayOf(year, 1, 20) + Math.floor((i * 320) / count) + random.whole(0, 30)
      cuts.push({ from, to: from + length - 1 })
    }
  }
  return {
    scarce: random.chance(villageScarce),
    project: `示例${Math.floor(village / 1000) % 1000}号水厂`,
    cuts,
    failsFrom: fails ? failsFrom : null,
    failsTo: fails && mended ? failsFrom + random.whole(45, 150) : null,
  }
}
