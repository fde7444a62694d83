import type { Projections, Tally } from '#server/platform/projections/definition.ts'

/** Households of the registry by category. */
export const householdTally: Tally = {
  table: 'household_tally',
  source: 'household',
  columns: ['county', 'registered', 'category', 'closed_on'],
  groups: { county: 'r.county', registered: 'r.registered', category: 'r.category' },
  sums: { households: '1' },
  where: 'r.closed_on is null',
}

/** Who came into a category and went out of it on a day; a spell of no days came and went at once and counts nowhere. */
export const categoryTally: Tally = {
  table: 'category_tally',
  source: 'category_spell',
  columns: [
    ...['county', 'category', 'risk', 'causes', 'members', 'from_on', 'until_on'],
    ...['opened_because', 'closed_because'],
  ],
  each: `cross join lateral (
    values (r.from_on, 'in', r.opened_because), (r.until_on, 'out', r.closed_because)) c (day, change, because)`,
  where: 'c.day is not null and r.until_on is distinct from r.from_on',
  groups: {
    county: 'r.county',
    day: 'c.day',
    category: 'r.category',
    risk: 'r.risk',
    cause: 'r.causes[1]',
    change: 'c.change',
    because: 'c.because',
  },
  sums: { households: '1', persons: 'r.members' },
}

export const registryProjections: Projections = { tallies: [householdTally, categoryTally], derived: [] }
