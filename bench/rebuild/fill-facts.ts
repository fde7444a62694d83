import { sql } from 'kysely'
import { type Database, type Db, inTransaction } from '#server/platform/database/db.ts'
import { print } from '../options.ts'

/** Day the records came, and the last day any source speaks of. */
const recorded = '2019-10-01'
const asOf = '2020-03-10'

/**
 * Fills an empty, migrated database that has its divisions with households, members, their records and spells, and about 10.7
 * current facts for each household in the ten kinds that indicators rest on; one statement in 33 was corrected in February.
 * Counties lie together, as they do when each sends its files.
 */
export async function fillFacts(owner: Database, households: number): Promise<void> {
  await inTransaction(owner, async ({ db, client }) => {
    await client.query('set local synchronous_commit = off')
    await client.query("set local work_mem = '256MB'")
    await client.query("set local maintenance_work_mem = '512MB'")
    await fillRegistry(db, households)
    for (const [table, { feed, columns, rows }] of Object.entries(facts)) {
      const { numAffectedRows } = await sql
        .raw(`insert into ${table} (${columns}, batch_id, row_no, known_from, known_until)
          select x.*, b.id, (row_number() over ())::integer, ${known(table)}
          from (${rows}) x cross join (select id from batch where feed = '${feed}') b`)
        .execute(db)
      print(`${table}: ${numAffectedRows}`)
    }
    await correctIncomes(db)
  })
  await owner.pool.query('vacuum (analyze)')
}

/** When each fact was learned; what a day of February did not know yet is there too. */
const known = (table: string) => {
  const until = "case when x.household_id % 33 = 5 then timestamptz '2020-02-25' end"
  return `case when x.household_id % 50 = 7 then timestamptz '2020-02-20' else timestamptz '${recorded}' end,
  ${table === 'income_statement' ? until : 'null::timestamptz'}`
}

async function fillRegistry(db: Db, households: number) {
  await sql`
    insert into batch (feed, department, area, file_name, file_ref, file_size, file_sm3, format, header_row, mapping,
      state,
      received_at, as_of, merged_at, covered_until)
    select feed, 'FP', 340000000000, feed, 'none', 1, md5(feed), 'csv', 1, '{}', 'merged', now(), ${recorded},
      ${recorded}::timestamptz,
      '2020-02-29'
    from unnest(${['household', 'member', ...feedNames()]}::text[]) feed`.execute(db)
  await sql`
    insert into feed_coverage (feed, county, covered_until, batch_id, merged_at)
    select b.feed, d.code / 1000000, b.covered_until, b.id, b.merged_at from batch b, division d
    where d.level = 'county' and b.feed = any(${['member', ...feedNames()]}::text[])`.execute(db)
  await sql`
    insert into batch_coverage (county, batch_id, feed, subject, covered_until, known_from)
    select county, batch_id, feed, subject, covered_until, merged_at from feed_coverage`.execute(db)
  await sql`create temporary table place on commit drop as
    select code, row_number() over (order by code) - 1 as n from division where level = 'village'`.execute(db)
  await sql`create unique index on place (n)`.execute(db)
  await sql`analyze place`.execute(db)
  await sql`
    insert into household (county, household_no, village, head_name, head_pinyin, registered, relief_mark, category,
      risk, member_count)
    select v.code / 1000000, v.code::text || lpad(i::text, 7, '0'), v.code, '户主', 'hz', i % 3 <> 0,
      case when i % 3 <> 0 then 'relieved' end, case when i % 3 <> 0 then 'stable' else 'ordinary' end,
      case i % 40 when 0 then 'open' when 1 then 'resolved' else 'none' end, 1 + i % 4
    from generate_series(1, ${households}::bigint) i
    join place v on v.n = (i - 1) * (select count(*) from place) / ${households}::bigint
    order by i`.execute(db)
  print('households')
  await sql`
    insert into person (county, household_id, village, member_no, name, name_pinyin, id_cipher, id_index, sex, birth,
      relation, labour)
    select h.county, h.id, h.village, h.household_no || m, '成员', 'cy', '', md5(h.id || '-' || m)::uuid, 'male',
      date '1940-01-01' + ((h.id * 37 + m * 9001) % 28000)::int, 'child',
      (array['ordinary', 'skilled', 'weak', 'lost', 'none'])[1 + (h.id + m) % 5]
    from household h cross join lateral generate_series(1, h.member_count) m`.execute(db)
  await sql`
    insert into member_record (county, household_id, village, person_id, batch_id, row_no, household_no, member_no,
      name, name_pinyin, sex,
      id_number_cipher, id_number_index, birth, relation, labour, known_from)
    select p.county, p.household_id, p.village, p.id, b.id, p.id, '', p.member_no, p.name, p.name_pinyin, p.sex, '',
      p.id_index, p.birth, p.relation,
      p.labour, ${recorded}::timestamptz
    from person p cross join (select id from batch where feed = 'member') b`.execute(db)
  print('members')
  await sql`
    insert into household_record (county, household_id, village, batch_id, row_no, household_no, village_code,
      head_name, head_name_pinyin,
      head_id_number_cipher, head_id_number_index, registered, relief_mark, known_from)
    select h.county, h.id, h.village, b.id, h.id, h.household_no, h.village, h.head_name, h.head_pinyin, '', h.ref,
      h.registered, h.relief_mark,
      ${recorded}::timestamptz
    from household h cross join (select id from batch where feed = 'household') b`.execute(db)
  await sql`
    insert into category_spell (county, household_id, village, category, risk, members, from_on, opened_because,
      register_category,
      opened_at)
    select county, id, village, category, risk, member_count, ${recorded}, 'first-record', category,
      ${recorded}::timestamptz
    from household`.execute(db)
  await sql`analyze household, person, member_record, household_record, category_spell`.execute(db)
  print('records and spells')
}

/** The statement a correction took the place of is known still; the one that did has its own row. */
async function correctIncomes(db: Db) {
  await sql`
    insert into income_statement (county, household_id, village, period_from, period_to, wage_fen, business_cost_fen,
      batch_id, row_no,
      known_from)
    select county, household_id, village, period_from, period_to, wage_fen - 100000, business_cost_fen, batch_id,
      row_no + 100000000, known_until
    from income_statement where known_until is not null`.execute(db)
}

/** A number between 0 and `below`, scattered but the same in every run. */
const scattered = (seed: string, below: number) =>
  `((hashint8(${seed})::bigint + 2147483648) % ${below})::integer`
const back = (seed: string, days: number) => `date '${asOf}' - ${scattered(seed, days)}`
const share = (seed: string, percent: number) => `${scattered(seed, 1000)} < ${percent * 10}`

/** Columns and rows of each kind, in the shares in which a province has them. */
const facts: Record<string, { feed: string; columns: string; rows: string }> = {
  income_statement: {
    feed: 'income',
    columns: 'county, household_id, village, period_from, period_to, wage_fen, business_cost_fen',
    rows: `select county, id as household_id, village, make_date(y - 1, 10, 1), make_date(y, 9, 30),
      (700000 + ${scattered('id * 3 + y', 900000)}) * member_count, ${scattered('id * 5 + y', 200000)}
      from household cross join generate_series(2018, 2019) y where ${share('id * 7 + y', 98)}`,
  },
  medical_settlement: {
    feed: 'medical-settlement',
    columns:
      'county, household_id, village, person_id, settlement_no, visit_kind, settled_on, total_fen, self_paid_fen',
    rows: `select county, household_id, village, id, k::text, case when ${share('id * 11 + k', 30)} then 'inpatient'
      else 'outpatient' end,
      ${back('id * 13 + k', 700)}, 500000, ${scattered('id * 17 + k', 400000)}
      from person cross join generate_series(1, 2) k where ${share('id * 19 + k', 26)}`,
  },
  medical_insurance: {
    feed: 'medical-insurance',
    columns: 'county, household_id, village, person_id, year, resident, employee',
    rows: `select county, household_id, village, id, 2020, ${share('id * 23', 99)}, false from person`,
  },
  illness: {
    feed: 'illness',
    columns: 'county, household_id, village, person_id, kind, disease, diagnosed_on, outcome_on',
    rows: `select county, household_id, village, id, (array['major', 'chronic', 'confirmed',
      'suspected'])[1 + ${scattered('id * 29', 4)}], '病',
      ${back('id * 31', 600)}, case when ${share('id * 37', 50)} then ${back('id * 41', 40)} end
      from person where ${share('id * 43', 4)}`,
  },
  school_enrolment: {
    feed: 'school-enrolment',
    columns: 'county, household_id, village, person_id, term, stage, status, self_paid_fee_fen, reported_on',
    rows: `select county, household_id, village, id, k::text, 'primary',
      case when ${share('id * 47 + k', 1)} then 'dropped-out' else 'enrolled' end, ${scattered('id * 53 + k', 300000)},
      date '2019-09-20' + k * 150
      from person cross join generate_series(0, 1) k where birth > '2002-01-01'`,
  },
  dwelling_survey: {
    feed: 'dwelling',
    columns: 'county, household_id, village, assessed_on, grade, lived_in',
    rows: `select county, id as household_id, village, ${back('id * 59', 900)},
      (array['A', 'A', 'B', 'B', 'B', 'B', 'B', 'B', 'C', 'D'])[1 + ${scattered('id * 61', 10)}],
        ${share('id * 67', 95)}
      from household where ${share('id * 71', 80)}`,
  },
  water_survey: {
    feed: 'water',
    columns:
      'county, household_id, village, observed_on, cut_from, cut_to, quality, litres, trip_minutes, scarce',
    rows: `select county, id as household_id, village, ${back('id * 73', 300)} + k * 400, case
      when ${share('id * 79 + k', 5)} then ${back('id * 73', 300)} - 9 + k * 400 end,
      case when ${share('id * 83 + k', 50)} then ${back('id * 73', 300)} - 2 + k * 400 end,
      case when ${share('id * 89 + k', 90)} then case when ${share('id * 97 + k', 1)} then 'failed'
        else 'passed' end end,
      20 + ${scattered('id * 101 + k', 60)}, ${scattered('id * 103 + k', 25)}, false
      from household cross join generate_series(-1, 0) k where ${share('id * 107 + k', 40)}`,
  },
  social_assistance: {
    feed: 'social-assistance',
    columns: 'county, household_id, village, person_id, kind, started_on, ended_on, monthly_fen',
    rows: `select county, household_id, village, id, 'dibao', ${back('id * 109', 900)} - 100,
      case when ${share('id * 113', 30)} then ${back('id * 127', 200)} end, 30000
      from person where ${share('id * 131', 5)}`,
  },
  disability_certificate: {
    feed: 'disability',
    columns:
      'county, household_id, village, person_id, certificate_no_cipher, certificate_no_index, category, grade, issued_on',
    rows: `select county, household_id, village, id, ''::bytea, md5(id::text)::uuid, 'limb',
      (1 + ${scattered('id * 137', 4)})::text,
      ${back('id * 139', 2000)}
      from person where ${share('id * 149', 5)}`,
  },
  employment_month: {
    feed: 'employment',
    columns: 'county, household_id, village, person_id, month, status, public_post',
    rows: `select county, household_id, village, id, (date '2019-03-01' + make_interval(months => m))::date,
      case when m < ${scattered('id * 151', 40)} then 'employed' else 'unemployed' end, false
      from person cross join generate_series(0, 11) m where ${share('id * 157', 8)}`,
  },
}

const feedNames = () => Object.values(facts).map(({ feed }) => feed)
