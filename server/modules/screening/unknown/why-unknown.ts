import { sql } from 'kysely'
import { addDays } from '#contract/days.ts'
import type { Unknown } from '#contract/registry/unknown.ts'
import { findFeed } from '#server/modules/feeds/index.ts'
import {
  getParameter,
  type PolicyPack,
  resolveParameters,
  type Values,
} from '#server/modules/policy/index.ts'
import {
  comparisonsOf,
  evaluateRule,
  type Figures,
  indicatorsOf,
  type Rule,
} from '#server/modules/policy/rules/index.ts'
import type { Db } from '#server/platform/database/db.ts'
import type { HouseholdPlace } from '#server/platform/row-exchange.ts'
import { type Indicator, indicatorByName, indicators, subjectOf } from '../indicators/catalogue.ts'
import { listNewest, type Newest } from '../indicators/newest.ts'

/** Indicator → why it is unknown, of those that are. */
type Reasons = ReadonlyMap<string, readonly Unknown[]>

const nothing = { on: null, days: null, year: null, lastYear: null }

/** Why each figure of the household that is null is so, on a day; two queries whatever their number. */
export async function whyUnknown(
  db: Db,
  { county, householdId }: HouseholdPlace,
  figures: Figures,
  { pack, day }: { pack: PolicyPack; day: string },
): Promise<Reasons> {
  const unknown = indicators.filter(({ name, group }) => group !== 'registry' && figures[name] === null)
  if (unknown.length === 0) return new Map()
  const values = resolveParameters(pack, day, county * 1e6)
  const [reached, newest] = await Promise.all([
    listReached(db, county),
    listNewest(db, { county, householdId }, unknown, day),
  ])
  return new Map(
    unknown.map((indicator) => [
      indicator.name,
      reasonsOf(indicator, { reached, newest: newest.get(indicator.name), values, day }),
    ]),
  )
}

interface Known {
  reached: ReadonlyMap<string, string>
  newest: Newest | undefined
  values: Values
  day: string
}

function reasonsOf({ feeds, group, gap }: Indicator, { reached, newest, values, day }: Known): Unknown[] {
  const late = feeds.flatMap((feed): Unknown[] => {
    const on = reachedBy(reached, feed, subjectOf(group, feed))
    const isLate = on === null || addDays(on, getParameter(values, `feed.${feed}.maxAge`)) < day
    return isLate ? [{ ...nothing, why: 'late', what: nameOf(feed), on }] : []
  })
  if (late.length > 0) return late
  const what = nameOf(feeds[0] ?? 'member')
  const year = Number(day.slice(0, 4))
  if (!gap) return [{ ...nothing, why: 'part', what }]
  const last = newest?.newest ?? null
  if (gap.ofYear) {
    const lastYear = last === null ? null : Number(last.slice(0, 4))
    return [{ ...nothing, why: lastYear === year ? 'part' : 'never', what, year, lastYear }]
  }
  if (last === null) return [{ ...nothing, why: 'never', what }]
  const maxAge = gap.maxAge && getParameter(values, gap.maxAge)
  if (gap.from) return [{ ...nothing, why: 'open', what, on: last, days: newest?.days ?? null }]
  if (maxAge !== undefined && addDays(last, maxAge) <= day)
    return [{ ...nothing, why: 'old', what, on: last, days: maxAge }]
  return [{ ...nothing, why: gap.before ? 'before' : 'part', what }]
}

function reachedBy(reached: ReadonlyMap<string, string>, feed: string, subject: string | null) {
  const days = [reached.get(`${feed} `), reached.get(`${feed} ${subject ?? '*'}`)].flatMap((one) => one ?? [])
  return days.toSorted().at(-1) ?? null
}

/** Feed and subject → the day up to which it covers the county. */
async function listReached(db: Db, county: number): Promise<ReadonlyMap<string, string>> {
  const { rows } = await sql<{ feed: string; subject: string; reached: string }>`
    select feed, coalesce(subject, '*') as subject, max(covered_until) as reached from feed_coverage
    where county = ${county} group by grouping sets ((feed, subject), (feed))`.execute(db)
  return new Map(rows.map(({ feed, subject, reached }) => [`${feed} ${subject}`, reached]))
}

const nameOf = (feed: string) => findFeed(feed)?.name ?? { zh: feed, en: feed }

/** Rules that cannot be judged by the figures, each with why: what its figures lack, and what the policy has not set. */
export function whyUndecided(
  { rules, parameters }: PolicyPack,
  values: Values,
  figures: Figures,
  reasons: Reasons,
): { rule: Rule; because: Unknown[] }[] {
  return rules
    .filter((rule) => evaluateRule(rule, values, figures).outcome === 'cannot-judge')
    .map((rule) => {
      const looked = [...new Set(rule.cases.flatMap(({ when }) => indicatorsOf(when)))]
      const unset = rule.cases
        .flatMap(({ when }) => comparisonsOf(when))
        .flatMap(({ operand }) => {
          if (operand.kind !== 'parameter' || values.has(operand.parameter)) return []
          const what = parameters.get(operand.parameter)?.title
          return what ? [{ ...nothing, why: 'unset' as const, what }] : []
        })
      const lacking = looked
        .filter((name) => figures[name] === null && indicatorByName.has(name))
        .flatMap((name) => reasons.get(name) ?? [])
      return { rule, because: once([...unset, ...lacking]) }
    })
}

function once(reasons: readonly Unknown[]): Unknown[] {
  return [...new Map(reasons.map((one) => [JSON.stringify(one), one])).values()]
}
