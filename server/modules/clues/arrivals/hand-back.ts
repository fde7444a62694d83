import { sql } from 'kysely'
import { dispatchDay } from '#server/modules/deadlines/index.ts'
import { getParameter, type PolicyPack, resolveParameters } from '#server/modules/policy/index.ts'
import { screenedHouseholds } from '#server/modules/screening/index.ts'
import type { Db } from '#server/platform/database/db.ts'
import { rowsOf } from '#server/platform/row-exchange.ts'
import { changeClues } from '../writing/clue-writer.ts'

const left = sql`${rowsOf(screenedHouseholds)} t
  join clue k on k.county = t.county and k.household_id = t.household_id and k.state = 'dispatched'
    and k.assignee / 1000000 <> k.county`

/**
 * A township cannot look into the clue of a household that now lives in another county: the clue is new there, for that county to hand
 * on. One that somebody already went for stays a visit until it is reported.
 */
export async function handBackMoved(db: Db, policy: PolicyPack, asOf: string, at: Date): Promise<void> {
  const { rows } = await sql<{ county: number }>`select distinct k.county from ${left}`.execute(db)
  if (rows.length === 0) return
  const dueOn = rows.map(({ county }) =>
    dispatchDay(asOf, getParameter(resolveParameters(policy, asOf, county * 1e6), 'dispatchLimit')),
  )
  await changeClues(db, {
    set: {
      ...{ state: sql`'new'`, assignee: sql`null`, dueOn: sql`null`, dispatchedBy: sql`null` },
      dispatchDueOn: sql`x.dispatch_due_on`,
    },
    from: sql`(select distinct k.county, k.id, k.assignee, p.dispatch_due_on from ${left}
        join unnest(${rows.map(({ county }) => county)}::int[], ${dueOn}::date[]) p (county, dispatch_due_on)
          on p.county = k.county) x
      join division d on d.code = x.assignee`,
    where: sql`c.county = x.county and c.id = x.id`,
    event: {
      kind: sql`'recalled'`,
      at,
      details: sql`jsonb_build_object('place', d.name, 'placeCode', d.code::text, 'reason', '该户已迁往其他县')`,
    },
  })
}
