import { type RawBuilder, sql } from 'kysely'
import { beforeCommit, type Db } from '../database/db.ts'
import { lookEverywhere } from '../database/scope.ts'
import { type HouseholdPlace, type RowExchange, rowsOf } from '../row-exchange.ts'
import type { Derived } from './definition.ts'
import { renewDerived } from './generate.ts'

/** Households whose rows changed: named, or left in an exchange that nobody empties before the transaction ends. */
export type ChangedHouseholds =
  | { counties: readonly number[]; households: readonly number[] }
  | { exchange: RowExchange<HouseholdPlace> }

/** What follows in a module above when rows of households changed below it; wired where the server is put together. */
export type HouseholdFollower = (db: Db, changed: ChangedHouseholds) => void

interface Due {
  /** By county and household. */
  keys: Map<string, readonly [number, number]>
  exchanges: Set<RowExchange<HouseholdPlace>>
}

/** Lock number of the last steps; a household's is one of so many. */
const lockNumber = 71_030
const buckets = 256

const due = new WeakMap<Db, Map<Derived, Due>>()

/** Has the households' derived rows made anew before the transaction of `db` commits. Throws outside of one. */
export function makeDue(db: Db, derived: readonly Derived[], changed: ChangedHouseholds): void {
  if (!('exchange' in changed) && changed.households.length === 0) return
  const all = due.get(db) ?? new Map<Derived, Due>()
  due.set(db, all)
  for (const one of derived) {
    const { keys, exchanges } = all.get(one) ?? { keys: new Map(), exchanges: new Set() }
    all.set(one, { keys, exchanges })
    if ('exchange' in changed) exchanges.add(changed.exchange)
    else
      changed.households.forEach((household, i) => {
        const county = changed.counties[i] ?? 0
        keys.set(`${county}/${household}`, [county, household])
      })
  }
  beforeCommit(db, due, () => renew(db))
}

/**
 * Two transactions that changed the same household each see what the other did, or come after it: the locks are taken after everything
 * else, all together and in one order, so that nobody who waits here holds what another of them waits for.
 */
async function renew(db: Db): Promise<void> {
  const all = due.get(db) ?? new Map<Derived, Due>()
  due.delete(db)
  const entries = [...all]
  const isBulk = entries.some(([, { exchanges }]) => exchanges.size > 0)
  const named = entries.flatMap(([, { keys }]) =>
    [...keys.values()].map(([, household]) => household % buckets),
  )
  const numbers = isBulk
    ? Array.from({ length: buckets }, (_, i) => i)
    : [...new Set(named)].toSorted((a, b) => a - b)
  // What a household's rows are does not depend on who changed them: former villages lie outside of many an account's scope.
  await lookEverywhere(db)
  await sql`select count(pg_advisory_xact_lock(${lockNumber}, b)::text) from unnest(${numbers}::int[]) b`.execute(
    db,
  )
  for (const [derived, { keys, exchanges }] of entries) {
    const households = [...keys.values()]
    const named = sql`
      select * from unnest(${households.map(([county]) => county)}::int[],
        ${households.map(([, household]) => household)}::bigint[]) k (county, household_id)`
    if (households.length > 0) await renewHouseholds(db, derived, named)
    for (const exchange of exchanges) await renewHouseholds(db, derived, knownOf(derived, exchange))
  }
}

const renewHouseholds = (db: Db, derived: Derived, households: RawBuilder<unknown>) =>
  sql`with due as materialized (${households}), ${sql.raw(renewDerived(derived))}`.execute(db)

/** Of very many households, those that can have rows at all. */
const knownOf = ({ basis, table }: Derived, exchange: RowExchange<HouseholdPlace>) => sql`
  select distinct r.county, r.household_id from ${rowsOf(exchange)} r
  where exists (select from ${sql.table(basis)} b where b.county = r.county and b.household_id = r.household_id)
    or exists (select from ${sql.table(table)} d where d.county = r.county and d.household_id = r.household_id)`
