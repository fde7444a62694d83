import { sql } from 'kysely'
import { may } from '#contract/access/capabilities.ts'
import type { NoticeDefinition } from '#server/manifest/notices.ts'

/** Somebody decided on a list that one requested. */
const exportDecided: NoticeDefinition = {
  kind: 'export-decided',
  of(viewer) {
    if (!may(viewer.role, 'export.request')) return undefined
    return sql`
      select null::int as county, null::bigint as household_id, x.id::text as subject, x.decided_at as at,
        x.state as what, x.purpose as name
      from export x where x.requested_by = ${viewer.userId} and x.decided_at >= ${viewer.since}::timestamptz
      order by x.decided_at desc limit ${viewer.limit}`
  },
}

export const exportNotices = [exportDecided] as const
