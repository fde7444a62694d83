import { sql } from 'kysely'
import { may } from '#contract/access/capabilities.ts'
import type { NoticeDefinition } from '#server/manifest/notices.ts'
import { county, inside } from '#server/manifest/tasks.ts'

/** A red clue has come up: for counties and below, since above there are too many to be news. */
const redClue: NoticeDefinition = {
  kind: 'red-clue',
  of(viewer) {
    if (!may(viewer.role, 'clue.read') || viewer.rank < county) return undefined
    return sql`
      select x.county, x.household_id, x.id::text as subject, e.at, x.cause as what, null::text as name
      from clue x join clue_event e on e.county = x.county and e.clue_id = x.id and e.kind = 'opened'
      where x.closed_on is null and x.level_rank = 1 and ${inside(viewer.scope)}
        and x.opened_on >= (${viewer.since}::timestamptz at time zone 'Asia/Shanghai')::date
        and e.at >= ${viewer.since}::timestamptz
      order by e.at desc limit ${viewer.limit}`
  },
}

export const clueNotices = [redClue] as const
