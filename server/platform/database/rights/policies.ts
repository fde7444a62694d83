/** How an engine wants what a request was told put into a policy. */
export type Dialect = 'postgres' | 'citus'

/** What a request was told, as the functions of the schema read it from the settings of the transaction. */
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
export type Recipe = (told: (setting: Setting) => string) => string

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
  (told) => {
    const named = `household_key(county, ${id}) = any (${told('scope_households')}::bigint[])`
    const place = between('village', told('scope_from'), told('scope_to'))
    // The whole province is asked for first, in an `or`, which also keeps the planner from taking the range for far narrower than it is.
    return `${told('scope_is_whole')} or (${place} and (not ${told('scope_limited')} or ${named}))`
  }

/** Something that lies in a village and belongs to no household yet, or sums up a whole county: seen by those who see all of it. */
export const ofWholeCounty: Recipe = (told) =>
  `${told('scope_is_whole')} or (not ${told('scope_limited')} and county::bigint * 1000000 >= ${told('scope_from')}
    and county::bigint * 1000000 + 999999 <= ${told('scope_to')})`

/** What somebody may leave for the sums of a county of which they see a part. */
export const ofCountyAround: Recipe = (told) =>
  `county::bigint * 1000000 + 999999 >= ${told('scope_from')} and county::bigint * 1000000 <= ${told('scope_to')}`

export const anything: Recipe = () => 'true'

/** What is known of the sources of a county: seen from above and from below. */
export const ofCounty: Recipe = (told) =>
  between('county', `${told('area_from')} / 1000000`, `${told('area_to')} / 1000000`)

/** Files and their rows: of the account's area, and where it belongs to a department of that department's feeds. */
export const ofFile: Recipe = (told) =>
  `${between('area', told('area_from'), told('area_to'))}
    and (${told('scope_feeds')} is null or feed = any (string_to_array(${told('scope_feeds')}, ',')))`

/** What an account made or is. */
export const ofAccount =
  (account: string): Recipe =>
  (told) =>
    `${account} = ${told('scope_account')}`

/** The same, and what accounts of the area made or are. */
export const ofAccountOrArea =
  (account: string, area: string): Recipe =>
  (told) =>
    `${account} = ${told('scope_account')} or ${between(area, told('area_from'), told('area_to'))}`

/** Which households are given to whom: to oneself, or households one sees. */
export const ofAccess: Recipe = (told) =>
  `user_id = ${told('scope_account')}
    or not ${told('scope_limited')} and (${told('scope_is_whole')} or ${between('village', told('scope_from'), told('scope_to'))})`

const wholeProvince = (told: (setting: Setting) => string) =>
  `${told('area_from')} % 10000000000 = 0 and ${told('area_to')} % 10000000000 = 9999999999`

/** For administrators of the audit: entries of their area, those of no area for the province's alone. */
export const ofAudit: Recipe = (told) =>
  `${told('scope_audit')} and (${between('actor_area', told('area_from'), told('area_to'))}
    or actor_area is null and ${wholeProvince(told)})`

/** The same, and for whoever sees single households who looked at them. */
export const ofAuditOrHousehold: Recipe = (told) =>
  `${ofAudit(told)} or ${told('scope_limited')} and household_ref = any (${told('scope_household_refs')}::uuid[])`

export const forAudit: Recipe = (told) => told('scope_audit')

/** Nothing about people or places of anybody's: seen by whoever is signed in. */
export const forSignedIn: Recipe = (told) => `${told('scope_account')} is not null`
