import { type RawBuilder, sql } from 'kysely'
import type { ClueFilter, ClueState } from '#contract/work/clues.ts'
import { inScope } from '#server/modules/access/index.ts'
import { isOverdueOn, overdueOn } from '#server/modules/deadlines/index.ts'
import { type AreaScope, areaScope } from '#server/modules/divisions/index.ts'
import { householdsFound, searchTerm } from '#server/modules/registry/households/index.ts'

export const openStates: readonly ClueState[] = ['new', 'dispatched', 'verifying']

/** What a filter selects, inside the area that both the account and the filter allow. */
export interface ClueQuery {
  area: AreaScope
  filter: ClueFilter
  today: string
  blindIndex: (text: string) => string
}

export function queryOf(
  { clock, vault }: { clock: { today(): string }; vault: { blindIndex(text: string): string } },
  scope: AreaScope,
  filter: ClueFilter,
): ClueQuery {
  const chosen = filter.area === undefined ? scope : areaScope(filter.area)
  const area = {
    from: Math.max(scope.from, chosen.from),
    to: Math.min(scope.to, chosen.to),
    grantee: scope.grantee ?? null,
  }
  return { area, filter, today: clock.today(), blindIndex: vault.blindIndex }
}

/** The clock of `clue c`: the last day of whoever has it now, the county while nobody else does. */
export const clueClock = { due: sql`c.next_due_on` }

/** What is overdue is found by its day, what is not by everything else. */
function overdueIs(wanted: boolean, today: string) {
  return wanted ? overdueOn(clueClock, today) : sql`not ${isOverdueOn(clueClock, today)}`
}

/** Those a list offers as facets; each is counted as if it were not chosen itself. */
export const facets = ['level', 'cause', 'state', 'rule', 'channel'] as const
export type FacetName = (typeof facets)[number]

/** Conditions on `clue c` that are no facet. */
export function wider({ area, filter, today, blindIndex }: ClueQuery): RawBuilder<unknown> {
  const all = [inScope(area, { village: 'c.village', county: 'c.county', household: 'c.household_id' })]
  if (filter.openedFrom) all.push(sql`c.opened_on >= ${filter.openedFrom}::date`)
  if (filter.openedTo) all.push(sql`c.opened_on <= ${filter.openedTo}::date`)
  if (filter.overdue !== undefined) all.push(overdueIs(filter.overdue, today))
  const term = searchTerm(filter.q ?? '', blindIndex)
  if (term) all.push(sql`(c.county, c.household_id) in (${householdsFound(term, area)})`)
  return sql.join(all, sql` and `)
}

/** Every condition on `clue c`. */
export function conditions(query: ClueQuery): RawBuilder<unknown> {
  const { level, cause, rule, channel } = query.filter
  const all = [wider(query), inStates(statesOf(query.filter))]
  if (level?.length) all.push(sql`c.level = any(${level}::text[])`)
  if (cause?.length) all.push(sql`c.cause = any(${cause}::text[])`)
  if (channel?.length) all.push(sql`c.channel = any(${channel}::text[])`)
  if (rule?.length) all.push(sql`c.rules && ${rule}::text[]`)
  return sql.join(all, sql` and `)
}

export function statesOf({ state }: ClueFilter): readonly ClueState[] {
  return state?.length ? state : openStates
}

/** Written as the partial indexes say it wherever it can be. */
function inStates(states: readonly ClueState[]): RawBuilder<unknown> {
  const isOpen = states.every((state) => openStates.includes(state))
  const exact = sql`c.state = any(${[...states]}::text[])`
  if (!isOpen) return exact
  return openStates.every((state) => states.includes(state))
    ? sql`c.closed_on is null`
    : sql`(c.closed_on is null and ${exact})`
}
