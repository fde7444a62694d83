import type { z } from 'zod'
import { addDays } from '#contract/days.ts'
import type { SourceHealth } from '#contract/work/overview.ts'
import type { AreaScope } from '#server/modules/divisions/index.ts'
import { describeFeeds } from '#server/modules/feeds/index.ts'
import { getParameter, resolveParameters, type Values } from '#server/modules/policy/index.ts'
import { indicators, packOn } from '#server/modules/screening/index.ts'
import type { Db } from '#server/platform/database/db.ts'
import { countHeldBatches, listCounties, listCoverage } from './overview-queries.ts'

const judged: ReadonlySet<string> = new Set(indicators.flatMap(({ feeds }) => feeds))

const kept = { day: '', values: new Map<number, Values>() }

/** The policy in force in a county, kept for the day: 119 counties take 40 ms. */
function valuesOn(day: string, county: number): Values {
  if (kept.day !== day) {
    kept.day = day
    kept.values = new Map()
  }
  const values = kept.values.get(county) ?? resolveParameters(packOn(day), day, county)
  kept.values.set(county, values)
  return values
}

/** How current every feed is in the counties of an area that have households: late is what the rules take for late. */
export async function listSourceHealth(db: Db, area: AreaScope, today: string) {
  const counties = await listCounties(db, area)
  const [coverage, held] = await Promise.all([
    listCoverage(
      db,
      counties.map(({ code }) => code / 1e6),
    ),
    countHeldBatches(db, area),
  ])
  const until = new Map(
    coverage.map(({ feed, county, coveredUntil }) => [`${feed} ${county * 1e6}`, coveredUntil]),
  )
  const isLate = (feed: string, county: number) => {
    const covered = until.get(`${feed} ${county}`)
    return !covered || addDays(covered, getParameter(valuesOn(today, county), `feed.${feed}.maxAge`)) < today
  }
  const feeds = describeFeeds()
  const health: z.infer<typeof SourceHealth>[] = feeds.map(({ code, name, department, cadence }) => {
    const days = counties.flatMap((county) => until.get(`${code} ${county.code}`) ?? [])
    return {
      ...{ feed: code, name, department, cadence },
      coveredUntil: days.toSorted().at(-1) ?? null,
      counties: counties.length,
      lateCounties: counties.filter((county) => isLate(code, county.code)),
      heldBatches: held.get(code) ?? 0,
    }
  })
  const known = new Set(counties.map(({ code }) => code))
  return {
    health,
    /** Feeds some rule needs that are late in the county a division is, or lies in. */
    lateIn(division: number): string[] {
      const county = Math.floor(division / 1e6) * 1e6
      if (!known.has(county)) return []
      return feeds.map(({ code }) => code).filter((code) => judged.has(code) && isLate(code, county))
    },
  }
}
