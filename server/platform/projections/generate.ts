import type { Derived, Tally } from './definition.ts'

/** SQL made of the definitions: for what changed, for all, and to compare. Names and expressions are the program's own. */

const columnsOf = ({ groups, sums }: Tally) => [...Object.keys(groups), ...Object.keys(sums)]

function grouped(
  { groups, sums, each = '', where = 'true' }: Tally,
  from: string,
  sum: (expression: string) => string,
) {
  const keys = Object.values(groups)
  const totals = Object.values(sums).map(sum)
  return `select ${[...keys, ...totals].join(', ')} from ${from} r ${each} where ${where}
    group by ${keys.map((_, i) => i + 1).join(', ')} having ${totals.map((total) => `${total} <> 0`).join(' or ')}`
}

/** Adds the differences that `images` make: rows of the source with `sign` -1 as they were, 1 as they are. */
export const addDifferences = (tally: Tally, images: string) =>
  `insert into ${tally.table} (${columnsOf(tally).join(', ')})
    ${grouped(tally, images, (sum) => `sum(r.sign * (${sum}))`)}`

const counted = (tally: Tally) => grouped(tally, tally.source, (sum) => `sum(${sum})`)

function addedUp(tally: Tally, from: string) {
  const sums = Object.keys(tally.sums).map((column) => `sum(${column})`)
  const keys = Object.keys(tally.groups).join(', ')
  return `select ${keys}, ${sums.join(', ')} from ${from} group by ${keys}
    having ${sums.map((sum) => `${sum} <> 0`).join(' or ')}`
}

export const recountTally = (tally: Tally) => [
  `delete from ${tally.table}`,
  `insert into ${tally.table} (${columnsOf(tally).join(', ')}) ${counted(tally)}`,
]

/** One row for each group; the sums stay what they are, and what is added meanwhile is left for the next time. */
export const compactTally = (tally: Tally) => `
  with gone as (delete from ${tally.table} returning *)
  insert into ${tally.table} (${columnsOf(tally).join(', ')}) ${addedUp(tally, 'gone')}`

/**
 * Makes the rows of the households anew that `due` selects, and leaves the differences. What is gone is gone before what is new comes:
 * a key may be the same.
 */
export function renewDerived({ table, columns, rows, tallies }: Derived) {
  const list = columns.join(', ')
  const differences = tallies.map((tally, i) => `, tally_${i} as (${addDifferences(tally, 'image')})`)
  return `
      gone as (delete from ${table} x using due where x.county = due.county and x.household_id = due.household_id returning x.*),
      made as (insert into ${table} (${list}) select d.* from (${rows('due')}) d where (select count(*) from gone) >= 0 returning *),
      image as (select -1 as sign, ${list} from gone union all select 1, ${list} from made)
      ${differences.join('')}
    select 1`
}

export const remakeDerived = ({ table, columns, rows }: Derived) => [
  `delete from ${table}`,
  `insert into ${table} (${columns.join(', ')}) ${rows(null)}`,
]

/** How many rows stand there that should not, or should and do not, and the first of them. */
function compare(columns: readonly string[], stands: string, should: string) {
  const list = columns.join(', ')
  return `
    with stands (${list}) as materialized (${stands}), should (${list}) as materialized (${should}), wrong as (
      select 'stands' as what, * from (select * from stands except all select * from should) s
      union all
      select 'should', * from (select * from should except all select * from stands) s)
    select count(*)::int as differences,
      coalesce((select jsonb_agg(to_jsonb(w)) from (select * from wrong limit 5) w), '[]') as examples from wrong`
}

export const compareTally = (tally: Tally) =>
  compare(columnsOf(tally), addedUp(tally, tally.table), counted(tally))

export const compareDerived = ({ table, columns, rows }: Derived) =>
  compare(columns, `select ${columns.join(', ')} from ${table}`, rows(null))
