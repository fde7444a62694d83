import { sql } from 'kysely'
import type { ClueState } from '#contract/work/clues.ts'
import type { Db } from '#server/platform/database/db.ts'
import { changeClues, noteClues } from '../writing/clue-writer.ts'

/** A clue that is taken back, and who has it then by which day; null where nobody has. */
export interface TakenBack {
  county: number
  id: string
  keeper: number | null
  dueOn: string | null
}

interface TakeBackNote {
  by: string | null
  at: Date
  today: string
  reason: string
}

/**
 * Takes clues from whoever has them. One that nobody has then is new again, or cleared when none of its signals is open any more; one
 * that somebody has again lies there as it was handed to them. Answers what each of them is now.
 */
export async function takeBack(
  db: Db,
  taken: readonly TakenBack[],
  { by, at, today, reason }: TakeBackNote,
): Promise<ReadonlyMap<string, ClueState>> {
  const table = sql`unnest(${taken.map(({ county }) => county)}::int[], ${taken.map(({ id }) => id)}::uuid[],
    ${taken.map(({ keeper }) => keeper)}::bigint[], ${taken.map(({ dueOn }) => dueOn)}::date[])
    x (county, id, keeper, due_on)`
  const isOver = sql`x.keeper is null and c.signals = 0 and c.reports = 0`
  const rows = await changeClues<{ state: ClueState }>(db, {
    set: {
      state: sql`case when x.keeper is not null then 'dispatched' when ${isOver} then 'cleared' else 'new' end`,
      closedOn: sql`case when ${isOver} then ${today}::date end`,
      assignee: sql`x.keeper`,
      dueOn: sql`x.due_on`,
      dispatchedBy: sql`b.by_user`,
      dispatchedAt: sql`b.at`,
      dispatchNote: sql`b.note`,
    },
    from: sql`${table} join clue o on o.county = x.county and o.id = x.id join division d on d.code = o.assignee
      left join lateral (
        select e.by_user, e.at, e.details ->> 'note' as note from clue_event e
        where e.county = x.county and e.clue_id = x.id and e.kind = 'dispatched'
          and e.details ->> 'placeCode' = x.keeper::text
        order by e.id desc limit 1) b on true`,
    where: sql`c.county = x.county and c.id = x.id`,
    event: {
      kind: sql`'recalled'`,
      ...{ at, by },
      details: sql`jsonb_strip_nulls(jsonb_build_object('place', d.name, 'placeCode', d.code::text,
        'reason', ${reason}::text, 'dueOn', new.due_on::text))`,
    },
    returning: { state: sql`new.state` },
  })
  const cleared = rows.filter(({ state }) => state === 'cleared')
  await noteClues(
    db,
    { at },
    sql`select x.county, x.id, 'cleared', '{}'::jsonb
      from unnest(${cleared.map(({ county }) => county)}::int[], ${cleared.map(({ id }) => id)}::uuid[]) x (county,
        id)`,
  )
  return new Map(rows.map(({ id, state }) => [id, state]))
}
