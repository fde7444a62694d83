import { sql } from 'kysely'
import { may } from '#contract/access/capabilities.ts'
import type { BreakGlass } from '#contract/protection/secrets.ts'
import { endGrant, grantHousehold } from '#server/modules/access/index.ts'
import { refuseTied } from '#server/modules/access/ties/index.ts'
import { locateHousehold } from '#server/modules/registry/households/index.ts'
import { type Db, inTransaction } from '#server/platform/database/db.ts'
import { AppError } from '#server/platform/errors.ts'
import type { Requester, SignedInContext } from '#server/platform/http/rpc.ts'
import { widenIdNumber } from '#server/platform/id-number.ts'
import { maskName } from '#server/platform/text.ts'
import { countToday } from './reveal.ts'

type Context = Pick<SignedInContext, 'deps' | 'me' | 'scope'>

interface Row {
  id: string
  userId: string
  userName: string
  username: string
  userArea: number
  userAreaName: string
  userAreaLevel: BreakGlass['by']['area']['level']
  householdRef: string
  headMasked: string
  county: number
  countyName: string
  reason: string
  openedAt: string
  until: string
  endedAt: string | null
  reviewer: string | null
  reviewedAt: string | null
  remark: string | null
  reads: number
}

/** Reads are counted from the audit: whatever was shown of the household to that account while it was open. */
async function listRows(db: Db, condition: ReturnType<typeof sql>): Promise<Row[]> {
  const { rows } = await sql<Row>`
    select b.id, b.user_id, u.name as user_name, u.username, b.user_area, d.name as user_area_name,
      d.level as user_area_level,
      b.household_ref, b.head_masked, b.county, c.name as county_name, b.reason, b.opened_at, b.until, b.ended_at,
      r.name as reviewer, b.reviewed_at, b.remark,
      (select count(*) from audit_entry e where e.household_ref = b.household_ref and e.actor_id = b.user_id
        and e.at between b.opened_at and coalesce(b.ended_at, b.until) and e.action <> 'breakGlass.open') as reads
    from break_glass b
    join auth_user u on u.id = b.user_id
    join division d on d.code = b.user_area
    join division c on c.code = b.county::bigint * 1000000
    left join auth_user r on r.id = b.reviewed_by
    where ${condition} order by b.opened_at desc limit 200`.execute(db)
  return rows
}

/** One's own, and those of the area for whoever reviews. */
const visible = ({ userId, role, scope }: Requester) =>
  may(role, 'break-glass.review')
    ? sql`(b.user_id = ${userId} or b.user_area between ${scope.from}::bigint and ${scope.to}::bigint)`
    : sql`b.user_id = ${userId}`

export async function listBreakGlass({ deps, me }: Context, { open }: { open?: boolean | undefined }) {
  const rows = await listRows(
    deps.work.db,
    sql`${visible(me)} and (${open ?? null}::boolean is null
      or ${open ?? null}::boolean = (b.ended_at is null and b.until > now()))`,
  )
  const shown = rows.map((row) => present(row, me))
  const { breakGlassMinutes, breakGlassPerDay } = deps.secretLimits
  return {
    limits: { minutes: breakGlassMinutes, perDay: breakGlassPerDay },
    toReview: shown.filter(({ mayReview }) => mayReview).length,
    rows: shown,
  }
}

/**
 * Opens one household anywhere for a time. It is announced to the security administrators, every read of it counts, and every
 * attempt does, so that nobody can try numbers. Throws `break-glass-limit`, `bad-request` (too long), `break-glass-needless`
 * (it lies in one's own scope), `not-found`.
 */
export async function openBreakGlass(
  { deps, me, scope }: Context,
  { number, reason, minutes }: { number: string; reason: string; minutes: number },
): Promise<BreakGlass> {
  const { breakGlassMinutes, breakGlassPerDay } = deps.secretLimits
  if (minutes > breakGlassMinutes) throw new AppError('bad-request', { minutes: breakGlassMinutes })
  const typed = number.replaceAll(/\s/g, '').toUpperCase()
  const idNumber = /^\d{15}$/.test(typed) ? widenIdNumber(typed) : typed
  const outcome = await inTransaction(deps.work, async ({ db }) => {
    if ((await countToday(db, me, 'breakGlass.open', 'true')) >= breakGlassPerDay) return 'limit'
    const found = await locateHousehold(db, { number: typed, idIndex: deps.vault.blindIndex(idNumber) })
    const isOwn =
      found !== undefined &&
      scope.grantee === null &&
      found.village >= scope.from &&
      found.village <= scope.to
    if (!found || isOwn) {
      await deps.audit.record(db, { action: 'breakGlass.open', outcome: 'refused', reason })
      return isOwn ? 'needless' : 'nothing'
    }
    const { rows } = await sql<{ id: string; until: string }>`
      insert into break_glass (user_id, user_area, county, household_id, household_ref, head_masked, reason, until)
      values (${me.userId}, ${me.area}, ${found.county}, ${found.id}, ${found.ref}, ${maskName(found.headName)},
        ${reason},
        now() + make_interval(mins => ${minutes})) returning id, until`.execute(db)
    const [opened] = rows
    if (!opened) throw new Error('insert into break_glass returned nothing')
    await grantHousehold(db, {
      ...{ county: found.county, householdId: found.id, userId: me.userId, kind: 'break-glass' },
      ...{ until: opened.until, grantedBy: me.userId, reason },
    })
    await deps.audit.record(db, {
      action: 'breakGlass.open',
      object: { kind: 'break-glass', ref: opened.id },
      household: found.ref,
      after: { until: opened.until, minutes },
      reason,
    })
    return { id: opened.id }
  })
  if (outcome === 'limit') throw new AppError('break-glass-limit', { perDay: breakGlassPerDay })
  if (outcome === 'needless') throw new AppError('break-glass-needless')
  if (outcome === 'nothing') throw new AppError('not-found', { what: 'household' })
  return getOne({ deps, me, scope }, outcome.id)
}

/** Ends one's own access before its time. Throws `not-found`. */
export async function endBreakGlass(context: Context, id: string): Promise<BreakGlass> {
  const { deps, me } = context
  await inTransaction(deps.work, async ({ db }) => {
    const { rows } = await sql<{ county: number; householdId: number; householdRef: string }>`
      update break_glass set ended_at = now() where id = ${id}::uuid and user_id = ${me.userId} and ended_at is null
        and until > now()
      returning county, household_id, household_ref`.execute(db)
    const [ended] = rows
    if (!ended) throw new AppError('not-found', { what: 'break-glass' })
    await endGrant(db, { ...ended, userId: me.userId, kind: 'break-glass' })
    await deps.audit.record(db, {
      action: 'breakGlass.end',
      object: { kind: 'break-glass', ref: id },
      household: ended.householdRef,
    })
  })
  return getOne(context, id)
}

/** What came of it, by somebody else than whoever opened it. Throws `not-found`, `same-person`. */
export async function reviewBreakGlass(context: Context, id: string, remark: string): Promise<BreakGlass> {
  const { deps, me } = context
  const one = await getOne(context, id)
  if (one.by.id === me.userId) throw new AppError('same-person', { id })
  await refuseTied(deps.work.db, me.userId, [one.by.id])
  await inTransaction(deps.work, async ({ db }) => {
    await sql`
      update break_glass set reviewed_by = ${me.userId}, reviewed_at = now(), remark = ${remark}
      where id = ${id}::uuid and user_id <> ${me.userId}`.execute(db)
    await deps.audit.record(db, {
      action: 'breakGlass.review',
      object: { kind: 'break-glass', ref: id },
      ...(one.review ? { before: one.review } : {}),
      after: { remark },
    })
  })
  return getOne(context, id)
}

async function getOne({ deps, me }: Context, id: string): Promise<BreakGlass> {
  const [row] = await listRows(deps.work.db, sql`b.id = ${id}::uuid and ${visible(me)}`)
  if (!row) throw new AppError('not-found', { what: 'break-glass' })
  return present(row, me)
}

function present(row: Row, me: Requester): BreakGlass {
  const isOwn = row.userId === me.userId
  return {
    id: row.id,
    by: {
      ...{ id: row.userId, name: row.userName, username: row.username },
      area: { code: row.userArea, name: row.userAreaName, level: row.userAreaLevel },
    },
    household: isOwn ? row.householdRef : null,
    headName: row.headMasked,
    county: { code: row.county * 1e6, name: row.countyName, level: 'county' },
    reason: row.reason,
    openedAt: row.openedAt,
    until: row.until,
    endedAt: row.endedAt,
    reads: row.reads,
    review:
      row.reviewedAt === null
        ? null
        : { by: row.reviewer ?? '', at: row.reviewedAt, remark: row.remark ?? '' },
    mayReview: !isOwn && row.reviewedAt === null && may(me.role, 'break-glass.review'),
    mayEnd: isOwn && row.endedAt === null && Date.parse(row.until) > Date.now(),
  }
}
