import { sql } from 'kysely'
import { assembleIntake } from '#server/assembly.ts'
import { followSpells } from '#server/modules/clues/writing/index.ts'
import { areaScope } from '#server/modules/divisions/index.ts'
import {
  applyHouseholdFacts,
  applyMemberFacts,
  decideCategory,
  matchHouseholdRows,
  matchMemberRows,
  statedHouseholds,
  statedMembers,
} from '#server/modules/registry/index.ts'
import { clockAt } from '#server/platform/clock.ts'
import { type Database, inTransaction } from '#server/platform/database/db.ts'
import { comparableName } from '#server/platform/people/comparable-name.ts'
import { fillExchange } from '#server/platform/row-exchange.ts'
import { pinyinInitials } from '#server/platform/text.ts'
import { testVault } from './database.ts'

export interface HouseholdFact {
  householdNo: string
  villageCode: number
  headName?: string
  headIdNumber?: string
  registered?: boolean
  reliefMark?: string | null
  monitoringCategory?: string | null
  identifiedMonth?: string | null
  relievedYear?: number | null
  memberCount?: number | null
  phone?: string | null
}

export interface MemberFact {
  householdNo: string
  memberNo: string
  name?: string
  /** Without one where null. */
  idNumber: string | null
  sex?: 'male' | 'female'
  birth?: string | null
  relation?: string
  change?: string | null
  changedOn?: string | null
}

const anhui = areaScope(340_000_000_000)

/** A batch that facts can name; returns its id. */
export async function openBatch(
  { pool }: Database,
  feed: string,
  fileName = `${feed}.csv`,
  asOf = '2020-03-10',
): Promise<number> {
  const { rows } = await pool.query<{ id: number }>(
    `insert into batch (feed, department, area, file_name, file_ref, file_size, file_sm3, format, header_row, mapping,
      state,
       received_at, as_of)
     values ($1, 'FP', 340000000000, $2, 'none', 1, md5(random()::text), 'csv', 1, '{}', 'merged', now(), $3)
     returning id`,
    [feed, fileName, asOf],
  )
  return rows[0]?.id ?? 0
}

interface MergeOptions {
  knownFrom?: string
  asOf?: string
  area?: { from: number; to: number }
  /** Numbers of households, or of members, whose records this batch takes back. */
  withdraw?: readonly string[]
}

/** Merges household records as the feeds do: match, supersede, insert, project. Returns the numbers that were matched. */
export async function mergeHouseholds(
  database: Database,
  facts: readonly HouseholdFact[],
  options: MergeOptions = {},
) {
  const { knownFrom = '2020-03-01T00:00:00Z', asOf = '2020-03-10', area = anhui, withdraw = [] } = options
  const batch = await openBatch(database, 'household', undefined, asOf)
  return inTransaction(database, async (session) => {
    const { client } = session
    await client.query(
      `create temp table stage (row_no int, household_no text, village_code bigint, head_id_number_index uuid,
        body jsonb) on commit drop`,
    )
    for (const [i, fact] of facts.entries()) {
      const { phone } = fact
      const body = {
        ...fact,
        pinyin: pinyinInitials(fact.headName ?? '测试户'),
        phone: phone ? testVault.encrypt(phone).toString('hex') : null,
      }
      await client.query('insert into stage values ($1, $2, $3, $4, $5)', [
        i + 1,
        fact.householdNo,
        fact.villageCode,
        testVault.blindIndex(fact.headIdNumber ?? fact.householdNo),
        body,
      ])
    }
    const { moveHouseholds: move } = assembleIntake(clockAt(asOf))
    await matchHouseholdRows(session, {
      ...{ stage: 'stage', matched: 'matched', area, wordOn: asOf, at: new Date(knownFrom), move },
    })
    await client.query(
      `create temp table touched on commit drop as select distinct county, household_id from matched
       union select county, id from household where household_no = any($1)`,
      [withdraw],
    )
    await client.query(
      `update household_record r set known_until = $1 from touched t
       where r.county = t.county and r.household_id = t.household_id and r.known_until is null`,
      [knownFrom],
    )
    await client.query(
      `insert into household_record (county, household_id, village, batch_id, row_no, household_no, village_code,
        head_name,
         head_name_pinyin, head_id_number_cipher, head_id_number_index, phone_cipher, registered, relief_mark,
         relieved_year, monitoring_category, identified_month, member_count, known_from, word_on)
       select m.county, m.household_id, m.village, $1, s.row_no, s.household_no, s.village_code,
         coalesce(body->>'headName', '测试户'),
         body->>'pinyin', '', s.head_id_number_index, decode(body->>'phone', 'hex'),
         coalesce((body->>'registered')::boolean, true),
         body->>'reliefMark', (body->>'relievedYear')::int, body->>'monitoringCategory',
         (body->>'identifiedMonth')::date,
         (body->>'memberCount')::int, $2, $3
       from stage s join matched m using (row_no)`,
      [batch, knownFrom, asOf],
    )
    await fillExchange(session.db, statedHouseholds, sql`select county, household_id from touched`)
    await applyHouseholdFacts(session, { asOf, wordOn: asOf, at: new Date(knownFrom), followSpells })
    const { rows } = await client.query<{ no: string }>(
      'select s.household_no as no from stage s join matched using (row_no) order by 1',
    )
    return rows.map((row) => row.no)
  })
}

/** Decides about a household, in a transaction of its own. */
export const decideAbout = (
  database: Database,
  household: { county: number; id: number },
  decision: Parameters<typeof decideCategory>[2],
) => inTransaction(database, ({ db }) => decideCategory(db, household, decision, followSpells))

/** Merges member records in the same way. */
export async function mergeMembers(
  database: Database,
  facts: readonly MemberFact[],
  options: MergeOptions = {},
) {
  const { knownFrom = '2020-03-01T00:00:00Z', asOf = '2020-03-10', area = anhui, withdraw = [] } = options
  const batch = await openBatch(database, 'member', undefined, asOf)
  return inTransaction(database, async (session) => {
    const { client } = session
    await client.query(
      `create temp table stage (row_no int, household_no text, member_no text, id_number_index uuid, name text,
        name_comparable text, birth date, relation text, change text, body jsonb) on commit drop`,
    )
    for (const [i, fact] of facts.entries()) {
      const name = fact.name ?? '测试人'
      const body = {
        ...fact,
        name,
        pinyin: pinyinInitials(name),
        cipher: fact.idNumber === null ? null : testVault.encrypt(fact.idNumber).toString('hex'),
      }
      const compared = comparableName(name)
      await client.query('insert into stage values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)', [
        ...[i + 1, fact.householdNo, fact.memberNo],
        ...[fact.idNumber === null ? null : testVault.blindIndex(fact.idNumber), name],
        ...[compared === name ? null : compared, fact.birth === undefined ? '1970-01-01' : fact.birth],
        ...[fact.relation ?? 'head', fact.change ?? null, body],
      ])
    }
    // As if somebody had looked at them: whom a file may not name by itself is what the intake's own tests are about.
    await matchMemberRows(session, { stage: 'stage', matched: 'matched', area, decided: true })
    await client.query(
      `create temp table touched on commit drop as
       select distinct county, household_id, person_id from matched
       union select county, household_id, id from person where member_no = any($1)`,
      [withdraw],
    )
    await client.query(
      `update member_record r set known_until = $1 from touched t where r.county = t.county
         and r.household_id = t.household_id and r.person_id = t.person_id and r.known_until is null`,
      [knownFrom],
    )
    await client.query(
      `insert into member_record (county, household_id, village, person_id, batch_id, row_no, household_no, member_no,
        name, name_comparable,
         name_pinyin, sex, id_number_cipher, id_number_index, birth, relation, labour, education, change, changed_on,
         known_from, word_on)
       select m.county, m.household_id, m.village, m.person_id, $1, s.row_no, s.household_no, s.member_no,
         s.name, s.name_comparable, body->>'pinyin',
         coalesce(body->>'sex', 'male'), decode(body->>'cipher', 'hex'), s.id_number_index,
         s.birth, s.relation, 'ordinary', 'primary',
         body->>'change', (body->>'changedOn')::date, $2, $3
       from stage s join matched m using (row_no)`,
      [batch, knownFrom, asOf],
    )
    await fillExchange(session.db, statedMembers, sql`select county, household_id, person_id from touched`)
    await applyMemberFacts(session, {
      ...{ asOf, wordOn: asOf, at: new Date(knownFrom), followSpells, corrected: '(null)' },
    })
    const { rows } = await client.query<{ no: string }>(
      'select s.member_no as no from stage s join matched using (row_no) order by 1',
    )
    return rows.map((row) => row.no)
  })
}
