import { sql } from 'kysely'
import type { OwnWork } from '#contract/protection/own-record.ts'
import type { HouseholdKey } from '#server/modules/registry/households/index.ts'
import type { Db } from '#server/platform/database/db.ts'

/**
 * All that was done about a household the caller may see, for the household itself: nobody is named, and what is kept of a visit
 * beside its findings is counted.
 */
export async function readOwnWork(db: Db, { county, id }: HouseholdKey): Promise<OwnWork> {
  const of = sql`county = ${county} and household_id = ${id}`
  const day = (column: string) => sql`(${sql.ref(column)} at time zone 'Asia/Shanghai')::date::text`
  const [clues, visits, cases, measures, spells] = await Promise.all([
    sql<OwnWork['clues'][number]>`
      select cause, state, opened_on, closed_on from clue where ${of} and closed_on is not null
      order by closed_on desc, id`.execute(db),
    sql<OwnWork['visits'][number]>`
      select w.purpose, w.state, ${day('r.reported_at')} as on, r.remark, r.income_per_head_fen, r.rigid_spending_fen,
        coalesce((select jsonb_agg(jsonb_build_object('item', i.item, 'result', i.result, 'note', i.note))
        from visit_item i
          where i.county = r.county and i.report = r.report), '[]') as items,
        (select count(*) from visit_photo f where f.county = w.county and f.visit_id = w.id
          and f.file is not null) as photos,
        r.signatures_cipher is not null as signed, r.latitude is not null as located
      from visit w join visit_report r on r.county = w.county and r.visit_id = w.id
      where w.county = ${county} and w.household_id = ${id} order by r.reported_at desc, r.report`.execute(
      db,
    ),
    sql<OwnWork['cases'][number]>`
      select kind, state, opened_on, closed_on, category from case_file where ${of}
        order by opened_on desc, id desc`.execute(db),
    sql<OwnWork['measures'][number]>`
      select type, title, state, starts_on, ends_on, money_fen, effect from measure where ${of}
        order by starts_on desc, id`.execute(db),
    sql<OwnWork['spells'][number]>`
      select category, risk, from_on, until_on from category_spell where ${of} and until_on is distinct from from_on
      order by from_on desc, id desc`.execute(db),
  ])
  return {
    clues: clues.rows,
    visits: visits.rows,
    cases: cases.rows,
    measures: measures.rows,
    spells: spells.rows,
  }
}
