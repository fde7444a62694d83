import { type RawBuilder, sql } from 'kysely'
import type { Division } from '#contract/common.ts'
import type { Alarm, AlarmKind } from '#contract/protection/audit.ts'
import { refuseTied } from '#server/modules/access/ties/index.ts'
import type { AreaScope } from '#server/modules/divisions/index.ts'
import type { Auditor } from '#server/platform/audit.ts'
import { type Database, type Db, inTransaction } from '#server/platform/database/db.ts'
import { AppError } from '#server/platform/errors.ts'
import { actsIn } from './area.ts'
import { placeOf } from './search.ts'

/** From how many on something is unusual, and which hours are night in China. */
export interface AlarmLimits {
  alarmHouseholdsPerHour: number
  alarmTownshipsPerHour: number
  alarmNightReads: number
  nightFromHour: number
  nightToHour: number
  alarmFailedSignIns: number
  alarmRefusalsPerHour: number
  alarmExportRows: number
}

/** How far back entries are looked at; what is found twice is the same alarm. */
const window = sql`now() - interval '25 hours'`
const hour = sql`to_char(date_trunc('hour', e.at at time zone 'Asia/Shanghai'), 'YYYY-MM-DD HH24')`
const local = sql`extract(hour from e.at at time zone 'Asia/Shanghai')`

interface Search {
  kind: AlarmKind
  where: RawBuilder<unknown>
  bucket: RawBuilder<unknown>
  count: RawBuilder<unknown>
  threshold: number
  detail?: RawBuilder<unknown>
  /** From how many on it was one, where every entry is one already. */
  shown?: RawBuilder<unknown>
}

function searches(limits: AlarmLimits): Search[] {
  const opened = sql`e.outcome = 'done' and e.household_ref is not null
    and e.actor_role not in ('household', 'system', 'cli')`
  return [
    {
      kind: 'many-households',
      where: opened,
      bucket: hour,
      count: sql`count(distinct e.household_ref)`,
      threshold: limits.alarmHouseholdsPerHour,
    },
    {
      // Somebody whose work is one township looks into many: by the villages of the households opened.
      kind: 'outside-work',
      where: opened,
      bucket: hour,
      count: sql`count(distinct (select h.village / 1000 from household h where h.ref = e.household_ref))`,
      threshold: limits.alarmTownshipsPerHour,
    },
    {
      kind: 'night-access',
      where: sql`${opened} and (${local} >= ${limits.nightFromHour} or ${local} < ${limits.nightToHour})`,
      bucket: sql`to_char((e.at at time zone 'Asia/Shanghai') - make_interval(hours => ${limits.nightToHour}::int),
        'YYYY-MM-DD')`,
      count: sql`count(*)`,
      threshold: limits.alarmNightReads,
    },
    {
      kind: 'failed-sign-ins',
      where: sql`e.outcome = 'refused' and split_part(e.action, '.', 1) in ('session', 'sign-in', 'signIn')`,
      bucket: hour,
      count: sql`count(*)`,
      threshold: limits.alarmFailedSignIns,
    },
    {
      kind: 'many-refusals',
      where: sql`e.outcome = 'refused' and e.actor_id is not null
        and split_part(e.action, '.', 1) not in ('session', 'sign-in', 'signIn')`,
      bucket: hour,
      count: sql`count(*)`,
      threshold: limits.alarmRefusalsPerHour,
    },
    {
      kind: 'large-export',
      where: sql`e.action = 'exports.download' and e.row_count >= ${limits.alarmExportRows}`,
      bucket: sql`e.id::text`,
      count: sql`max(e.row_count)`,
      threshold: limits.alarmExportRows,
    },
    {
      kind: 'break-glass',
      where: sql`e.action = 'breakGlass.open' and e.outcome = 'done'`,
      bucket: sql`e.id::text`,
      count: sql`count(*)`,
      threshold: 1,
    },
    {
      // One decision may make many: they are one alarm, with each of them in its detail.
      kind: 'account-change',
      where: sql`e.outcome = 'done' and e.action in ('accounts.create', 'accounts.move', 'accounts.reset-password',
        'accounts.reset-second-factor', 'accounts.first', 'accounts.enrol')`,
      bucket: sql`coalesce(e.request_id, e.id::text)`,
      count: sql`count(*)`,
      threshold: 1,
      detail: sql`jsonb_build_object('accounts', (jsonb_agg(jsonb_build_object('username', e.detail ->> 'username',
        'action', e.action, 'requestedBy', e.detail ->> 'requestedBy') order by e.id)))`,
    },
    {
      kind: 'taken-together',
      where: sql`e.action = 'exports.limit'`,
      bucket: sql`to_char(e.at at time zone 'Asia/Shanghai', 'YYYY-MM-DD')`,
      count: sql`max(e.row_count)`,
      threshold: 1,
      shown: sql`max((e.detail ->> 'limit')::bigint)`,
      detail: sql`jsonb_build_object('taken', (array_agg(e.detail -> 'taken' order by e.id desc))[1])`,
    },
    {
      kind: 'tally-differences',
      where: sql`e.action = 'tallies.compare' and e.row_count >= 1`,
      bucket: sql`e.id::text`,
      count: sql`max(e.row_count)`,
      threshold: 1,
    },
  ]
}

/**
 * Looks through the entries of the last day for what is unusual. The same night, hour or entry is found again as the same alarm,
 * which grows; one that was acknowledged stays so.
 */
export async function findAlarms({ database }: { database: Database }, limits: AlarmLimits): Promise<number> {
  let found = 0
  for (const search of searches(limits)) {
    const { kind, where, bucket, count, threshold, detail = sql`null::jsonb` } = search
    const { shown = sql`${threshold}::bigint` } = search
    const { rows } = await sql`
      insert into audit_alarm (kind, actor_id, actor_name, actor_area, from_at, to_at, count, threshold, bucket,
        detail)
      select ${kind}, max(e.actor_id), e.actor_name, max(e.actor_area), min(e.at), max(e.at), ${count},
        ${shown}, e.bucket, ${detail}
      from (select e.*, ${bucket} as bucket from audit_entry e where e.at > ${window} and ${where}) e
      group by e.actor_name, e.bucket having ${count} >= ${threshold}::bigint
      on conflict (kind, actor_name, bucket) do update
        set to_at = excluded.to_at, count = excluded.count, detail = excluded.detail
        where audit_alarm.count < excluded.count
      returning id`.execute(database.db)
    found += rows.length
  }
  return found
}

interface Row {
  id: string
  kind: AlarmKind
  actorId: string | null
  actorName: string
  actorArea: number | null
  areaName: string | null
  areaLevel: Division['level'] | null
  fromAt: string
  toAt: string
  count: number
  threshold: number
  acknowledger: string | null
  acknowledgedAt: string | null
  reason: string | null
  detail: Alarm['detail']
}

const select = sql`
  select a.id, a.kind, a.actor_id, a.actor_name, a.actor_area, d.name as area_name, d.level as area_level, a.from_at,
    a.to_at + interval '1 millisecond' as to_at, a.count, a.threshold, u.name as acknowledger, a.acknowledged_at,
    a.reason, a.detail
  from audit_alarm a
  left join division d on d.code = a.actor_area
  left join auth_user u on u.id = a.acknowledged_by`

const mostShown = 500

export async function listAlarms(
  db: Db,
  scope: AreaScope,
  { state, kind }: { state?: 'open' | 'acknowledged' | undefined; kind?: readonly AlarmKind[] | undefined },
): Promise<{ open: number; rows: Alarm[] }> {
  const all: RawBuilder<unknown>[] = [actsIn(scope, 'a.actor_area')]
  if (state) all.push(sql`(a.acknowledged_at is null) = ${state === 'open'}`)
  if (kind?.length) all.push(sql`a.kind = any(${[...kind]}::text[])`)
  const { rows } = await sql<Row>`
    ${select} where ${sql.join(all, sql` and `)}
    order by a.acknowledged_at is not null, a.from_at desc limit ${mostShown}`.execute(db)
  const counted = await sql<{
    n: number
  }>`select count(*) as n from audit_alarm a
    where a.acknowledged_at is null and ${actsIn(scope, 'a.actor_area')}`.execute(db)
  return { open: counted.rows[0]?.n ?? 0, rows: rows.map(present) }
}

/** Records what came of an alarm. Throws `not-found`, `same-person` (the account it is about). */
export async function acknowledgeAlarm(
  { database, audit }: { database: Database; audit: Auditor },
  { userId, scope }: { userId: string; scope: AreaScope },
  { id, reason }: { id: string; reason: string },
): Promise<Alarm> {
  return inTransaction(database, async ({ db }) => {
    const { rows } = await sql<Row>`${select}
      where a.id = ${id}::uuid and ${actsIn(scope, 'a.actor_area')} for update of a`.execute(db)
    const [alarm] = rows
    if (!alarm) throw new AppError('not-found', { what: 'alarm' })
    if (alarm.actorId === userId) throw new AppError('same-person', { id })
    await refuseTied(db, userId, [alarm.actorId])
    await sql`
      update audit_alarm set acknowledged_by = ${userId}, acknowledged_at = now(), reason = ${reason}
      where id = ${id}::uuid`.execute(db)
    await audit.record(db, {
      action: 'audit.acknowledge',
      object: { kind: 'alarm', ref: id },
      ...(alarm.acknowledgedAt ? { before: { reason: alarm.reason } } : {}),
      after: { kind: alarm.kind, account: alarm.actorName },
      reason,
    })
    const { rows: after } = await sql<Row>`${select} where a.id = ${id}::uuid`.execute(db)
    return present(after[0] ?? alarm)
  })
}

const actionsOf: Partial<Record<AlarmKind, Alarm['filter']>> = {
  'many-refusals': { outcome: 'refused' },
  'failed-sign-ins': { outcome: 'refused' },
  'large-export': { action: ['exports.download'] },
  'break-glass': { action: ['breakGlass.open'] },
  'tally-differences': { action: ['tallies.compare'] },
  'account-change': { action: ['accounts'] },
  'taken-together': { action: ['exports.limit'] },
}

function present(row: Row): Alarm {
  const { id, kind, count, threshold, detail } = row
  return {
    ...{ id, kind, count, threshold, detail },
    account: {
      id: row.actorId,
      username: row.actorName,
      area: placeOf(row.actorArea, row.areaName, row.areaLevel),
    },
    from: row.fromAt,
    to: row.toAt,
    state: row.acknowledgedAt === null ? 'open' : 'acknowledged',
    acknowledged:
      row.acknowledgedAt === null
        ? null
        : { by: row.acknowledger ?? '', at: row.acknowledgedAt, reason: row.reason ?? '' },
    filter: { actor: row.actorName, from: row.fromAt, to: row.toAt, ...actionsOf[kind] },
  }
}
