import { sql } from 'kysely'
import { dispatchDay } from '#server/modules/deadlines/index.ts'
import { getParameter, type PolicyPack, resolveParameters } from '#server/modules/policy/index.ts'
import {
  changedSignals,
  explainSignal,
  type SignalRow,
  screenedHouseholds,
} from '#server/modules/screening/index.ts'
import type { Clock } from '#server/platform/clock.ts'
import type { Db, Session } from '#server/platform/database/db.ts'
import { rowsOf } from '#server/platform/row-exchange.ts'
import { changeClues, noteClues, openClues } from '../writing/clue-writer.ts'
import { movedFrom, movedTo, passClues, preparePassages } from './follow-persons.ts'
import { handOverMoved } from './hand-over-moved.ts'

export interface MergeDeps {
  policy: PolicyPack
  clock: Clock
}

export interface ClueChanges {
  opened: number
  reopened: number
  cleared: number
}

/**
 * Brings the clues up to the signals that the screening of this transaction changed (`changedSignals`, `screenedHouseholds`):
 * one open clue per household and cause. A signal that is raised or changed joins the open clue; one that comes back within
 * the merge window of the policy reopens the cleared clue; any other opens a new one. A new clue whose last signal ceased
 * to be true is cleared; a dispatched one stays where it is, and its timeline records it. What a shield suppresses counts for
 * nothing; what befalls a household whose risk of that cause is being dealt with joins the confirmed clue.
 */
export async function mergeSignals(
  { policy, clock }: MergeDeps,
  { db }: Pick<Session, 'db'>,
  asOf: string = clock.today(),
): Promise<ClueChanges> {
  const at = clock.now()
  await handOverMoved(db, policy, asOf, at)
  await followHouseholds(db)
  await preparePolicy(db, policy, asOf)
  await prepareNext(db)
  await preparePassages(db)
  await describeWhy(db, policy)
  await noteSignals(db, at)
  const cleared = await clearEmpty(db, asOf, at)
  await updateOpen(db)
  const reopened = await reopen(db, asOf, at)
  const opened = await openNew(db, asOf, at)
  await passClues(db, asOf, at)
  await updateLevels(db, at)
  return { opened, reopened, cleared }
}

const sortName = sql`h.head_pinyin || ' ' || h.head_name`

/** A household that moved takes its clues along: who may see them depends on the village. */
async function followHouseholds(db: Db) {
  await changeClues(db, {
    set: { village: sql`h.village`, sortName },
    from: sql`${rowsOf(screenedHouseholds)} t join household h on h.county = t.county and h.id = t.household_id`,
    where: sql`c.county = t.county and c.household_id = t.household_id
      and (c.village, c.sort_name) is distinct from (h.village, ${sortName})`,
  })
}

/**
 * Whether signal `s` was looked into and found to be no risk: the same figures, that were true all the time or gone no longer than the
 * merge window; what came back after that is another event, however alike. Needs `clue_policy`.
 */
const isShielded = sql`exists (
  select from clue_shield k left join clue_policy w on w.county = k.county
  where k.county = s.county and k.household_id = s.household_id and k.cause = s.cause and k.rule = s.rule
    and k.figures = s.figures
    and s.opened_on - coalesce((select max(e.cleared_on) from signal e where e.county = s.county
      and e.household_id = s.household_id
      and e.rule = s.rule and e.cause = s.cause and e.cleared_on between k.since and s.opened_on),
        s.opened_on) <= coalesce(w.merge_window, 0))`

/** `clue_next`: what the clue of every touched household and cause rests on now; no signals when none is open. */
async function prepareNext(db: Db) {
  await sql`drop table if exists clue_next`.execute(db)
  await sql`
    create temporary table clue_next on commit drop as
    with touched as (select distinct county, household_id, cause from ${rowsOf(changedSignals)}),
    hits as (
      select s.county, s.household_id, s.cause, array_agg(distinct s.rule) as rules, count(*) as signals,
        max(s.changed_on) as last_signal_on,
        (array_agg(s.id order by r.rank, s.margin desc nulls last, s.rule))[1] as strongest,
        (array_agg(s.level order by r.rank))[1] as level
      from signal s join touched using (county, household_id, cause)
      cross join lateral (select array_position('{red,orange,yellow}', s.level) as rank) r
      where s.cleared_on is null and not ${isShielded}
      group by s.county, s.household_id, s.cause
    )
    select row_number() over (order by t.county, t.household_id, t.cause) as n, t.county, t.household_id, t.cause,
      h.village, h.head_name, ${sortName} as sort_name, hits.level, hits.rules,
      coalesce(hits.signals, 0)::smallint as signals,
      hits.last_signal_on, hits.strongest, null::jsonb as why, dealt.id as dealt_with,
      coalesce(o.id, dealt.id) as noted
    from touched t join household h on h.county = t.county and h.id = t.household_id
    left join hits on (hits.county, hits.household_id, hits.cause) = (t.county, t.household_id, t.cause)
    left join clue o on o.county = t.county and o.household_id = t.household_id and o.cause = t.cause
      and o.closed_on is null
    left join lateral (
      select c.id from clue c
      where c.county = t.county and c.household_id = t.household_id and c.cause = t.cause and c.state = 'confirmed'
        and (h.risk = 'open' or exists (select from case_file f
          where f.county = t.county and f.household_id = t.household_id and f.state = 'running'))
      order by c.closed_on desc, c.id desc limit 1
    ) dealt on true`.execute(db)
  await sql`create unique index on clue_next (n)`.execute(db)
  await sql`analyze clue_next`.execute(db)
}

async function preparePolicy(db: Db, policy: PolicyPack, asOf: string) {
  const { rows } = await sql<{
    county: number
  }>`select distinct county from ${rowsOf(changedSignals)}`.execute(db)
  const values = rows.map(({ county }) => resolveParameters(policy, asOf, county * 1e6))
  await sql`drop table if exists clue_policy`.execute(db)
  await sql`
    create temporary table clue_policy on commit drop as
    select * from unnest(${rows.map(({ county }) => county)}::int[],
      ${values.map((one) => getParameter(one, 'clueMergeWindow'))}::int[],
      ${values.map((one) => getParameter(one, 'yellowCausesForOrange'))}::int[],
      ${values.map((one) => dispatchDay(asOf, getParameter(one, 'dispatchLimit')))}::date[])
      p (county, merge_window, yellow_causes, dispatch_due_on)`.execute(db)
}

interface Strongest extends SignalRow {
  n: number
  headName: string
}

const sentencesAtOnce = 5000

/** The sentences are put together here, for the rules' texts live in the policy files: 20,000 take 0.3 s. */
async function describeWhy(db: Db, policy: PolicyPack) {
  for (let from = 1; ; from += sentencesAtOnce) {
    const { rows } = await sql<Strongest>`
      select x.n, x.head_name, s.rule, s.rule_version, s.case_no, s.figures, s.measured, s.threshold, s.margin,
        coalesce(s.spoke_to, s.opened_on) as spoke_on
      from clue_next x join signal s on s.county = x.county and s.id = x.strongest
      where x.n >= ${from} and x.n < ${from + sentencesAtOnce}`.execute(db)
    const whys = rows.map((row) => {
      const { sentence } = explainSignal(policy, row, { zh: row.headName, en: row.headName })
      return JSON.stringify(sentence)
    })
    await sql`
      update clue_next x set why = w.why::jsonb
      from unnest(${rows.map(({ n }) => n)}::bigint[], ${whys}::text[]) w (n, why) where x.n = w.n`.execute(
      db,
    )
    const { rows: left } =
      await sql`select from clue_next where n >= ${from + sentencesAtOnce} limit 1`.execute(db)
    if (left.length === 0) return
  }
}

const openClue = sql`c.county = x.county and c.household_id = x.household_id and c.cause = x.cause
  and c.closed_on is null`

/** Signals that changed under an open clue go into its timeline, as they do into that of one that is being dealt with. */
async function noteSignals(db: Db, at: Date) {
  await noteClues(
    db,
    { at },
    sql`
      select x.county, n.noted, case x.change when 'cleared' then 'signal-cleared' else 'signal' end,
        case x.change when 'cleared' then jsonb_build_object('rule', x.rule, 'ended', s.ended)
            || ${movedTo('x', 'rule')}
          else jsonb_build_object('rule', x.rule, 'level', x.level, 'change', x.change) || ${movedFrom('x', 'rule')} end
      from ${rowsOf(changedSignals)} x join clue_next n using (county, household_id, cause)
      join signal s on s.county = x.county and s.id = x.signal_id
      where n.noted is not null
      order by x.county, n.noted, x.change = 'cleared', x.rule`,
  )
}

async function clearEmpty(db: Db, asOf: string, at: Date): Promise<number> {
  const cleared = await changeClues(db, {
    set: { state: sql`'cleared'`, closedOn: sql`greatest(${asOf}::date, c.opened_on)`, signals: sql`0` },
    from: sql`clue_next x`,
    where: sql`${openClue} and c.state = 'new' and x.signals = 0 and c.reports = 0`,
    event: { kind: sql`'cleared'`, at, details: movedTo('x', 'cause') },
  })
  return cleared.length
}

async function updateOpen(db: Db) {
  await changeClues(db, {
    set: {
      signals: sql`x.signals`,
      rules: sql`coalesce(x.rules, c.rules)`,
      signalLevel: sql`coalesce(x.level, c.signal_level)`,
      strongestSignal: sql`coalesce(x.strongest, c.strongest_signal)`,
      why: sql`coalesce(x.why, c.why)`,
      lastSignalOn: sql`coalesce(x.last_signal_on, c.last_signal_on)`,
    },
    from: sql`clue_next x`,
    where: openClue,
  })
}

const clueDetails = sql`jsonb_build_object('rules', array_to_string(new.rules, ','), 'level', new.level)
  || ${movedFrom('new', 'cause')}`

async function reopen(db: Db, asOf: string, at: Date): Promise<number> {
  const back = await changeClues(db, {
    set: {
      state: sql`'new'`,
      closedOn: sql`null`,
      dispatchDueOn: sql`x.dispatch_due_on`,
      signals: sql`x.signals`,
      rules: sql`x.rules`,
      signalLevel: sql`x.level`,
      level: sql`x.level`,
      strongestSignal: sql`x.strongest`,
      why: sql`x.why`,
      lastSignalOn: sql`x.last_signal_on`,
    },
    from: sql`(
      select distinct on (x.n) x.*, c.id, p.dispatch_due_on
      from clue_next x join clue_policy p on p.county = x.county
      join clue c on c.county = x.county and c.household_id = x.household_id and c.cause = x.cause
      where x.signals > 0 and x.dealt_with is null and c.state = 'cleared'
        and c.closed_on > ${asOf}::date - p.merge_window
        and not exists (select from clue c where ${openClue})
      order by x.n, c.closed_on desc, c.id desc) x`,
    where: sql`c.county = x.county and c.id = x.id`,
    event: { kind: sql`'reopened'`, at, details: clueDetails },
  })
  return back.length
}

async function openNew(db: Db, asOf: string, at: Date): Promise<number> {
  const made = await openClues(db, {
    values: {
      county: sql`x.county`,
      householdId: sql`x.household_id`,
      village: sql`x.village`,
      sortName: sql`x.sort_name`,
      cause: sql`x.cause`,
      level: sql`x.level`,
      signalLevel: sql`x.level`,
      rules: sql`x.rules`,
      signals: sql`x.signals`,
      strongestSignal: sql`x.strongest`,
      why: sql`x.why`,
      state: sql`'new'`,
      openedOn: sql`${asOf}::date`,
      lastSignalOn: sql`x.last_signal_on`,
      dispatchDueOn: sql`p.dispatch_due_on`,
    },
    from: sql`clue_next x join clue_policy p on p.county = x.county
      where x.signals > 0 and x.dealt_with is null and not exists (select from clue c where ${openClue})
      order by x.n`,
    event: { kind: sql`'opened'`, at, details: clueDetails },
  })
  return made.length
}

/** Yellow signals of so many causes in one household make orange; otherwise a clue has the level of its strongest signal. */
async function updateLevels(db: Db, at: Date) {
  const level = sql`case when due.met then 'orange' else c.signal_level end`
  await changeClues(db, {
    set: { level },
    from: sql`(
      with home as (
        select c.county, c.household_id, count(*) filter (where c.signal_level = 'yellow' and c.signals > 0) as yellows
        from clue c join (select distinct county, household_id from clue_next) x using (county, household_id)
        where c.closed_on is null group by c.county, c.household_id
      )
      select c.county, c.id, home.yellows,
        c.signal_level = 'yellow' and c.signals > 0 and home.yellows >= p.yellow_causes as met
      from clue c join home using (county, household_id) join clue_policy p using (county)
      where c.closed_on is null) due`,
    where: sql`due.county = c.county and due.id = c.id and c.level <> ${level}`,
    event: {
      kind: sql`'level'`,
      at,
      details: sql`jsonb_build_object('from', old.level, 'to', new.level)
        || case when due.met then jsonb_build_object('causes', due.yellows::text) else '{}' end`,
    },
  })
}
