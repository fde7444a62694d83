import { sql } from 'kysely'
import type { Cause } from '#contract/common.ts'
import type { Db } from '#server/platform/database/db.ts'
import type { HouseholdCategory, RiskStatus, SpellChange } from './rules.ts'

export interface SpellRow {
  category: HouseholdCategory
  risk: RiskStatus
  causes: Cause[]
  from: string
  to: string | null
  openedBecause: SpellChange
}

/** Spells of a household, oldest first; those of no days are left out. */
export async function listSpells(
  db: Db,
  { county, id }: { county: number; id: number },
): Promise<SpellRow[]> {
  const { rows } = await sql<SpellRow>`
    select category, risk, causes, from_on as "from", until_on as "to", opened_because from category_spell
    where county = ${county} and household_id = ${id} and until_on is distinct from from_on
      order by from_on, id`.execute(db)
  return rows
}
