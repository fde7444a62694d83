import { ofCountyAround, ofHousehold, ofWholeCounty } from './policies.ts'
import { append, everything, type Table } from './tables.ts'

/** Rows of a household: seen with it, and going with it when it moves. `app` is what requests may do with them. */
export const householdRows = (app: string, more: Partial<Table> = {}): Table => ({
  level: 'household',
  seen: ofHousehold(),
  follows: 'household',
  app,
  work: everything,
  ...more,
})

/** Rows that hang on one of those, by the column `by` on its `key`. */
export const partsOf = (through: string, by: string, app: string, key = 'id'): Table =>
  householdRows(app, { follows: { through, by, key } })

/** Differences that add up to what is counted of a county: seen by who sees all of it, added to by who changes any of it. */
export const tally: Table = {
  level: 'household',
  seen: ofWholeCounty,
  adds: ofCountyAround,
  app: append,
  work: everything,
}
