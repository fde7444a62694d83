import { sql } from 'kysely'
import type { FieldSync } from '#contract/work/field.ts'
import { findDivision } from '#server/modules/divisions/index.ts'
import { packOn } from '#server/modules/screening/index.ts'
import { listVisitRecords, presentVisits } from '#server/modules/visits/index.ts'
import { type Db, inTransaction } from '#server/platform/database/db.ts'
import { AppError } from '#server/platform/errors.ts'
import type { HouseholdScope, RequestDeps, Requester } from '#server/platform/http/rpc.ts'
import { findOwn, noteSync } from './devices.ts'

/** More than anybody visits in a season; what is due first comes first. */
const mostVisits = 300

/**
 * Sends a device what its owner is to visit, and nothing of anybody else. That a household came onto the device is written down
 * once, each call of the device as a count. Throws `not-found` (no such device of the requester), `device-revoked`.
 */
export async function syncDevice(
  deps: RequestDeps,
  scope: HouseholdScope,
  me: Requester,
  device: string,
): Promise<FieldSync> {
  const { db } = deps.database
  const own = await findOwn(db, me, device)
  if (!own) throw new AppError('not-found', { what: 'device' })
  if (own.revoked) throw new AppError('device-revoked')
  const at = deps.clock.now()
  const filter = { visitor: me.userId, states: ['planned'] as const }
  const { rows } = await listVisitRecords(db, scope, filter, { limit: mostVisits, offset: 0 })
  const [visits, area] = await Promise.all([presentVisits(deps, me, rows), findDivision(db, me.area)])
  if (!area) throw new AppError('not-found', { division: me.area })
  await inTransaction(deps.database, async (session) => {
    const fresh = await listFresh(session.db, rows, own.syncedAt)
    await noteSync(session.db, me, device, at)
    await deps.audit.record(
      session.db,
      ...fresh.map(({ id, ref }) => ({
        action: 'field.sync',
        object: { kind: 'visit', ref: id },
        household: ref,
        detail: { device },
      })),
    )
  })
  deps.audit.describe({ object: { kind: 'field-device', ref: device }, count: visits.length })
  return {
    ...{
      now: at.toISOString(),
      demo: deps.demo,
      on: deps.clock.today(),
      hotline: packOn(deps.clock.today()).hotline,
    },
    area: { code: area.code, name: area.name, level: area.level },
    visits,
  }
}

/** Visits that came to whoever they are planned for since the device last called. */
async function listFresh(
  db: Db,
  visits: readonly { county: number; id: string; ref: string }[],
  since: string | null,
): Promise<{ id: string; ref: string }[]> {
  if (since === null) return [...visits]
  const { rows } = await sql<{ id: string }>`
    select w.id from unnest(${visits.map(({ county }) => county)}::int[],
      ${visits.map(({ id }) => id)}::uuid[]) x (county, id)
    join visit w on w.county = x.county and w.id = x.id where w.planned_at > ${since}`.execute(db)
  const fresh = new Set(rows.map(({ id }) => id))
  return visits.filter(({ id }) => fresh.has(id))
}
