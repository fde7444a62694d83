import { sql } from 'kysely'
import { may } from '#contract/access/capabilities.ts'
import type { NoticeDefinition } from '#server/manifest/notices.ts'
import { areaScope } from '#server/modules/divisions/index.ts'

/** A file waits until a person decides: for whoever decides on files, and whoever sent it. */
const waitingFile: NoticeDefinition = {
  kind: 'held-batch',
  of(viewer) {
    if (!may(viewer.role, 'batch.read')) return undefined
    const { from, to } = areaScope(viewer.area)
    const isConcerned = may(viewer.role, 'batch.decide') ? sql`true` : sql`x.received_by = ${viewer.userId}`
    return sql`
      select null::int as county, null::bigint as household_id, x.ref::text as subject, x.received_at as at,
        x.feed as what, x.file_name as name
      from batch x where x.state = 'held' and x.area between ${from}::bigint and ${to}::bigint
        and (${viewer.department}::text is null or x.department = ${viewer.department}) and ${isConcerned}
        and x.received_at >= ${viewer.since}::timestamptz
      order by x.received_at desc limit ${viewer.limit}`
  },
}

export const intakeNotices = [waitingFile] as const
