import { sql } from 'kysely'
import type { Db } from '../database/db.ts'
import type { Tables } from '../database/rights/tables.ts'
import { defineExchange, rowsOf } from '../row-exchange.ts'
import { changeRows } from './change.ts'
import type { Projections, Tally } from './definition.ts'
import { makeDue } from './due.ts'

/** A household that goes to another county. */
export interface MovingHousehold {
  county: number
  householdId: number
  toCounty: number
  toVillage: number
  village: number
  householdNo: string
  headName: string
}

export const movingHouseholds = defineExchange<MovingHousehold>('moving_household', {
  ...{
    county: 'integer',
    householdId: 'bigint',
    toCounty: 'integer',
    toVillage: 'bigint',
    village: 'bigint',
  },
  ...{ householdNo: 'text', headName: 'text' },
})

/**
 * Takes the households of `movingHouseholds` to their new counties with all that is theirs. Ids and references stay, so that whoever wrote
 * one down still finds it.
 */
export type HouseholdMover = (db: Db) => Promise<void>

/** Tables whose rows go along although no village stands in them, or where their own writer keeps it. */
const alsoGoing = ['clue', 'batch_review', 'indicator']

/** One statement a table, from the lists: whatever follows a household to another village follows it to another county. */
export function householdMover(tables: Tables, projections: readonly Projections[]): HouseholdMover {
  const tallies = projections.flatMap((one) => one.tallies)
  const derived = projections.flatMap((one) => one.derived)
  const going = Object.entries(tables).flatMap(([name, { follows }]) =>
    follows || alsoGoing.includes(name) ? [name] : [],
  )
  return async (db) => {
    const { rows: moves } = await sql<{ county: number; household: number; toCounty: number }>`
      select county, household_id as household, to_county from ${rowsOf(movingHouseholds)}`.execute(db)
    if (moves.length === 0) return
    const households = moves.map(({ household }) => household)
    makeDue(db, derived, { counties: moves.map(({ county }) => county), households })
    makeDue(db, derived, { counties: moves.map(({ toCounty }) => toCounty), households })
    // A case and its steps change county one after the other; what refers to what is looked at when all have.
    await sql`set constraints all deferred`.execute(db)
    await move(db, 'household', tallies, 'id')
    for (const table of going) await move(db, table, tallies)
  }
}

async function move(db: Db, table: string, tallies: readonly Tally[], id = 'household_id') {
  const village = table === 'batch_review' ? sql`` : sql`, village = m.to_village`
  const statement = sql`
    update ${sql.table(table)} t set county = m.to_county ${village}
    from ${rowsOf(movingHouseholds)} m where t.county = m.county and t.${sql.ref(id)} = m.household_id`
  const counting = tallies.filter(({ source }) => source === table)
  if (counting.length === 0) await statement.execute(db)
  else
    await changeRows(db, {
      ...{ statement, tallies: counting, returning: sql`new.county` },
      answer: sql`select 1 from changed limit 0`,
    })
}
