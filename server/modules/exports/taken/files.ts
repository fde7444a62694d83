import { beijingDay, dayMs } from '#contract/days.ts'
import type { ExportRow } from '#contract/protection/exports.ts'
import type { ExportViewer } from '#server/manifest/export-source.ts'
import { type Db, inTransaction } from '#server/platform/database/db.ts'
import type { Piece, Reached, TakenPort } from '#server/platform/http/requester.ts'
import type { Requester } from '#server/platform/http/rpc.ts'
import { insertExport } from '../queries.ts'
import type { TakenLimits } from './meter.ts'
import { sumArea } from './queries.ts'

export interface FileMeter {
  meter: TakenPort
  limits: TakenLimits
  /** Sees what everybody took. */
  work: { db: Db }
}

const pieceOf = (me: Requester, rows: number, { takenExportWeight }: TakenLimits): Piece => ({
  ...{ area: Math.floor(me.area / 1e6), listed: 0, opened: 0 },
  ...{ exported: rows, points: rows * takenExportWeight },
})

/** Which limit so many rows in a file would go beyond: of the person alone, or of its area together with colleagues. */
export async function fileExceeds(
  { meter, limits, work }: FileMeter,
  db: Db,
  me: Requester,
  rows: number,
): Promise<Reached | undefined> {
  const piece = pieceOf(me, rows, limits)
  const own = await meter.exceeded(db, me, [piece])
  if (own) return own
  const day = beijingDay(Date.now())
  const points = piece.points + (await sumArea(work.db, piece.area, day, limits.takenExportWeight))
  return points > limits.takenAreaPerDay ? { points, limit: limits.takenAreaPerDay, days: 1 } : undefined
}

export const addFile = ({ meter, limits }: FileMeter, db: Db, me: Requester, rows: number): Promise<void> =>
  meter.add(db, me, [pieceOf(me, rows, limits)])

/** A day's measure once more, if a second person agrees; it stands in the register and ends after a day. */
export async function insertMore(
  { deps, me }: ExportViewer,
  { takenPerDay }: TakenLimits,
  purpose: string,
): Promise<ExportRow['id']> {
  const at = deps.clock.now()
  return inTransaction(deps.database, async ({ db }) => {
    const id = await insertExport(db, {
      ...{ kind: 'more', filter: {}, purpose, by: me.userId, area: me.area, at },
      ...{ rows: takenPerDay, limit: 0, state: 'pending' },
      expiresAt: new Date(at.getTime() + dayMs),
    })
    await deps.audit.record(db, {
      action: 'exports.more',
      object: { kind: 'export', ref: id },
      reason: purpose,
      count: takenPerDay,
    })
    return id
  })
}
