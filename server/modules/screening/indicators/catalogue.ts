import type { IndicatorTerm } from '#server/modules/policy/rules/index.ts'
import type { GroupDefinition, IndicatorDefinition, RowSource } from './define.ts'
import { disability, epidemic, illness, insurance } from './definitions/health.ts'
import { cuts, dwelling, school, water } from './definitions/living.ts'
import { income, medical, rest, spending } from './definitions/money.ts'
import { assistance, employment, members, registry } from './definitions/people.ts'

const groups = {
  registry,
  members,
  income,
  medical,
  spending,
  rest,
  insurance,
  illness,
  epidemic,
  school,
  dwelling,
  water,
  cuts,
  assistance,
  disability,
  employment,
} as const satisfies Record<string, GroupDefinition>

export type IndicatorGroup = keyof typeof groups
export const indicatorGroups = Object.keys(groups) as IndicatorGroup[]

/** Feeds each group is computed from: a batch of one of them makes the group stale, a late one makes it unknown. */
export const groupFeeds = Object.fromEntries(
  Object.entries(groups).map(([group, { feeds }]) => [group, feeds]),
) as Readonly<Record<IndicatorGroup, readonly string[]>>

/** The subject of a feed that a group needs; null where whatever the feed brings covers it. */
export function subjectOf(group: IndicatorGroup, feed: string): string | null {
  const { subjects }: GroupDefinition = groups[group]
  return subjects?.[feed] ?? null
}

export interface Indicator extends IndicatorTerm, Omit<IndicatorDefinition, 'zh' | 'en'> {
  group: IndicatorGroup
}

/**
 * Every column of the `indicator` table that a rule may look at. The registry group is always known; in the others null
 * means that the source is late or has no data. Litres are tenths, grades 1–4.
 */
export const indicators: readonly Indicator[] = indicatorGroups.flatMap((group) =>
  groups[group].indicators.map(({ zh, en, ...definition }) => ({
    ...definition,
    group,
    label: { zh, en },
    feeds: groups[group].feeds,
  })),
)

export const indicatorByName: ReadonlyMap<string, Indicator> = new Map(
  indicators.map((one) => [one.name, one]),
)

/** The sources that groups rest on, each once however many groups use it. */
export function sourcesOf(of: readonly IndicatorGroup[]): ReadonlyMap<string, RowSource> {
  return new Map(of.flatMap((group) => Object.entries<RowSource>(groups[group].sources)))
}

/** Groups that go stale with these feeds. */
export function staleGroups(feeds: readonly string[]): IndicatorGroup[] {
  if (feeds.some((feed) => registryFeeds.includes(feed))) return indicatorGroups
  return indicatorGroups.filter((group) => groupFeeds[group].some((feed) => feeds.includes(feed)))
}

/** A batch of one of these may bring a household or a member that nothing was computed for yet. */
const registryFeeds = ['household', 'member']
