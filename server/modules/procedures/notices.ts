import { sql } from 'kysely'
import { may } from '#contract/access/capabilities.ts'
import type { NoticeDefinition } from '#server/manifest/notices.ts'

/** A case one did a step of was sent back, refused or dropped by somebody else, or came to its end. */
const caseDecided: NoticeDefinition = {
  kind: 'case-decided',
  of(viewer) {
    if (!may(viewer.role, 'case.act')) return undefined
    return sql`
      select x.county, x.household_id, x.id::text as subject, e.at,
        case when e.step = 'enter' and e.result = 'done' then 'entered' else e.result end as what, null::text as name
      from (select distinct o.county, o.case_id from case_entry o where o.by_user = ${viewer.userId}) o
      join case_entry e on e.county = o.county and e.case_id = o.case_id
      join case_file x on x.county = o.county and x.id = o.case_id
      where e.at >= ${viewer.since}::timestamptz and e.by_user <> ${viewer.userId}
        and (e.result in ('sent-back', 'refused', 'dropped') or (e.step = 'enter' and e.result = 'done'))
      order by e.at desc limit ${viewer.limit}`
  },
}

export const caseNotices = [caseDecided] as const
