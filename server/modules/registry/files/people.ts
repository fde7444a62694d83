import { sql } from 'kysely'
import type { Masks } from '#contract/access/masks.ts'
import type { AreaScope } from '#server/modules/divisions/index.ts'
import type { Db } from '#server/platform/database/db.ts'
import { documentOf, maskDocument } from '#server/platform/people/documents.ts'
import {
  countMembers,
  type HouseholdRow,
  type HouseholdsAfter,
  listHouseholdsAfter,
} from '../households/list-queries.ts'
import type { HouseholdMember, HouseholdSearch, RegistryDeps } from '../households/operations.ts'
import type { HouseholdKey, MemberRow } from '../households/queries.ts'
import { searchTerm } from '../households/search.ts'
import { ageOn } from '../rules.ts'

const masked: Masks = { idNumber: 'masked', phone: 'masked', bankCard: 'masked' }
/** Shows that there is a number, and nothing of it. */
const hidden = '****'

const keyOf = ({ county, householdId }: { county: number; householdId: number }) => `${county}/${householdId}`

/** Members of many households who have not left, in the order of each household's page. */
async function listMembersOf(
  db: Db,
  households: readonly HouseholdKey[],
): Promise<(MemberRow & { county: number; householdId: number })[]> {
  const { rows } = await sql<MemberRow & { county: number; householdId: number }>`
    select p.county, p.household_id, p.id, p.ref, p.member_no, p.name, p.id_cipher, p.sex, p.birth, p.relation,
      p.labour, p.health, p.education, p.student_status, p.left_on
    from unnest(${households.map(({ county }) => county)}::int[], ${households.map(({ id }) => id)}::bigint[])
      x (county, id)
    join person p on p.county = x.county and p.household_id = x.id
    where p.left_on is null
    order by p.household_id, p.relation <> 'head', p.birth, p.id`.execute(db)
  return rows
}

/** The households of a search after one of them, in the order of the list; for files. */
export function searchHouseholdsAfter(
  { database: { db }, vault }: Pick<RegistryDeps, 'database' | 'vault'>,
  scope: AreaScope,
  { q = '', ...filter }: HouseholdSearch,
  from: HouseholdsAfter,
): Promise<HouseholdRow[]> {
  return listHouseholdsAfter(db, scope, { ...filter, term: searchTerm(q, vault.blindIndex) }, from)
}

/** How many people belong to the households of a search. */
export const countPeople = (
  { database: { db }, vault }: Pick<RegistryDeps, 'database' | 'vault'>,
  scope: AreaScope,
  { q = '', ...filter }: HouseholdSearch,
): Promise<number> => countMembers(db, scope, { ...filter, term: searchTerm(q, vault.blindIndex) })

export interface PersonRow extends HouseholdRow, Omit<HouseholdMember, 'id' | 'ref'> {
  personRef: string
}

/** Members of the households of a search, by household; who left is left out. Numbers as the requester sees them. */
export async function listPeopleOf(
  { database: { db }, vault, clock, masks = masked }: RegistryDeps,
  households: readonly HouseholdRow[],
): Promise<PersonRow[]> {
  const members = Map.groupBy(await listMembersOf(db, households), keyOf)
  return households.flatMap((household) =>
    (members.get(keyOf({ county: household.county, householdId: household.id })) ?? []).map(
      ({ idCipher, health, ref, id: _id, householdId: _of, county: _county, ...member }) => {
        const number = idCipher === null ? null : vault.decrypt(idCipher)
        return {
          ...household,
          ...member,
          personRef: ref,
          idNumber: number === null ? null : masks.idNumber === 'hidden' ? hidden : maskDocument(number),
          idKind: number === null ? null : documentOf(number).kind,
          age: member.birth === null ? null : ageOn(member.birth, clock.today()),
          health: health === null ? [] : health.split(','),
        }
      },
    ),
  )
}
