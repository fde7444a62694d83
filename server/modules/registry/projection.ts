import { type RawBuilder, sql } from 'kysely'
import type { Session } from '#server/platform/database/db.ts'
import type { HouseholdFollower } from '#server/platform/projections/due.ts'
import {
  defineExchange,
  fillExchange,
  type HouseholdPlace,
  householdPlace,
  isOpen,
  rowsOf,
} from '#server/platform/row-exchange.ts'
import { closeWithdrawn, countMembers, recordHouseholds } from './household-writer.ts'
import type { HouseholdKey } from './households/queries.ts'
import { sameMembers } from './matching.ts'
import { endOfClosed, followRegister } from './spell-writer.ts'

/** Households a merged batch of the household feed touched, each once. */
export const statedHouseholds = defineExchange<HouseholdPlace>('stated_household', householdPlace)

/** Persons a merged batch of the member feed touched, each once. */
export const statedMembers = defineExchange<HouseholdPlace & { personId: number }>('stated_member', {
  ...householdPlace,
  personId: 'bigint',
})

/** Of a merged batch of the registry's own feeds. */
export interface Touched {
  /** When the batch became known. */
  at: Date
  /** The batch's day: closes what a batch withdrew. */
  asOf: string
  /** What follows changed spells in the modules above. */
  followSpells: HouseholdFollower
}

/** Sets the households of `statedHouseholds` to their newest records; a household whose record was withdrawn is closed. */
export async function applyHouseholdFacts(
  { db }: Session,
  { asOf, at, followSpells }: Touched,
): Promise<void> {
  const touched = rowsOf(statedHouseholds)
  const moved = await findMoved(db, touched)
  await recordHouseholds(db, touched, asOf)
  await followHouseholds(db, moved)
  await closeWithdrawn(db, touched, asOf)
  await countMembers(db, touched)
  await followRegister(db, touched, { asOf, at }, followSpells)
}

/**
 * Sets the persons of `statedMembers` to their newest records: who died, married out or moved away has left; a number that
 * now belongs to a member elsewhere ends the membership it had before. Keeps the blind index and the household's size. Leaves in
 * `movedPersons` who went from where to where, for the facts to follow.
 */
export async function applyMemberFacts({ db }: Session, { asOf, at, followSpells }: Touched): Promise<void> {
  const touched = rowsOf(statedMembers)
  await rememberFormerNumbers(db, touched)
  const written = await upsertPersons(db, touched, asOf)
  const withdrawn = await leaveWithdrawn(db, touched, asOf, at)
  const moved = await leaveMoved(db, touched, asOf, at)
  await indexPersons(db, touched, withdrawn)
  await countMembers(db, touched)
  await endOfClosed(db, touched, followSpells)
  if (moved > 0) {
    const left = sql`(select from_county as county, from_household as household_id from ${rowsOf(movedPersons)})`
    await countMembers(db, left)
    await endOfClosed(db, left, followSpells)
  }
  // The reads that follow a first import must not be planned for an empty registry.
  if (written > 10_000) await sql`analyze person, person_index, household`.execute(db)
}

type Db = Session['db']

/** A person of one household who is now a member of another; what departments know of the person goes along. */
export interface MovedPerson {
  fromCounty: number
  fromHousehold: number
  fromPerson: number
  county: number
  householdId: number
  personId: number
}

export const movedPersons = defineExchange<MovedPerson>('moved_person', {
  ...{ fromCounty: 'integer', fromHousehold: 'bigint', fromPerson: 'bigint' },
  ...{ county: 'integer', householdId: 'bigint', personId: 'bigint' },
})

/** Households whose newest record names another village than they have. */
async function findMoved(db: Db, touched: RawBuilder<unknown>): Promise<HouseholdKey[]> {
  const { rows } = await sql<HouseholdKey>`
    select h.county, h.id from ${touched} t
    join household_record r using (county, household_id)
    join household h on h.county = t.county and h.id = t.household_id
    where r.known_until is null and r.village_code <> h.village`.execute(db)
  return rows
}

/** Whatever belongs to a household that moved goes with it: who sees it depends on the village. */
async function followHouseholds(db: Db, moved: readonly HouseholdKey[]): Promise<void> {
  if (moved.length === 0) return
  const ids = moved.map(({ id }) => id)
  await sql`select follow_households(${moved.map(({ county }) => county)}::int[], ${ids}::bigint[])`.execute(
    db,
  )
  await sql`
    update person_index i set village = p.village from person p
    where i.former and i.person_id = p.id and i.county = p.county and p.household_id = any(${ids}::bigint[])`.execute(
    db,
  )
}

/**
 * A number that was corrected, or changed with the card, finds its person as before while departments go on sending it, as long as the
 * name fits; whoever else bears it takes it over.
 */
async function rememberFormerNumbers(db: Db, touched: RawBuilder<unknown>): Promise<void> {
  await sql`
    update person_index i set former = true
    from ${touched} t
    join person p on p.county = t.county and p.id = t.person_id
    join member_record r on r.county = t.county and r.household_id = t.household_id and r.person_id = t.person_id
    where r.known_until is null and r.id_number_index <> p.id_index
      and i.id_index = p.id_index and i.county = p.county and i.person_id = p.id`.execute(db)
}

/** Without a number a person has an index all the same, which no number has: name and birth find it. */
const ownIndex = sql`md5('person ' || r.person_id)::uuid`

async function upsertPersons(db: Db, touched: RawBuilder<unknown>, asOf: string): Promise<number> {
  const { numAffectedRows } = await sql`
    insert into person (county, id, household_id, village, member_no, name, name_comparable, name_pinyin, id_cipher,
      id_index, sex, birth, relation, student_status, education, labour, health, left_on, joined_on)
    overriding system value
    select r.county, r.person_id, r.household_id, h.village, r.member_no, r.name, r.name_comparable, r.name_pinyin,
      r.id_number_cipher, coalesce(r.id_number_index, ${ownIndex}), r.sex, r.birth, r.relation, r.student_status,
      r.education, r.labour, r.health,
      case when r.change in ('death', 'married-out', 'emigrated', 'imprisoned', 'moved-out')
        then coalesce(r.changed_on, ${asOf}::date) end,
      case when r.change = 'newborn' then coalesce(r.birth, r.changed_on)
        when r.change in ('married-in', 'moved-in') then r.changed_on
        -- Whom the register has known no longer than this was born into the household.
        when r.birth > ${asOf}::date - 1100 then r.birth end
    from ${touched} t
    join member_record r using (county, household_id, person_id)
    join household h on h.county = r.county and h.id = r.household_id
    where r.known_until is null
    on conflict (county, id) do update set
      member_no = excluded.member_no, name = excluded.name, name_comparable = excluded.name_comparable,
      name_pinyin = excluded.name_pinyin, sex = excluded.sex, relation = excluded.relation,
      -- A file that leaves out a number takes none away.
      id_cipher = coalesce(excluded.id_cipher, person.id_cipher),
      id_index = case when excluded.id_cipher is null then person.id_index else excluded.id_index end,
      birth = coalesce(excluded.birth, person.birth), joined_on = coalesce(excluded.joined_on, person.joined_on),
      student_status = excluded.student_status, education = excluded.education,
      labour = excluded.labour, health = excluded.health, left_on = excluded.left_on`.execute(db)
  return Number(numAffectedRows ?? 0)
}

/** Persons whose record a correcting file took back; facts no longer find them. */
async function leaveWithdrawn(
  db: Db,
  touched: RawBuilder<unknown>,
  asOf: string,
  at: Date,
): Promise<number[]> {
  const { rows } = await sql<{ id: number }>`
    with gone as (
      update person p set left_on = coalesce(p.left_on, ${asOf}::date)
      from ${touched} t
      where p.county = t.county and p.id = t.person_id
        and not exists (select from member_record r where r.county = t.county and r.household_id = t.household_id
          and r.person_id = t.person_id and r.known_until is null)
      returning p.county, p.id, p.left_on
    )
    insert into membership_end (county, person_id, known_from, left_on)
    select county, id, ${at}, left_on from gone
    returning person_id as id`.execute(db)
  return rows.map((row) => row.id)
}

/**
 * Earlier memberships of a number that a member bears now; in one file that names it twice, the newest membership stands. Who left the
 * earlier household before that is moved no less: what is known of the person goes along. So is who is the same without a number.
 */
async function leaveMoved(db: Db, touched: RawBuilder<unknown>, asOf: string, at: Date): Promise<number> {
  const same = (await isOpen(db, sameMembers))
    ? rowsOf(sameMembers)
    : sql`(select null::int as from_county, null::bigint as from_person, null::bigint as person_id where false)`
  const moved = await fillExchange(
    db,
    movedPersons,
    sql`
    with claim as materialized (
      select p.id_index, max(p.id) as person_id, count(*) > 1 as contested
      from ${touched} t join person p on p.county = t.county and p.id = t.person_id
      where p.left_on is null
      group by p.id_index
    ), earlier as (
      select i.county, i.person_id, claim.person_id as now
      from claim join person_index i using (id_index)
      where i.person_id <> claim.person_id and not i.former
      union
      select p.county, p.id, claim.person_id
      from claim join person p using (id_index) join ${touched} t on t.county = p.county and t.person_id = p.id
      where claim.contested and p.id <> claim.person_id
      union
      select from_county, from_person, person_id from ${same}
    )
    select before.county, before.household_id, before.id, p.county, p.household_id, p.id
    from earlier e
    join person before on before.county = e.county and before.id = e.person_id
    join ${touched} t on t.person_id = e.now
    join person p on p.county = t.county and p.id = t.person_id
    -- Who died and bore the number is not whom another name comes in with.
    where before.left_on is null
      or coalesce(before.name_comparable, before.name) = coalesce(p.name_comparable, p.name)`,
  )
  if (moved === 0) return 0
  await sql`
    with gone as (
      update person before set left_on = ${asOf}::date
      from ${rowsOf(movedPersons)} m
      where before.county = m.from_county and before.id = m.from_person and before.left_on is null
      returning before.county, before.id, before.left_on
    )
    insert into membership_end (county, person_id, known_from, left_on)
    select county, id, ${at}, left_on from gone`.execute(db)
  await sql`
    update person p set joined_on = ${asOf}::date
    from ${rowsOf(movedPersons)} m
    where p.county = m.county and p.id = m.person_id and p.joined_on is null
      and not exists (select from member_record r where r.county = p.county and r.person_id = p.id
        and r.known_from < ${at})`.execute(db)
  await keepNumbers(db)
  return moved
}

/** The number of the household left is that of the person where the new one knows none; who had none there is found by it no more. */
async function keepNumbers(db: Db): Promise<void> {
  await sql`
    update person p set id_cipher = before.id_cipher, id_index = before.id_index
    from ${rowsOf(movedPersons)} m join person before on before.county = m.from_county and before.id = m.from_person
    where p.county = m.county and p.id = m.person_id and p.id_cipher is null and before.id_cipher is not null`.execute(
    db,
  )
  await sql`
    delete from person_index i using ${rowsOf(movedPersons)} m
    where i.person_id = m.from_person and i.id_index = md5('person ' || m.from_person)::uuid`.execute(db)
}

/** The living member wins a number that several memberships bear, then the newest. Who left stays findable: bills come late. */
async function indexPersons(
  db: Db,
  touched: RawBuilder<unknown>,
  withdrawn: readonly number[],
): Promise<void> {
  await sql`
    insert into person_index (id_index, county, household_id, village, person_id, name, comparable, birth, is_head,
      former)
    select distinct on (p.id_index) p.id_index, p.county, p.household_id, p.village, p.id, p.name, p.name_comparable,
      p.birth, p.relation = 'head', false
    from ${touched} t join person p on p.county = t.county and p.id = t.person_id
    where not p.id = any(${[...withdrawn]}::bigint[])
    order by p.id_index, p.left_on desc nulls first, p.id desc
    on conflict (id_index) do update set county = excluded.county, household_id = excluded.household_id,
      village = excluded.village, person_id = excluded.person_id, name = excluded.name,
      comparable = excluded.comparable, birth = excluded.birth, is_head = excluded.is_head, former = false
      where person_index.person_id = excluded.person_id or person_index.former
        or exists (select from person p where p.county = excluded.county and p.id = excluded.person_id
          and p.left_on is null)
    `.execute(db)
  await sql`
    update person_index i set county = m.county, household_id = m.household_id, village = p.village,
      person_id = m.person_id, is_head = p.relation = 'head'
    from ${rowsOf(movedPersons)} m join person p on p.county = m.county and p.id = m.person_id
    where i.former and i.person_id = m.from_person`.execute(db)
  // A newborn who got a number is found by it alone.
  await sql`
    delete from person_index i using ${touched} t join person p on p.county = t.county and p.id = t.person_id
    where i.id_index = md5('person ' || p.id)::uuid and p.id_index <> i.id_index`.execute(db)
  if (withdrawn.length > 0) {
    await sql`delete from person_index where person_id = any(${[...withdrawn]}::bigint[])`.execute(db)
  }
}
