import { sql } from 'kysely'
import { inScope } from '#server/modules/access/index.ts'
import type { AreaScope } from '#server/modules/divisions/index.ts'
import type { Db } from '#server/platform/database/db.ts'
import { belongedOn } from '../household-writer.ts'
import type { IncomeItems } from '../rules.ts'
import type { HouseholdRow } from './list-queries.ts'

/** Names a household inside the other queries; only {@link findHousehold}, which knows the scope, returns one. */
export interface HouseholdKey {
  county: number
  id: number
}

export interface HouseholdDetailRow extends HouseholdRow {
  groupName: string | null
  reliefMark: string | null
  relievedYear: number | null
  identifiedOn: string | null
  mainCause: string | null
  statedCount: number | null
  statedOn: string | null
  sizeGap: number | null
  phoneCipher: Buffer | null
  bankCardCipher: Buffer | null
}

export async function findHousehold(
  db: Db,
  scope: AreaScope,
  ref: string,
): Promise<HouseholdDetailRow | undefined> {
  const { rows } = await sql<HouseholdDetailRow>`
    select h.county, h.id, h.ref, h.household_no, h.head_name, h.member_count, h.registered, h.category, h.closed_on,
      h.village, v.name as village_name, t.code as township, t.name as township_name, c.name as county_name,
      h.group_name, h.relief_mark, h.relieved_year, h.identified_on, h.main_cause, h.stated_count,
      h.stated_on, h.size_gap, h.phone_cipher,
      (select r.bank_card_cipher from household_record r
        where r.county = h.county and r.household_id = h.id and r.known_until is null) as bank_card_cipher
    from household h
    join division v on v.code = h.village
    join division t on t.code = v.parent_code
    join division c on c.code = t.parent_code
    where h.ref = ${ref}::uuid
      and ${inScope(scope, { village: 'h.village', county: 'h.county', household: 'h.id' })}`.execute(db)
  return rows[0]
}

export interface MemberRow {
  id: number
  ref: string
  memberNo: string
  name: string
  idCipher: Buffer | null
  sex: 'male' | 'female'
  birth: string | null
  relation: string
  labour: string
  health: string | null
  education: string | null
  studentStatus: string | null
  leftOn: string | null
}

/** Members, the head first, then by age; those who left come last. */
export async function listMembers(db: Db, { county, id }: HouseholdKey): Promise<MemberRow[]> {
  const { rows } = await sql<MemberRow>`
    select id, ref, member_no, name, id_cipher, sex, birth, relation, labour, health, education, student_status, left_on
    from person where county = ${county} and household_id = ${id}
    order by left_on is not null, relation <> 'head', birth, id`.execute(db)
  return rows
}

export interface IncomeStatementRow extends IncomeItems {
  periodFrom: string
  periodTo: string
  /** Members who belonged to the household when it ended. */
  sharedBy: number
  /** Batch and row it came from. */
  batchRef: string
  rowNo: number
}

/** How many shared an income statement `i`: those who belonged on its last day, or as many as the register states where it names nobody. */
export const sharedBy = (statement: string) => {
  const i = sql.ref(statement)
  const on = belongedOn('p', `${statement}.period_to`)
  return sql`coalesce(nullif((select count(*) from person p
      where p.county = ${i}.county and p.household_id = ${i}.household_id and ${on}), 0),
    (select h.member_count from household h where h.county = ${i}.county and h.id = ${i}.household_id))`
}

/** Income windows, newest first; an item left empty in the file counts as nothing. */
export async function listIncomeStatements(
  db: Db,
  { county, id }: HouseholdKey,
  knownOn?: string,
): Promise<IncomeStatementRow[]> {
  const { rows } = await sql<IncomeStatementRow>`
    select i.period_from, i.period_to, ${sharedBy('i')} as shared_by, b.ref as batch_ref, i.row_no,
      coalesce(i.wage_fen, 0) as wage_fen, coalesce(i.business_gross_fen, 0) as business_gross_fen,
      coalesce(i.property_fen, 0) as property_fen, coalesce(i.family_planning_fen, 0) as family_planning_fen,
      coalesce(i.dibao_fen, 0) as dibao_fen, coalesce(i.tekun_fen, 0) as tekun_fen,
      coalesce(i.pension_fen, 0) as pension_fen, coalesce(i.eco_compensation_fen, 0) as eco_compensation_fen,
      coalesce(i.other_transfer_fen, 0) as other_transfer_fen, coalesce(i.business_cost_fen, 0) as business_cost_fen
    from income_statement i join batch_source b on b.id = i.batch_id
    where i.county = ${county} and i.household_id = ${id} and ${knownAt(knownOn, 'i')}
    order by i.period_to desc, i.period_from`.execute(db)
  return rows
}

/** Facts, under the name they bear in the query, that stood at the end of a day in Anhui; without a day, those that stand now. */
export function knownAt(day: string | undefined, facts: string) {
  const until = sql.ref(`${facts}.known_until`)
  if (day === undefined) return sql`${until} is null`
  const end = sql`((${day}::date + 1)::timestamp at time zone 'Asia/Shanghai')`
  return sql`${sql.ref(`${facts}.known_from`)} < ${end} and (${until} is null or ${until} >= ${end})`
}

export interface LocatedHousehold {
  county: number
  id: number
  ref: string
  village: number
  headName: string
}

/** A household anywhere, by its whole number or the blind index of a member's ID number: only for break-glass, which is announced. */
export async function locateHousehold(
  db: Db,
  { number, idIndex }: { number: string; idIndex: string },
): Promise<LocatedHousehold | undefined> {
  const { rows } = await sql<LocatedHousehold>`
    select county, id, ref, village, head_name from household where household_no collate "C" = ${number}
    union all
    select h.county, h.id, h.ref, h.village, h.head_name
    from person_index i join household h on h.county = i.county and h.id = i.household_id
    where i.id_index = ${idIndex}::uuid
    limit 1`.execute(db)
  return rows[0]
}
