import { type RawBuilder, sql } from 'kysely'
import type { Database, Db, Session } from '#server/platform/database/db.ts'

export interface Due {
  due: number
  /** When the oldest of it came to be; null where nothing is due. */
  oldest: string | null
}

/** One kind of thing that is erased when its time is over; each module has those of its own tables. */
export interface RetentionPart {
  /** Role whose tables it is. */
  role: 'work' | 'auth'
  /** What is older than `before` and still there. */
  findDue(db: Db, before: Date): Promise<Due>
  /**
   * Takes at most `limit` of it inside the caller's transaction and answers how many it took. A file is removed before the rows
   * that name it are, so that a kill in between leaves a row to come back to and never a file nobody knows of.
   */
  take(session: Session, files: { fileDirectory: string }, before: Date, limit: number): Promise<number>
}

/** How much a query of (…, at) finds, and since when. */
export async function countRetained(db: Db, from: RawBuilder<unknown>): Promise<Due> {
  const { rows } = await sql<Due>`select count(*) as due, min(at) as oldest from (${from}) d`.execute(db)
  return rows[0] ?? { due: 0, oldest: null }
}

export type RetentionRoles = Record<RetentionPart['role'], Database>

export type RetentionAction = 'delete-file' | 'erase-cells' | 'delete-rows' | 'keep'

/** What the program knows how to erase, with the way it does it, and what it never erases. Every pack must say all of them. */
export const retentionActions = {
  'uploads-never-imported': 'delete-file',
  'received-files': 'delete-file',
  'rejected-cells': 'erase-cells',
  'review-cells': 'erase-cells',
  'ended-sessions': 'delete-rows',
  'visit-photos': 'delete-file',
  'unfinished-photos': 'delete-rows',
  'visit-traces': 'erase-cells',
  'revoked-devices': 'delete-rows',
  'declaration-marks': 'delete-rows',
  facts: 'keep',
  clues: 'keep',
  casework: 'keep',
  accounts: 'keep',
  audit: 'keep',
} as const satisfies Record<string, RetentionAction>

export type RetentionKey = keyof typeof retentionActions

export type RetentionParts = Readonly<Partial<Record<RetentionKey, RetentionPart>>>

declare module '#server/platform/http/rpc.ts' {
  interface Services {
    /** How each rule of the policy that erases something is carried out. */
    retention: RetentionParts
  }
}
