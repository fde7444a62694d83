import { sql } from 'kysely'
import type { Db } from '#server/platform/database/db.ts'
import type { Piece } from '#server/platform/http/requester.ts'

export interface TakenSums {
  /** Points of the day, and of the thirty days that end with it. */
  today: number
  month: number
  listed: number
  opened: number
  exported: number
  /** Points a second person added for now. */
  more: number
}

export async function sumTaken(db: Db, userId: string, day: string, now: Date): Promise<TakenSums> {
  const { rows } = await sql<TakenSums>`
    select coalesce(sum(t.points) filter (where t.on_day = ${day}::date), 0)::bigint as today,
      coalesce(sum(t.points), 0)::bigint as month,
      coalesce(sum(t.listed) filter (where t.on_day = ${day}::date), 0)::bigint as listed,
      coalesce(sum(t.opened) filter (where t.on_day = ${day}::date), 0)::bigint as opened,
      coalesce(sum(t.exported) filter (where t.on_day = ${day}::date), 0)::bigint as exported,
      (select coalesce(sum(x.row_total), 0)::bigint from export x where x.requested_by = ${userId}
        and x.kind = 'more' and x.state = 'ready' and x.expires_at > ${now}) as more
    from taken t where t.user_id = ${userId} and t.on_day > ${day}::date - 30`.execute(db)
  return rows[0] ?? { today: 0, month: 0, listed: 0, opened: 0, exported: 0, more: 0 }
}

/** What all accounts together exported of an area on a day, in points; seen by the work role alone. */
export async function sumArea(db: Db, area: number, day: string, weight: number): Promise<number> {
  const { rows } = await sql<{ points: number }>`
    select coalesce(sum(exported), 0)::bigint * ${weight}::int as points from taken
    where area = ${area} and on_day = ${day}::date`.execute(db)
  return rows[0]?.points ?? 0
}

export async function addTaken(db: Db, userId: string, day: string, pieces: readonly Piece[]): Promise<void> {
  const each = (what: (piece: Piece) => number) => pieces.map(what)
  await sql`
    insert into taken as t (user_id, on_day, area, listed, opened, exported, points)
    select ${userId}, ${day}::date, p.* from unnest(${each(({ area }) => area)}::int[],
      ${each(({ listed }) => listed)}::int[], ${each(({ opened }) => opened)}::int[],
      ${each(({ exported }) => exported)}::int[], ${each(({ points }) => points)}::bigint[]) p
    on conflict (user_id, on_day, area) do update set listed = t.listed + excluded.listed,
      opened = t.opened + excluded.opened, exported = t.exported + excluded.exported,
      points = t.points + excluded.points`.execute(db)
}
