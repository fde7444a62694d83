import { sql } from 'kysely'
import { type Database, type Db, inTransaction } from '#server/platform/database/db.ts'
import { rebuildTallies } from '#server/tallies.ts'

/**
 * Carries a filled world on to where a province stands after years of work: as many closed clues as open ones, visits planned and
 * reported, cases at every step, plans with and without measures, and category spells since 2014 that go on changing every month.
 */
export async function fillCasework(owner: Database): Promise<void> {
  await inTransaction(owner, async ({ db, client }) => {
    await client.query('set local synchronous_commit = off')
    await client.query("set local work_mem = '256MB'")
    await fillPeople(db)
    await fillClues(db)
    await fillSpells(db)
    await fillVisits(db)
    await fillCases(db)
  })
  // No writer came by: what is counted is counted at the end, all at once.
  await rebuildTallies(owner)
  await owner.pool.query(
    'vacuum (analyze) clue, clue_event, household_clues, clue_span, clue_span_tally, clue_tally, clue_day_tally, category_tally, visit, case_file, case_entry, category_spell, household, plan, measure',
  )
}

/** One visitor for every township: the benchmark asks for the work of one of them. */
async function fillPeople(db: Db) {
  await sql`insert into auth_user (id, name, email)
    select 'bench-visitor-' || code, '走访' || code, 'bench-' || code || '@accounts.invalid' from division
      where level = 'township'`.execute(db)
}

async function fillClues(db: Db) {
  await sql`
    insert into clue (county, household_id, village, cause, level, signal_level, rules, signals, strongest_signal, why,
      state,
      opened_on, last_signal_on, closed_on, sort_name, channel, outcome_reason)
    select county, household_id, village, (array['schooling', 'water', 'housing'])[1 + household_id % 3], 'orange',
      'orange', rules, 1,
      strongest_signal, why, (array['cleared', 'excluded', 'solved', 'confirmed'])[1 + household_id / 2 % 4],
      date '2019-03-01' + (household_id * 7 % 360)::int, date '2019-03-01' + (household_id * 7 % 360)::int,
      least(date '2019-03-07' + (household_id * 7 % 360 + household_id / 9 % 40)::int, '2020-03-09'), sort_name, 'rule',
      'fact-wrong'
    from clue`.execute(db)
  await sql`
    insert into clue_event (county, household_id, village, clue_id, at, kind, details)
    select c.county, c.household_id, c.village, c.id, e.on_day + time '09:00', e.kind, e.details from clue c
      cross join lateral (
      values (1, c.opened_on, 'opened', '{"rules": "R01"}'::jsonb),
        (2, c.opened_on + 1, 'dispatched', jsonb_build_object('place', c.village::text, 'dueOn',
          (c.opened_on + 6)::text)),
        (3, c.closed_on, c.state, '{}'::jsonb)) e (n, on_day, kind, details)
    where c.closed_on is not null order by e.n`.execute(db)
  await sql`
    update clue set cause = (array['illness', 'disability', 'schooling', 'disaster', 'labour-shortage',
      'water'])[1 + household_id / 7 % 6],
      channel = (array['rule', 'rule', 'rule', 'rule', 'cadre', 'self', 'petition',
      'transfer'])[1 + household_id / 5 % 8],
      rules = case household_id / 7 % 6 when 0 then array['R01'] when 1 then array['R13'] when 2 then array['R08']
      when 3 then array['R19']
        when 4 then array['R24'] else array['R11'] end,
      dispatch_due_on = case when state = 'new' then date '2020-03-01' + (household_id % 14)::int end
    where closed_on is null`.execute(db)
}

async function fillSpells(db: Db) {
  await sql`
    insert into category_spell (county, household_id, village, category, risk, causes, members, from_on, until_on,
      opened_because,
      closed_because, register_category)
    select county, household_id, village, 'unrelieved', 'none', '{}', members, '2014-12-31', from_on, 'first-record',
      'registry', 'stable'
    from category_spell where category = 'stable'`.execute(db)
  await sql`update category_spell set opened_because = 'registry' where category = 'stable'`.execute(db)
  // A household in eighteen was found at risk, on a day of the five months before; half of the older ones are out of it again.
  await sql`
    create temporary table found on commit drop as
    select s.county, s.household_id, s.village, s.members, s.register_category,
      date '2019-10-02' + (s.household_id / 18 % 150)::int as on_day,
      case when s.category = 'ordinary' then 'marginal' else 'unstable' end as category,
      array[(array['illness', 'disability', 'schooling', 'labour-shortage'])[1 + s.household_id / 5 % 4]] as causes
    from category_spell s where s.until_on is null and s.household_id % 18 = 0`.execute(db)
  await sql`update category_spell s set until_on = f.on_day, closed_because = 'identified'
    from found f where s.county = f.county and s.household_id = f.household_id and s.until_on is null`.execute(
    db,
  )
  const gone = sql`(f.household_id / 36 % 2 = 0 and f.on_day < date '2019-12-01')`
  await sql`
    insert into category_spell (county, household_id, village, category, risk, causes, members, from_on, until_on,
      opened_because,
      closed_because, register_category, pack)
    select county, household_id, village, category, 'open', causes, members, on_day,
      case when ${gone} then on_day + 90 end, 'identified', case
        when ${gone} then 'resolved' end, register_category, 'anhui-2020'
    from found f
    union all
    select county, household_id, village, category, 'resolved', causes, members, on_day + 90, null, 'resolved', null,
      register_category,
      'anhui-2020'
    from found f where ${gone}`.execute(db)
  await sql`update household h set category = s.category, risk = s.risk from category_spell s
    where s.county = h.county and s.household_id = h.id and s.until_on is null and s.risk <> 'none'`.execute(
    db,
  )
}

async function fillVisits(db: Db) {
  await sql`
    create temporary table sent on commit drop as
    select c.county, c.household_id, c.village, c.id as clue, uuidv7() as visit, c.due_on,
      c.household_id / 4 % 3 = 0 as reported
    from clue c where c.state = 'dispatched' and c.household_id % 8 = 0`.execute(db)
  await sql`
    insert into visit (county, id, household_id, village, purpose, state, visitor, planned_at, due_on, level_rank,
      decision_due_on)
    select county, visit, household_id, village, 'verify', case when reported then 'reported' else 'planned' end,
      'bench-visitor-' || village / 1000 * 1000, '2020-03-02', due_on, 1, case when reported then due_on + 3 end
      from sent`.execute(db)
  await sql`update clue c set state = 'verifying', visit_id = s.visit from sent s where s.county = c.county
    and s.clue = c.id`.execute(db)
}

async function fillCases(db: Db) {
  await sql`
    insert into case_file (county, household_id, village, kind, state, step, causes, opened_on, due_on, total_due_on,
      pack, paused_on)
    select county, household_id, village, 'identification', 'running',
      (array['authorise', 'compare', 'review', 'publicity', 'township-audit', 'county-approval', 'announce',
        'enter'])[1 + household_id / 4 % 8],
      array[cause], '2020-02-20', date '2020-03-01' + (household_id % 20)::int, '2020-03-20', 'anhui-2020',
      case when household_id % 50 = 0 then date '2020-03-05' end
    from clue where state = 'confirmed' and household_id % 3 = 0`.execute(db)
  await sql`
    insert into plan (county, household_id, village, causes, opened_on, due_on, first_measure_due_on, measures)
    select county, household_id, village, causes, from_on, from_on + 10, from_on + 31, (household_id / 18 % 4)::smallint
    from category_spell where risk = 'open' and until_on is null`.execute(db)
}
