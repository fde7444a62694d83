import { sql } from 'kysely'
import type { Localized, RiskLevel } from '#contract/common.ts'
import type { SignalEnd, TimelineEntry } from '#contract/work/clues.ts'
import type { ClueReport } from '#contract/work/reports.ts'
import type { AreaScope } from '#server/modules/divisions/index.ts'
import type { EvidenceRow, SignalRow } from '#server/modules/screening/index.ts'
import type { Db } from '#server/platform/database/db.ts'
import type { ClueRecord } from '../list/clue-queries.ts'

type Key = Pick<ClueRecord, 'county' | 'id' | 'householdId' | 'cause'>

export interface SignalRecord extends SignalRow {
  id: number
  ruleVersion: number
  level: RiskLevel
  openedOn: string
  clearedOn: string | null
  silentSince: string | null
  ended: SignalEnd | null
}

/** Signals that were open at some time while the clue was; those still open come first, the strongest at the top. */
export async function listSignals(
  db: Db,
  { county, householdId, cause, openedOn, closedOn }: Key & Pick<ClueRecord, 'openedOn' | 'closedOn'>,
): Promise<SignalRecord[]> {
  const { rows } = await sql<SignalRecord>`
    select id, rule, rule_version, case_no, level, figures, measured, threshold, margin, opened_on, cleared_on,
      coalesce(spoke_to, opened_on) as spoke_on, silent_since, ended
    from signal
    where county = ${county} and household_id = ${householdId} and cause = ${cause}
      and (cleared_on is null or cleared_on >= ${openedOn}::date)
      and (${closedOn}::date is null or opened_on <= ${closedOn}::date)
    order by cleared_on is not null, array_position('{red,orange,yellow}', level), margin desc nulls last, rule,
      id`.execute(db)
  return rows
}

export interface EvidenceRecord extends EvidenceRow {
  signalId: number
  feed: string
  batch: string | null
  fileName: string
  rowNo: number
  sheets: string[] | null
  person: string | null
}

/** Department rows behind the household's signals of a cause, newest first. */
export async function listEvidence(db: Db, { county, householdId, cause }: Key): Promise<EvidenceRecord[]> {
  const { rows } = await sql<EvidenceRecord>`
    select e.signal_id, e.fact, e.happened_on, e.amount_fen, e.detail, b.feed, b.ref as batch, b.file_name, e.row_no,
      b.sheets, p.name as person
    from signal s
    join signal_evidence e on e.county = s.county and e.signal_id = s.id
    join batch_source b on b.id = e.batch_id
    left join person p on p.county = e.county and p.id = e.person_id
    where s.county = ${county} and s.household_id = ${householdId} and s.cause = ${cause}
    order by e.happened_on desc nulls last, e.batch_id desc, e.row_no`.execute(db)
  return rows
}

/** Those of the batches that an account of the scope may open; the files a household's facts came from often cover far more. */
export async function listOpenBatches(
  db: Db,
  scope: AreaScope,
  refs: readonly string[],
): Promise<ReadonlySet<string>> {
  const { rows } = await sql<{ ref: string }>`
    select ref from batch where ref = any(${[...new Set(refs)]}::uuid[])
      and area between ${scope.from}::bigint and ${scope.to}::bigint`.execute(db)
  return new Set(rows.map(({ ref }) => ref))
}

export async function listTimeline(db: Db, { county, id }: Key): Promise<TimelineEntry[]> {
  const { rows } = await sql<TimelineEntry>`
    select e.at, e.kind, u.name as by, e.details
    from clue_event e left join auth_user u on u.id = e.by_user
    where e.county = ${county} and e.clue_id = ${id}::uuid order by e.id`.execute(db)
  return rows
}

/** What people reported, oldest first. */
export async function listReports(db: Db, { county, id }: Key): Promise<ClueReport[]> {
  const { rows } = await sql<ClueReport>`
    select id::text, channel, at, by_name as by, text from clue_report
    where county = ${county} and clue_id = ${id}::uuid order by id`.execute(db)
  return rows
}

/** Living members, the head first, then by age. */
export async function listMemberSummary(db: Db, { county, householdId }: Key, today: string) {
  const { rows } = await sql<{ ref: string; name: string; relation: string; age: number | null }>`
    select ref, name, relation, extract(year from age(${today}::date, birth))::integer as age
    from person where county = ${county} and household_id = ${householdId} and left_on is null
    order by relation <> 'head', birth, id`.execute(db)
  return rows
}

export async function listOtherClues(db: Db, { county, householdId, id }: Key) {
  const { rows } = await sql<{ id: string; cause: string; level: string; why: Localized }>`
    select id, cause, level, why from clue
    where county = ${county} and household_id = ${householdId} and id <> ${id}::uuid and closed_on is null
    order by level_rank, opened_on desc, id`.execute(db)
  return rows
}

/** The household's indicators by column; undefined for one that left the registry. */
export async function findFigures(db: Db, { county, householdId }: Key) {
  // As pairs: the catalogue knows the columns by their names in the database.
  const { rows } = await sql<{ figures: [string, number | boolean | null][] }>`
    select (select jsonb_agg(jsonb_build_array(e.key, e.value)) from jsonb_each(to_jsonb(i)) e) as figures
    from indicator i where county = ${county} and household_id = ${householdId}`.execute(db)
  return rows[0] && Object.fromEntries(rows[0].figures)
}
