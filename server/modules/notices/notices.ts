import { type RawBuilder, sql } from 'kysely'
import { may } from '#contract/access/capabilities.ts'
import { dayMs } from '#contract/days.ts'
import type { Notice } from '#contract/work/notices.ts'
import type { NoticeViewer } from '#server/manifest/notices.ts'
import { inScope } from '#server/modules/access/index.ts'
import { type StripRecord, stripColumns, stripJoins, stripOf } from '#server/modules/registry/index.ts'
import { getReminder, viewerOf } from '#server/modules/workbench/index.ts'
import { type Db, inTransaction } from '#server/platform/database/db.ts'
import type { HouseholdScope, RequestDeps, Requester } from '#server/platform/http/rpc.ts'

type NoticeDeps = Pick<RequestDeps, 'database' | 'clock' | 'notices' | 'tasks'>

/** What is older is no news, read or not. */
const newsDays = 14
/** So many of a kind are read, and so many are shown of all. */
const most = 100

/** The digest of an account's day: the newest notices, and what is to be done. */
export async function listNotices(deps: NoticeDeps, me: Requester, scope: HouseholdScope) {
  const { db } = deps.database
  const viewer = noticeViewer(deps, me, scope)
  const [readUntil, rows, work] = await Promise.all([
    findMark(db, me.userId),
    readNotices(db, scope, sourceOf(deps, viewer)),
    may(me.role, 'workbench.read') ? getReminder(deps, viewer) : null,
  ])
  const notices = rows.map((row): Notice => {
    const { kind, subject, what, name } = row
    const at = new Date(row.at).toISOString()
    const household = row.ref === null ? null : stripOf(row as StripRecord)
    return { kind, subject, what, name, at, household, isNew: readUntil === null || at > readUntil }
  })
  return {
    on: deps.clock.today(),
    unread: notices.filter(({ isNew }) => isNew).length,
    rows: notices,
    work: work && {
      ...{ overdue: work.overdue, today: work.today, soon: work.soon, escalated: work.escalated },
    },
  }
}

/** How many of those {@link listNotices} shows have not been read. */
export async function countUnread(deps: NoticeDeps, me: Requester, scope: HouseholdScope): Promise<number> {
  const source = sourceOf(deps, noticeViewer(deps, me, scope))
  if (!source) return 0
  const { rows } = await sql<{ n: number }>`
    select count(*) as n from (
      select x.at from (${source}) x where ${seen(scope)} order by x.at desc limit ${most}
    ) shown
    where shown.at > coalesce((
      select m.read_until from notice_mark m where m.user_id = ${me.userId}), '-infinity')`.execute(
    deps.database.db,
  )
  return rows[0]?.n ?? 0
}

/** Never back: a page that was open for long does not make read what is not. */
export async function markRead(
  { database, clock }: Pick<NoticeDeps, 'database' | 'clock'>,
  userId: string,
  until: string,
): Promise<void> {
  const at = new Date(Math.min(Date.parse(until), clock.now().getTime()))
  await inTransaction(database, ({ db }) =>
    sql`
      insert into notice_mark (user_id, read_until) values (${userId}, ${at})
      on conflict (user_id) do update set read_until = greatest(notice_mark.read_until, excluded.read_until)`.execute(
      db,
    ),
  )
}

function noticeViewer({ clock }: NoticeDeps, me: Requester, scope: HouseholdScope): NoticeViewer {
  const since = new Date(clock.now().getTime() - newsDays * dayMs).toISOString()
  return { ...viewerOf(me, scope), department: me.department, since, limit: most }
}

/** Every kind the account has, in one; undefined where it has none. */
function sourceOf({ notices }: Pick<NoticeDeps, 'notices'>, viewer: NoticeViewer) {
  const own = notices.flatMap(({ kind, of }) => {
    const source = of(viewer)
    return source ? [sql`select ${kind} as kind, s.* from (${source}) s`] : []
  })
  return own.length === 0 ? undefined : sql`${sql.join(own, sql` union all `)}`
}

/** A household is seen where it is now, whatever one did about it before. */
const seen = (scope: HouseholdScope) => sql`(x.household_id is null or exists (
  select from household o where o.county = x.county and o.id = x.household_id
    and ${inScope(scope, { village: 'o.village', county: 'o.county', household: 'o.id' })}))`

type NoticeRow = { [Key in keyof StripRecord]: StripRecord[Key] | null } & {
  kind: string
  subject: string
  what: string
  name: string | null
  at: string
}

async function readNotices(
  db: Db,
  scope: HouseholdScope,
  source: RawBuilder<unknown> | undefined,
): Promise<NoticeRow[]> {
  if (!source) return []
  const { rows } = await sql<NoticeRow>`
    select y.kind, y.subject, y.what, y.name, y.at, s.* from (
      select x.* from (${source}) x where ${seen(scope)} order by x.at desc limit ${most}
    ) y
    left join lateral (
      select ${stripColumns} from (select y.county, y.household_id) x ${stripJoins}
    ) s on true
    order by y.at desc`.execute(db)
  return rows
}

async function findMark(db: Db, userId: string): Promise<string | null> {
  const { rows } = await sql<{ readUntil: string }>`
    select read_until from notice_mark where user_id = ${userId}`.execute(db)
  const [mark] = rows
  return mark ? new Date(mark.readUntil).toISOString() : null
}
