import { hash, randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import { roles as allRoles, may } from '#contract/access/capabilities.ts'
import type { FieldDevice } from '#contract/work/field.ts'
import { type Db, inTransaction } from '#server/platform/database/db.ts'
import { AppError } from '#server/platform/errors.ts'
import type { RequestDeps, Requester, Services } from '#server/platform/http/rpc.ts'

type DeviceDeps = Pick<RequestDeps, 'database' | 'clock' | 'audit'>
type Owner = Pick<Requester, 'userId'>

/** Devices of the past are listed for so long. */
const listedDays = 90
const visiting = allRoles.filter((role) => may(role, 'visit.report'))
const digestOf = (token: string) => hash('sm3', token)

/**
 * Registers a device and issues its token. Once more, as after a lost answer, it gets another. Throws `device-revoked` for one
 * that must be erased.
 */
export async function registerDevice(
  { database, clock, audit }: DeviceDeps,
  me: Owner,
  { device, name }: { device: string; name: string },
): Promise<{ token: string }> {
  const token = randomBytes(32).toString('base64url')
  await inTransaction(database, async ({ db }) => {
    await sql`
      insert into field_device (device, user_id, token_digest, name, registered_at)
      values (${device}::uuid, ${me.userId}, ${digestOf(token)}, ${name}, ${clock.now()})
      on conflict (user_id, device) do nothing`.execute(db)
    const { rows } = await sql`
      update field_device set token_digest = ${digestOf(token)}, name = ${name}
      where device = ${device}::uuid and user_id = ${me.userId} and revoked_at is null returning device`.execute(
      db,
    )
    if (rows.length === 0) throw new AppError('device-revoked')
    await audit.record(db, {
      action: 'field.register',
      object: { kind: 'field-device', ref: device },
      after: { name },
    })
  })
  return { token }
}

/** What a device must know without a session. The token is required in the query: nothing distinguishes a wrong one from no device. */
export async function statusOfDevice(
  { database, clock }: Pick<Services, 'database' | 'clock'>,
  { device, token }: { device: string; token: string },
) {
  const { rows } = await sql<{ state: 'active' | 'revoked' }>`
    select case when d.revoked_at is null and a.state = 'active' and a.role = any(${visiting}::text[]) then 'active'
      else 'revoked' end as state
    from field_device d left join account a on a.user_id = d.user_id
    where d.device = ${device}::uuid and d.token_digest = ${digestOf(token)}`.execute(database.db)
  return { state: rows[0]?.state ?? ('unknown' as const), now: clock.now().toISOString() }
}

export async function listDevices(
  { database: { db }, clock }: Pick<RequestDeps, 'database' | 'clock'>,
  me: Owner,
): Promise<FieldDevice[]> {
  const { rows } = await sql<FieldDevice>`
    select device, name, registered_at, synced_at, revoked_at from field_device
    where user_id = ${me.userId}
      and (revoked_at is null or revoked_at > ${clock.now()}::timestamptz - make_interval(days => ${listedDays}::int))
    order by revoked_at is not null, coalesce(synced_at, registered_at) desc, device limit 200`.execute(db)
  return rows
}

/** Throws `not-found` for a device that is not the requester's; one that was revoked stays so. */
export async function revokeDevice(
  { database, clock, audit }: DeviceDeps,
  me: Owner,
  device: string,
): Promise<void> {
  await inTransaction(database, async ({ db }) => {
    const found = await findOwn(db, me, device, { forUpdate: true })
    if (!found) throw new AppError('not-found', { what: 'device' })
    if (found.revoked) return audit.nothing()
    await sql`
      update field_device set revoked_at = ${clock.now()}, revoked_by = ${me.userId} where device = ${device}::uuid
        and user_id = ${me.userId}`.execute(db)
    await audit.record(db, {
      action: 'field.revoke',
      object: { kind: 'field-device', ref: device },
      before: { name: found.name },
    })
  })
}

interface OwnDevice {
  name: string
  revoked: boolean
  syncedAt: string | null
}

export async function findOwn(
  db: Db,
  me: Owner,
  device: string,
  { forUpdate = false } = {},
): Promise<OwnDevice | undefined> {
  const { rows } = await sql<OwnDevice>`
    select name, revoked_at is not null as revoked, synced_at from field_device
    where device = ${device}::uuid and user_id = ${me.userId} ${forUpdate ? sql`for update` : sql``}`.execute(
    db,
  )
  return rows[0]
}

export async function noteSync(db: Db, me: Owner, device: string, at: Date): Promise<void> {
  await sql`update field_device set synced_at = ${at} where device = ${device}::uuid
    and user_id = ${me.userId}`.execute(db)
}
