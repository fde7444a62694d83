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
import { leavingChanges } from './rules.ts'
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
  /** The day of its word: when what it says became so, where it does not say when. */
  wordOn: string
  /** What follows changed spells in the modules above. */
  followSpells: HouseholdFollower
}

/** Sets the households of `statedHouseholds` to their newest records; a household whose record was withdrawn is closed. */
export async function applyHouseholdFacts(
  { db }: Session,
  { asOf, wordOn, at, followSpells }: Touched,
): Promise<void> {
  const touched = rowsOf(statedHouseholds)
  const moved = await findMoved(db, touched)
  await recordHouseholds(db, touched)
  await followHouseholds(db, moved)
  await closeWithdrawn(db, touched, asOf)
  await countMembers(db, touched)
  await followRegister(db, touched, { asOf: wordOn, at }, followSpells)
}

/**
 * Sets the persons of `statedMembers` to their newest records: who died, married out or moved away has left; a number that
 * now belongs to a member elsewhere ends the membership it had before. Keeps the blind index and the household's size. Leaves in
 * `movedPersons` who went from where to where, for the facts to follow. `corrected` lists the batches whose place the batch takes, in SQL.
 */
export async function applyMemberFacts(
  { db }: Session,
  { asOf, wordOn, at, followSpells, corrected }: Touched & { corrected: string },
): Promise<void> {
  const touched = rowsOf(statedMembers)
  await rememberFormerNumbers(db, touched)
  await comeBack(db, touched, sql.raw(corrected), at)
  const written = await upsertPersons(db, touched)
  const withdrawn = await leaveWithdrawn(db, touched, asOf, at)
  const moved = await leaveMoved(db, touched, at)
  await indexPersons(db, touched, withdrawn)
  await countMembers(db, touched)
  await endOfClosed(db, touched, followSpells)
  await followRegister(db, reopened(touched), { asOf: wordOn, at }, followSpells)
  if (moved > 0) {
    await countMembers(db, householdsOfMoved)
    await endOfClosed(db, householdsOfMoved, followSpells)
  }
  // The reads that follow a first import must not be planned for an empty registry.
  if (written > 10_000) await sql`analyze person, person_index, household`.execute(db)
}

type Db = Session['db']

/** Households that have members again: their spell had ended with the last one. */
const reopened = (touched: RawBuilder<unknown>) => sql`(
    select t.county, t.household_id from ${touched} t
    join household h on h.county = t.county and h.id = t.household_id and h.closed_on is null
    where not exists (select from category_spell s
      where s.county = t.county and s.household_id = t.household_id and s.until_on is null))`

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

const householdsOfMoved = sql`(
    select from_county as county, from_household as household_id from ${rowsOf(movedPersons)}
    union select county, household_id from ${rowsOf(movedPersons)})`

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

const leaving = sql.raw(leavingChanges)

/** Who had left and is said to be there again was away in between; after a death that is taken back, or a correction of it, never was. */
async function comeBack(
  db: Db,
  touched: RawBuilder<unknown>,
  corrected: RawBuilder<unknown>,
  at: Date,
): Promise<void> {
  await sql`
    update person p set away = coalesce(p.away, '{}') + datemultirange(daterange(p.left_on, b.day))
    from ${touched} t
    join member_record r using (county, household_id, person_id)
    cross join lateral (select case when r.change in ('moved-in', 'married-in') then coalesce(r.changed_on, r.word_on)
      else r.word_on end as day) b
    where p.county = t.county and p.id = t.person_id and p.left_on < b.day
      and r.known_until is null and coalesce(r.change in ${leaving}, false) is false
      and not exists (select from member_record d where d.county = r.county and d.household_id = r.household_id
        and d.person_id = r.person_id and d.known_until = ${at}
        and (d.change = 'death' or d.change in ${leaving} and d.batch_id in ${corrected}))`.execute(db)
}

async function upsertPersons(db: Db, touched: RawBuilder<unknown>): Promise<number> {
  const { numAffectedRows } = await sql`
    insert into person (county, id, household_id, village, member_no, name, name_comparable, name_pinyin, id_cipher,
      id_index, sex, birth, relation, student_status, education, labour, health, left_on, joined_on)
    overriding system value
    select r.county, r.person_id, r.household_id, h.village, r.member_no, r.name, r.name_comparable, r.name_pinyin,
      r.id_number_cipher, coalesce(r.id_number_index, ${ownIndex}), r.sex, r.birth, r.relation, r.student_status,
      r.education, r.labour, r.health,
      case when r.change in ${leaving} then coalesce(r.changed_on, r.word_on) end,
      case when r.change = 'newborn' then coalesce(r.birth, r.changed_on)
        when r.change in ('married-in', 'moved-in') then r.changed_on
        -- Whom the register has known no longer than this was born into the household.
        when r.birth > r.word_on - 1100 then r.birth end
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
      birth = coalesce(excluded.birth, person.birth), -- Who came back had joined before.
      joined_on = case when person.away is null then coalesce(excluded.joined_on, person.joined_on)
        else person.joined_on end,
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
 * Of several memberships of a number the one of the newest word stands; in one file that names it twice, the last. Who left the other
 * household before is moved no less: what is known of the person goes along. So is who is the same without a number. A membership that
 * an older file brings is one of the past at once.
 */
async function leaveMoved(db: Db, touched: RawBuilder<unknown>, at: Date): Promise<number> {
  const same = (await isOpen(db, sameMembers))
    ? rowsOf(sameMembers)
    : sql`(select null::int as county, null::bigint as person_id, null::int as from_county, null::bigint as from_person
        where false)`
  const moved = await fillExchange(
    db,
    movedPersons,
    sql`
    with claim as materialized (
      select p.id_index, min(p.id) as low, max(p.id) as high
      from ${touched} t join person p on p.county = t.county and p.id = t.person_id
      where p.left_on is null
      group by p.id_index
    ), disputed as materialized (
      select claim.id_index, i.county, i.person_id
      from claim left join person_index i on i.id_index = claim.id_index and not i.former
      where low <> high or i.person_id <> high
    ), bearer as materialized (
      select p.id_index, p.county, p.id as person_id, true as touched
      from ${touched} t join person p on p.county = t.county and p.id = t.person_id
      where p.id_index in (select id_index from disputed)
      union all
      select d.id_index, d.county, d.person_id, false from disputed d
      where d.person_id is not null
        and not exists (select from ${touched} t where t.county = d.county and t.person_id = d.person_id)
    ), known as (
      select b.id_index, b.touched, p.county, p.household_id, p.id as person_id, p.left_on, r.word_on,
        coalesce(p.name_comparable, p.name) as name
      from bearer b join person p on p.county = b.county and p.id = b.person_id
      left join member_record r on r.county = p.county and r.household_id = p.household_id and r.person_id = p.id
        and r.known_until is null
    ), newest as (
      select distinct on (id_index) k.* from known k
      -- Who died and bore the number is not whom another name comes in with.
      where k.left_on is null or exists (select from known o where o.id_index = k.id_index and o.touched
        and o.left_on is null and o.name = k.name)
      order by id_index, word_on desc nulls last, left_on is null desc, touched desc, person_id desc
    ), moved as (
      select k.county as from_county, k.person_id as from_person, n.county, n.person_id
      from known k join newest n using (id_index)
      where k.person_id <> n.person_id and (k.left_on is null or k.name = n.name)
      union
      select case when s.turned then s.county else s.from_county end,
        case when s.turned then s.person_id else s.from_person end,
        case when s.turned then s.from_county else s.county end,
        case when s.turned then s.from_person else s.person_id end
      from (
        select s.*, coalesce(there.word_on > here.word_on, false) as turned
        from ${same} s
        join member_record here on here.county = s.county and here.person_id = s.person_id and here.known_until is null
        left join member_record there on there.county = s.from_county and there.person_id = s.from_person
          and there.known_until is null
      ) s
    )
    select before.county, before.household_id, before.id, p.county, p.household_id, p.id
    from moved m
    join person before on before.county = m.from_county and before.id = m.from_person
    join person p on p.county = m.county and p.id = m.person_id`,
  )
  if (moved === 0) return 0
  await sql`
    with moves as (
      select m.*, word.first_on, word.was_known, b.word_on as before_on,
        case when word.first_on > b.word_on then word.first_on else word.word_on end as moved_on
      from ${rowsOf(movedPersons)} m
      left join member_record b on b.county = m.from_county and b.household_id = m.from_household
        and b.person_id = m.from_person and b.known_until is null
      cross join lateral (
        select min(least(nullif(r.word_on, '-infinity'), f.period_to, f.as_of)) as first_on,
          min(r.known_from) < ${at} as was_known,
          max(r.word_on) filter (where r.known_until is null) as word_on
        from member_record r join batch f on f.id = r.batch_id
        where r.county = m.county and r.household_id = m.household_id and r.person_id = m.person_id
      ) word
    ), joined as (
      update person p set joined_on = t.first_on from moves t
      where p.county = t.county and p.id = t.person_id and p.joined_on is null
        -- Of a membership that was taken back nobody joined another who was known there before.
        and case when t.before_on is null then not t.was_known else t.first_on >= t.before_on end
    ), gone as (
      update person before set left_on = coalesce(t.moved_on, t.first_on)
      from moves t
      where before.county = t.from_county and before.id = t.from_person and before.left_on is null
      returning before.county, before.id, before.left_on
    )
    insert into membership_end (county, person_id, known_from, left_on)
    select county, id, ${at}, left_on from gone`.execute(db)
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
    from (select county, person_id from ${touched} union select county, person_id from ${rowsOf(movedPersons)}) t
    join person p on p.county = t.county and p.id = t.person_id
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
