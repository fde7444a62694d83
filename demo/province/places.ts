import { readFileSync } from 'node:fs'
import path from 'node:path'
import { calibration, poorCounties } from './calibration.ts'

export interface Village {
  code: number
  name: string
}

export interface County {
  /** Six digits. */
  code: number
  name: string
  villages: Village[]
  /** Households of the province that live here. */
  households: number
}

const source = path.resolve(import.meta.dirname, '../../data/anhui-divisions.csv')

function readCounties(): County[] {
  const counties = new Map<number, County>()
  for (const line of readFileSync(source, 'utf8').split('\n').slice(1)) {
    const [code, , level, name = ''] = line.trim().split(',')
    if (!code) continue
    const county = Math.floor(Number(code) / 1e6)
    if (level === 'county') counties.set(county, { code: county, name, villages: [], households: 0 })
    if (level === 'village') counties.get(county)?.villages.push({ code: Number(code), name })
  }
  return [...counties.values()]
    .filter((county) => county.villages.length > 0)
    .toSorted((a, b) => a.code - b.code)
}

const isFuyang = (county: number) => Math.floor(county / 100) === 3412

/** Weights by poverty: a quarter for Fuyang, most of the rest for the other poor counties, a little for everyone. */
function weigh(counties: readonly County[], households: number): number[] {
  const { fuyangShare, poorCountiesShare, focus } = calibration
  const groups = [
    { share: fuyangShare, has: (code: number) => isFuyang(code) },
    { share: poorCountiesShare, has: (code: number) => !isFuyang(code) && poorCounties.has(code) },
    {
      share: 1 - fuyangShare - poorCountiesShare,
      has: (code: number) => !isFuyang(code) && !poorCounties.has(code),
    },
  ]
  const weights = counties.map(({ code, villages }) => {
    const group = groups.find(({ has }) => has(code))
    const total = counties.reduce((sum, one) => sum + (group?.has(one.code) ? one.villages.length : 0), 0)
    return ((group?.share ?? 0) * villages.length) / total
  })
  const at = counties.findIndex(({ code }) => code === focus.county)
  const own = weights[at] ?? 0
  if (households > focus.upTo || own >= focus.share) return weights
  // The focus county takes its share within Fuyang's quarter, which stays a quarter.
  const others = (fuyangShare - focus.share) / (fuyangShare - own)
  return weights.map((weight, i) => {
    if (i === at) return focus.share
    return isFuyang(counties[i]?.code ?? 0) ? weight * others : weight
  })
}

/** Largest remainders: whole numbers that add up, the same at every run. */
function share(total: number, weights: readonly number[]): number[] {
  const sum = weights.reduce((a, b) => a + b, 0)
  const exact = weights.map((weight) => (total * weight) / sum)
  const whole = exact.map(Math.floor)
  let left = total - whole.reduce((a, b) => a + b, 0)
  const order = exact
    .map((value, i) => ({ i, rest: value - Math.floor(value) }))
    .toSorted((a, b) => b.rest - a.rest || a.i - b.i)
  for (const { i } of order) {
    if (left-- <= 0) break
    whole[i] = (whole[i] ?? 0) + 1
  }
  return whole
}

/** The counties with their households and the villages these live in; every county gets some when there are enough. */
export function spreadHouseholds(households: number): County[] {
  const counties = readCounties()
  const base = households >= counties.length * 4 ? 2 : 0
  const counts = share(households - base * counties.length, weigh(counties, households))
  return counties
    .map((county, i) => {
      const count = (counts[i] ?? 0) + base
      const used = Math.min(county.villages.length, Math.ceil(count / calibration.householdsPerVillage))
      const step = county.villages.length / Math.max(1, used)
      return {
        ...county,
        households: count,
        villages: county.villages.filter((_, at) => Math.floor(at % step) === 0).slice(0, used),
      }
    })
    .filter((county) => county.households > 0)
}
