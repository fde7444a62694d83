import { sql } from 'kysely'
import { type Database, type Db, inTransaction } from '#server/platform/database/db.ts'
import { rebuildTallies } from '#server/tallies.ts'

export interface WorldOptions {
  households: number
  /** Every so many households have a clue. */
  clueEvery: number
  /** Only these villages; all of the province when left out. */
  villages?: readonly number[]
  /** Makes the ciphertext of an ID number or telephone; a few hundred are shared by all, since sealing is not what is measured. */
  encrypt(text: string): Buffer
  /** Names given to people in turn, so that searching finds as many as it would; without them each name holds its own serial. */
  names?: readonly { name: string; pinyin: string }[]
  /** Without it no incomes, settlements, insurances and evidence: what lists do not look at. */
  facts?: boolean
}

/**
 * Fills an empty, migrated database with a province that was loaded in bulk: households spread evenly over all villages, members,
 * incomes, settlements, indicators, and for some of them signals with evidence and a clue with its history. Every name and number
 * contains the household's own serial, so that what belongs to whom can be told from any text.
 */
export async function fillWorld(
  owner: Database,
  { households, clueEvery, encrypt, villages, names = [], facts = true }: WorldOptions,
): Promise<void> {
  await inTransaction(owner, async ({ db, client }) => {
    await client.query('set local synchronous_commit = off')
    await client.query("set local work_mem = '256MB'")
    const ids = Array.from({ length: 200 }, (_, i) => encrypt(`341221197001${String(100000 + i)}`))
    const phones = Array.from({ length: 200 }, (_, i) => encrypt(`1990000${String(1000 + i)}`))
    await sql`create temporary table cipher on commit drop as
      select k::int as k, id, phone from unnest(${ids}::bytea[], ${phones}::bytea[]) with ordinality x (id, phone,
        k)`.execute(db)
    await sql`create temporary table word on commit drop as
      select k::int - 1 as k, name, pinyin
      from unnest(${names.map(({ name }) => name)}::text[],
        ${names.map(({ pinyin }) => pinyin)}::text[]) with ordinality x (name, pinyin, k)`.execute(db)
    await fillRegistry(db, households, villages)
    await fillBatches(db)
    await fillFirstSpells(db)
    if (facts) await fillFacts(db, clueEvery)
    await fillCasework(db, clueEvery)
  })
  // No writer came by: what is counted is counted at the end, all at once.
  await rebuildTallies(owner)
  await owner.pool.query('vacuum (analyze)')
}

async function fillRegistry(db: Db, households: number, villages?: readonly number[]) {
  await sql`create temporary table village on commit drop as
    select code, row_number() over (order by code) - 1 as n from division
    where level = 'village' and (${villages ?? null}::bigint[] is null
      or code = any(${villages ?? null}::bigint[]))`.execute(db)
  await sql`
    insert into household (county, household_no, village, group_name, head_name, head_pinyin, registered, relief_mark,
      relieved_year,
      category, member_count, phone_cipher)
    select v.code / 1000000, v.code::text || lpad(i::text, 7, '0'), v.code, '第一组',
      coalesce(w.name, '户' || lpad(i::text, 7, '0')),
      coalesce(w.pinyin, 'h' || lpad(i::text, 7, '0')), i % 3 <> 0,
      case when i % 3 <> 0 then 'relieved' end, case when i % 3 <> 0 then 2018 end,
      case when i % 3 <> 0 then 'stable' else 'ordinary' end, 1 + i % 4, c.phone
    from generate_series(1, ${households}) i
    join village v on v.n = (i::bigint * 7919) % (select count(*) from village)
    join cipher c on c.k = 1 + i % 200
    left join word w on w.k = i::bigint * 31 % greatest((select count(*) from word), 1)
    order by i`.execute(db)
  await sql`
    insert into person (county, household_id, village, member_no, name, name_pinyin, id_cipher, id_index, sex, birth,
      relation, labour)
    select h.county, h.id, h.village, h.household_no || m,
      coalesce(w.name, '员' || lpad(h.id::text, 7, '0') || '之' || m),
      coalesce(w.pinyin, 'y' || lpad(h.id::text, 7, '0')), c.id, md5(h.id || '-' || m)::uuid,
      case when m % 2 = 0 then 'female' else 'male' end, date '1940-01-01' + ((h.id * 37 + m * 9001) % 28000)::int,
      case m when 1 then 'head' when 2 then 'spouse' else 'child' end, 'ordinary'
    from household h cross join lateral generate_series(1, h.member_count) m
    join cipher c on c.k = 1 + (h.id + m) % 200
    left join word w on w.k = (h.id * 31 + (m - 1) * 7) % greatest((select count(*) from word), 1)`.execute(
    db,
  )
  await sql`
    insert into person_index (id_index, county, household_id, village, person_id, name, birth, is_head)
    select id_index, county, household_id, village, id, name, birth, relation = 'head' from person`.execute(
    db,
  )
}

async function fillBatches(db: Db) {
  // One file each for the province: what explains a household's clue came in a file that covers far more than its place.
  await sql`
    insert into batch (feed, department, area, file_name, file_ref, file_size, file_sm3, format, header_row, mapping,
      state,
      received_at, as_of)
    select feed, department, 340000000000, feed || '.csv', 'none', 1, md5(feed), 'csv', 1, '{}', 'merged', now(),
      '2020-03-10'
    from (values ('household', 'FP'), ('member', 'FP'), ('income', 'FP'), ('medical-settlement', 'YB'),
      ('medical-insurance', 'YB'))
      x (feed, department)`.execute(db)
  await sql`
    insert into batch (feed, department, area, file_name, file_ref, file_size, file_sm3, format, header_row, mapping,
      state,
      received_at, as_of)
    select 'medical-settlement', 'YB', code, code || '.csv', 'none', 1, md5(code::text), 'csv', 1, '{}', 'merged',
      now(), '2020-03-10'
    from division where level = 'county'`.execute(db)
}

async function fillFirstSpells(db: Db) {
  await sql`
    insert into category_spell (county, household_id, village, category, risk, members, from_on, opened_because,
      register_category)
    select county, id, village, category, risk, member_count, '2019-10-01', 'first-record', category
      from household`.execute(db)
}

async function fillFacts(db: Db, clueEvery: number) {
  const batch = (feed: string) => sql`(select id from batch where feed = ${feed} and area = 340000000000)`
  await sql`
    insert into household_record (county, household_id, village, batch_id, row_no, household_no, village_code,
      head_name, head_name_pinyin,
      head_id_number_cipher, head_id_number_index, registered, known_from)
    select h.county, h.id, h.village, ${batch('household')}, h.id, h.household_no, h.village, h.head_name,
      h.head_pinyin, p.id_cipher,
      p.id_index, h.registered, '2019-10-01'
    from household h join person p on p.county = h.county and p.household_id = h.id and p.relation = 'head'`.execute(
    db,
  )
  await sql`
    insert into income_statement (county, household_id, village, batch_id, row_no, period_from, period_to, wage_fen,
      known_from)
    select county, id, village, ${batch('income')}, id, '2018-10-01', '2019-09-30', 1200000 + id % 1000000, '2019-10-01'
      from household`.execute(db)
  await sql`
    insert into medical_insurance (county, household_id, village, person_id, batch_id, row_no, year, resident, employee,
      known_from)
    select county, household_id, village, id, ${batch('medical-insurance')}, id, 2020, true, false, '2020-01-10'
      from person`.execute(db)
  await sql`
    insert into medical_settlement (county, household_id, village, person_id, batch_id, row_no, settlement_no,
      visit_kind, hospital, settled_on,
      total_fen, self_paid_fen, known_from)
    select county, household_id, village, id, ${batch('medical-settlement')}, id, 'JS' || id, 'inpatient', '演示医院',
      '2020-02-20', 5000000,
      1500000, '2020-03-01'
    from person where household_id % ${clueEvery}::int = 0`.execute(db)
  await sql`
    insert into indicator (county, household_id, village, registered, relieved, unrelieved, monitored, household_size,
      inpatient_self_paid_year_fen)
    select county, id, village, registered, registered, false, false, member_count,
      case when id % ${clueEvery}::int = 0 then 1500000 else 0 end
    from household`.execute(db)
}

async function fillCasework(db: Db, clueEvery: number) {
  await sql`
    insert into screening_run (started_at, as_of, kind, feeds, pack, households, hits, raised, changed, cleared,
      milliseconds)
    values ('2020-03-01', '2020-03-01', 'full', '{}', 'anhui-2020', 0, 0, 0, 0, 0, 0)`.execute(db)
  const run = sql`(select max(id) from screening_run)`
  await sql`
    insert into signal (county, household_id, village, rule, rule_version, cause, level, case_no, figures, measured,
      threshold, margin,
      opened_on, changed_on, first_run, last_run)
    select county, id, village, 'R01', 1, 'illness', (array['red', 'orange', 'yellow'])[1 + id % 3], 1,
      '{"inpatient_self_paid_year_fen": 1500000}', 1500000, 1000000, 1.5, date '2020-01-01' + (id % 69)::int,
      date '2020-01-01' + (id % 69)::int, ${run}, ${run}
    from household where id % ${clueEvery}::int = 0`.execute(db)
  await sql`
    insert into signal_evidence (county, household_id, village, signal_id, fact, batch_id, row_no, person_id,
      happened_on, amount_fen, detail, run_id)
    select s.county, s.household_id, s.village, s.id, 'medical_settlement', m.batch_id, m.row_no, m.person_id,
      m.settled_on, m.self_paid_fen, '{}', ${run}
    from signal s join medical_settlement m on m.county = s.county and m.household_id = s.household_id`.execute(
    db,
  )
  await sql`
    insert into clue (county, household_id, village, cause, level, signal_level, rules, signals, strongest_signal, why,
      state,
      opened_on, last_signal_on, assignee, due_on, dispatched_at, sort_name)
    select h.county, h.id, h.village, s.cause, s.level, s.level, array[s.rule], 1, s.id,
      jsonb_build_object('zh', '户' || lpad(h.id::text, 7, '0') || '自付住院费', 'en', 'inpatient costs of ' || h.id),
      case when h.id % 4 = 0 then 'dispatched' else 'new' end, s.opened_on, s.opened_on,
      case when h.id % 4 = 0 then h.village end, case when h.id % 4 = 0 then date '2020-03-01' + (h.id % 20)::int end,
      case when h.id % 4 = 0 then timestamptz '2020-03-01' end, h.head_pinyin || ' ' || h.head_name
    from signal s join household h on h.county = s.county and h.id = s.household_id`.execute(db)
  await sql`
    insert into clue_event (county, household_id, village, clue_id, at, kind, details)
    select county, household_id, village, id, timestamptz '2020-03-01', 'opened', '{"rules": "R01"}'::jsonb from clue
    union all
    select county, household_id, village, id, timestamptz '2020-03-02', 'dispatched',
      jsonb_build_object('place', assignee::text, 'dueOn', due_on::text)
    from clue where assignee is not null`.execute(db)
}
