import { type RawBuilder, sql } from 'kysely'

/**
 * What parts open warnings of the same level and day, the most pressing first: how far a figure is from its line, whichever side is
 * the bad one; who has waited longest; how many causes came together. One row for a household of `x` (county, household_id), to join
 * laterally; published table: `clue`.
 */
export const householdUrgency: RawBuilder<unknown> = sql`(
  select max(case when s.margin <= 0 then 1e6 else greatest(s.margin, 1 / s.margin) end) as margin,
    min(c.opened_on) as since, count(distinct c.cause) as causes
  from clue c left join signal s on s.county = c.county and s.id = c.strongest_signal
  where c.county = x.county and c.household_id = x.household_id and c.closed_on is null)`
