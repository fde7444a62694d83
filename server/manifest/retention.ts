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

export type RetentionRoles = Record<RetentionPart['role'], Database>
