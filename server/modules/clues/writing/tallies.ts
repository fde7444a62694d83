import type { Derived, Projections, Tally } from '#server/platform/projections/definition.ts'

/** Clues of a county in every state. */
export const clueTally: Tally = {
  table: 'clue_tally',
  source: 'clue',
  columns: ['county', 'level', 'cause', 'state', 'rules', 'channel'],
  groups: {
    county: 'r.county',
    level: 'r.level',
    cause: 'r.cause',
    state: 'r.state',
    rules: 'r.rules',
    channel: 'r.channel',
  },
  sums: { clues: '1' },
}

/** Clues by the days on which they were opened and closed. */
export const clueDayTally: Tally = {
  table: 'clue_day_tally',
  source: 'clue',
  columns: ['county', 'opened_on', 'closed_on'],
  each: `cross join lateral (values (r.opened_on, 'opened'), (r.closed_on, 'closed')) d (day, change)`,
  where: 'd.day is not null',
  groups: { county: 'r.county', day: 'd.day', change: 'd.change' },
  sums: { clues: '1' },
}

/** Households that have open clues at the end of a day. */
const clueSpanTally: Tally = {
  table: 'clue_span_tally',
  source: 'clue_span',
  columns: ['county', 'from_on', 'until_on', 'lifted'],
  each: 'cross join lateral (values (r.from_on, 1), (r.until_on, -1)) d (day, n)',
  where: 'd.day is not null',
  groups: { county: 'r.county', day: 'd.day', lifted: 'r.lifted' },
  sums: { households: 'd.n' },
}

const among = (due: string | null) => (due === null ? '' : `join ${due} using (county, household_id)`)

/** How many clues of a household are open. */
export const householdClues: Derived = {
  table: 'household_clues',
  columns: ['county', 'household_id', 'village', 'open_clues'],
  basis: 'clue',
  rows: (due) => `
    select county, household_id, max(village), count(*)::int from clue ${among(due)}
    where closed_on is null group by county, household_id`,
  tallies: [],
}

/**
 * Days on which a household had an open clue, parted where it was lifted out of poverty and not monitored. A clue that was closed and
 * taken up again counts as open in between, as in its list.
 */
export const clueSpans: Derived = {
  table: 'clue_span',
  columns: ['county', 'household_id', 'village', 'from_on', 'until_on', 'lifted'],
  basis: 'clue',
  rows: (due) => `
    with known as materialized (
      select county, household_id, max(village) as village, range_agg(daterange(opened_on, closed_on)) as days
      from clue ${among(due)} where closed_on is null or closed_on > opened_on group by county, household_id
    ), lifted as materialized (
      select s.county, s.household_id, s.village, range_agg(daterange(s.from_on, s.until_on)) as days
      from known join category_spell s using (county, household_id)
      where s.risk = 'none' and s.category in ('stable', 'unstable') and s.until_on is distinct from s.from_on
      group by s.county, s.household_id, s.village
    )
    select k.county, k.household_id, l.village, lower(d.days), upper(d.days), true
    from known k join lifted l using (county, household_id) cross join lateral unnest(k.days * l.days) d (days)
    union all
    select k.county, k.household_id, k.village, lower(d.days), upper(d.days), false
    from known k
      left join (select county, household_id, range_agg(days) as days from lifted group by county, household_id) l
        using (county, household_id)
      cross join lateral unnest(k.days - coalesce(l.days, '{}')) d (days)`,
  tallies: [clueSpanTally],
}

export const clueProjections: Projections = {
  tallies: [clueTally, clueDayTally],
  derived: [householdClues, clueSpans],
}
