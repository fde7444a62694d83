/**
 * A table of differences: added up over `groups`, its `sums` are what counting the rows of `source` gives. Whoever changes those rows
 * leaves the difference in the same statement; a tally is only ever added to, so that nobody waits for anybody. All expressions are
 * SQL over `r`, a row of the source.
 */
export interface Tally {
  table: string
  source: string
  /** Columns of the source the expressions read; `county` always. */
  columns: readonly string[]
  /** Column of the tally → what it is of a row. */
  groups: Readonly<Record<string, string>>
  /** Column of the tally → what of a row is added up. */
  sums: Readonly<Record<string, string>>
  /** Joins that make several countable things of one row. */
  each?: string
  where?: string
}

/**
 * Rows that follow from all rows of a household in other tables; made anew for the households that are due, as the last step of the
 * transaction that changed them.
 */
export interface Derived {
  table: string
  /** `county` and `household_id` first. */
  columns: readonly string[]
  /** A household without rows there has none here. */
  basis: string
  /** The rows as they should be, of the households of a relation (county, household_id), or of all. */
  rows(due: string | null): string
  /** What is counted of these rows. */
  tallies: readonly Tally[]
}

/** What a module keeps beside its tables. */
export interface Projections {
  tallies: readonly Tally[]
  derived: readonly Derived[]
}
