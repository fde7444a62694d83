import { sql } from 'kysely'
import type { Rule } from '#server/modules/policy/rules/index.ts'
import type { Db } from '#server/platform/database/db.ts'
import type { Judged } from '../indicators/define.ts'
import { evidenceColumns, proveHits } from '../indicators/evidence.ts'

/** The open signals that hit, and the rows that prove them; temporary. */
const tables = { hits: 'screening_proved', rows: 'screening_evidence' }
const take = ['household_id', 'village', 'signal_id']

/**
 * Gives every signal that hit the rows its figure is made of now, and no others: a bill that was withdrawn goes, though the sum may be
 * the same. Notes of which days they speak.
 */
export async function proveSignals(
  db: Db,
  { judged, rules, run }: { judged: Judged; rules: readonly Rule[]; run: number },
): Promise<void> {
  await sql.raw(`drop table if exists ${tables.hits}, ${tables.rows}`).execute(db)
  await sql`
    create temporary table ${sql.table(tables.hits)} on commit drop as
    select h.county, h.household_id, h.rule, h.case_no, s.village, s.id as signal_id
    from screening_hit h join signal s on s.county = h.county and s.household_id = h.household_id and s.rule = h.rule
      and s.cause = h.cause and s.cleared_on is null`.execute(db)
  await sql`analyze ${sql.table(tables.hits)}`.execute(db)
  await sql`
    create temporary table ${sql.table(tables.rows)} (county integer, household_id bigint, village bigint,
      signal_id bigint, fact text, batch_id bigint, row_no integer, person_id bigint, happened_on date,
      amount_fen bigint, detail jsonb, primary key (county, signal_id, fact, batch_id, row_no))
    on commit drop`.execute(db)
  const columns = sql.raw(['county', ...take, ...evidenceColumns].join(', '))
  await proveHits(db, judged, rules, { from: tables.hits, take }, (rows) =>
    sql`insert into ${sql.table(tables.rows)} (${columns}) ${rows} on conflict do nothing`.execute(db),
  )
  await sql`analyze ${sql.table(tables.rows)}`.execute(db)
  await sql`
    delete from signal_evidence e using ${sql.table(tables.hits)} p
    where e.county = p.county and e.signal_id = p.signal_id and not exists (
      select from ${sql.table(tables.rows)} n where n.county = e.county and n.signal_id = e.signal_id
        and n.fact = e.fact and n.batch_id = e.batch_id and n.row_no = e.row_no)`.execute(db)
  await sql`
    insert into signal_evidence as e (${columns}, run_id)
    select ${columns}, ${run}::bigint from ${sql.table(tables.rows)}
    on conflict (county, signal_id, fact, batch_id, row_no) do update set person_id = excluded.person_id,
      happened_on = excluded.happened_on, amount_fen = excluded.amount_fen, detail = excluded.detail
    where (e.person_id, e.happened_on, e.amount_fen, e.detail)
      is distinct from (excluded.person_id, excluded.happened_on, excluded.amount_fen, excluded.detail)`.execute(
    db,
  )
  await sql`
    update signal s set spoke_from = n.first, spoke_to = n.last
    from (
      select county, signal_id, min(day) as first, max(day) as last
      from (select county, signal_id, coalesce(happened_on, make_date((detail ->> 'year')::integer, 1, 1)) as day
        from ${sql.table(tables.rows)}) d
      group by county, signal_id
    ) n
    where n.county = s.county and n.signal_id = s.id
      and (s.spoke_from, s.spoke_to) is distinct from (n.first, n.last)`.execute(db)
}
