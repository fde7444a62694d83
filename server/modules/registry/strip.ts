import { sql } from 'kysely'
import type { z } from 'zod'
import type { HouseholdStrip } from '#contract/registry/strip.ts'

/** What a row of any list shows about the household `h`, and how it gets there from a table named `x` with county and household_id. */
export const stripColumns = sql`
  h.ref, h.household_no, h.head_name, h.member_count, h.registered, h.category, h.village, v.name as village_name,
  t.code as township, t.name as township_name, h.county, d.name as county_name`
export const stripJoins = sql`
  join household h on h.county = x.county and h.id = x.household_id
  join division v on v.code = h.village
  join division t on t.code = v.parent_code
  join division d on d.code = t.parent_code`

export interface StripRecord {
  county: number
  ref: string
  householdNo: string
  headName: string
  memberCount: number
  registered: boolean
  category: string
  village: number
  villageName: string
  township: number
  townshipName: string
  countyName: string
}

export function stripOf(row: StripRecord): z.infer<typeof HouseholdStrip> {
  const { ref, householdNo, headName, memberCount, registered, category } = row
  return {
    ...{ ref, householdNo, headName, memberCount, registered, category },
    village: { code: row.village, name: row.villageName, level: 'village' },
    township: { code: row.township, name: row.townshipName, level: 'township' },
    county: { code: row.county * 1e6, name: row.countyName, level: 'county' },
  }
}
