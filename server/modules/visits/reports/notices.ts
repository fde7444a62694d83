import { sql } from 'kysely'
import { may } from '#contract/access/capabilities.ts'
import type { NoticeDefinition } from '#server/manifest/notices.ts'
import { mineAlone } from '#server/manifest/tasks.ts'

/** What was reported of a visit is to be looked into once more; one that was called off before this was planned is none of it. */
const visitReturned: NoticeDefinition = {
  kind: 'visit-returned',
  of(viewer) {
    if (!may(viewer.role, 'visit.report')) return undefined
    return sql`
      select x.county, x.household_id, x.id::text as subject, max(e.at) as at, x.purpose as what, null::text as name
      from visit x join clue c on c.county = x.county and c.visit_id = x.id
      join clue_event e on e.county = c.county and e.clue_id = c.id and e.kind = 'again'
      where x.state = 'planned' and ${mineAlone(viewer)} and e.at > x.planned_at
        and e.at >= ${viewer.since}::timestamptz
      group by x.county, x.household_id, x.id, x.purpose order by 4 desc limit ${viewer.limit}`
  },
}

export const visitNotices = [visitReturned] as const
