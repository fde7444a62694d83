/** How an engine wants the settings of a request put into a policy. */
export type Dialect = 'postgres' | 'citus'

/** The settings of a request, as the functions of the schema read it from the settings of the transaction. */
type Setting =
  | 'scope_is_whole'
  | 'scope_from'
  | 'scope_to'
  | 'scope_limited'
  | 'scope_households'
  | 'scope_household_refs'
  | 'scope_account'
  | 'scope_feeds'
  | 'scope_audit'
  | 'area_from'
  | 'area_to'

/** Condition of a policy: settings and columns of the row itself, never another table. */
export type Recipe = (value: (setting: Setting) => string) => string

/**
 * PostgreSQL computes a sub-select once per query and a bare call once per row (the province's clue list took 2.4 times as long);
 * Citus refuses policies with sub-selects.
 */
const tellers: Record<Dialect, (setting: Setting) => string> = {
  postgres: (setting) => `(select ${setting}())`,
  citus: (setting) => `${setting}()`,
}

export const policyText = (recipe: Recipe, dialect: Dialect): string => recipe(tellers[dialect])

const between = (column: string, from: string, to: string) => `${column} >= ${from} and ${column} <= ${to}`

/** A household, or what hangs on one: its village lies in the range, and it is one of those named where only such are seen. */
export const ofHousehold =
  (id = 'household_id'): Recipe =>
  (value) => {
    const named = `household_key(county, ${id}) = any (${value('scope_households')}::bigint[])`
    const place = between('village', value('scope_from'), value('scope_to'))
    // The whole province is asked for first, in an `or`, which also keeps the planner from taking the range for far narrower than it is.
    return `${value('scope_is_whole')} or (${place} and (not ${value('scope_limited')} or ${named}))`
  }

/** Something that lies in a village and belongs to no household yet, or sums up a whole county: seen by those who see all of it. */
export const ofWholeCounty: Recipe = (value) =>
  `${value('scope_is_whole')} or (not ${value('scope_limited')} and county::bigint * 1000000 >= ${value('scope_from')}
    and county::bigint * 1000000 + 999999 <= ${value('scope_to')})`

/** What somebody may leave for the sums of a county of which they see a part. */
export const ofCountyAround: Recipe = (value) =>
  `county::bigint * 1000000 + 999999 >= ${value('scope_from')} and county::bigint * 1000000 <= ${value('scope_to')}`

/** Who left a place for one that is not seen from it: told to those who saw it there. */
export const ofVillageLeft: Recipe = (value) =>
  `${value('scope_is_whole')} or (${between('village', value('scope_from'), value('scope_to'))}
    and not ${value('scope_limited')})`

export const anything: Recipe = () => 'true'

/** What is known of the sources of a county: seen from above and from below. */
export const ofCounty: Recipe = (value) =>
  between('county', `${value('area_from')} / 1000000`, `${value('area_to')} / 1000000`)

/** Files and their rows: of the account's area, and where it belongs to a department of that department's feeds. */
export const ofFile: Recipe = (value) =>
  `${between('area', value('area_from'), value('area_to'))}
    and (${value('scope_feeds')} is null or feed = any (string_to_array(${value('scope_feeds')}, ',')))`

/** What an account made or is. */
export const ofAccount =
  (account: string): Recipe =>
  (value) =>
    `${account} = ${value('scope_account')}`

/** The same, and what accounts of the area made or are. */
export const ofAccountOrArea =
  (account: string, area: string): Recipe =>
  (value) =>
    `${account} = ${value('scope_account')} or ${between(area, value('area_from'), value('area_to'))}`

/** Which households are granted to whom: to oneself, or households one sees. */
export const ofAccess: Recipe = (value) =>
  `user_id = ${value('scope_account')}
    or not ${value('scope_limited')} and (${value('scope_is_whole')} or ${between('village', value('scope_from'), value('scope_to'))})`

const wholeProvince = (value: (setting: Setting) => string) =>
  `${value('area_from')} % 10000000000 = 0 and ${value('area_to')} % 10000000000 = 9999999999`

/** For administrators of the audit: entries of their area, those of no area for the province's alone. */
export const ofAudit: Recipe = (value) =>
  `${value('scope_audit')} and (${between('actor_area', value('area_from'), value('area_to'))}
    or actor_area is null and ${wholeProvince(value)})`

/** The same, and for whoever sees single households who looked at them. */
export const ofAuditOrHousehold: Recipe = (value) =>
  `${ofAudit(value)} or ${value('scope_limited')} and household_ref = any (${value('scope_household_refs')}::uuid[])`

export const forAudit: Recipe = (value) => value('scope_audit')

/** Nothing about people or places of anybody's: seen by whoever is signed in. */
export const forSignedIn: Recipe = (value) => `${value('scope_account')} is not null`
