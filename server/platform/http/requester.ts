import type { Role } from '#contract/access/capabilities.ts'
import type { SecondFactor } from '#contract/access/session.ts'
import type { Department } from '#contract/common.ts'
import type { Auditor } from '../audit.ts'
import type { Db } from '../database/db.ts'

/** The account behind a request: what it is and where it may look. */
export interface Requester {
  userId: string
  name: string
  username: string
  role: Role
  department: Department | null
  area: number
  /** Inclusive range of division codes of its area. */
  scope: { from: number; to: number }
  sessionId: string
  /** How the session was opened. */
  method: 'password' | 'single-sign-on'
  /** When it ends in any case. */
  sessionEndsAt: string
  secondFactor: SecondFactor
  mustChangePassword: boolean
}

/** Households a request may see: villages of a range, and only those granted to `grantee` where one is named. */
export interface HouseholdScope {
  from: number
  to: number
  grantee: string | null
}

/** What was taken of an area's households at once, with its points. */
export interface Piece {
  area: number
  listed: number
  opened: number
  exported: number
  points: number
}

/** A limit that would be gone beyond, and by how much. */
export interface Reached {
  points: number
  limit: number
  days: number
}

/** Counts what an account takes of households across requests: many small pieces are one large one. */
export interface TakenPort {
  /**
   * Counts the households of an answer. Throws `taken-limit` where they would go beyond what the policy lets one person take alone;
   * then nothing of it is answered.
   */
  read(db: Db, me: Requester, audit: Auditor, answer: unknown): Promise<void>
  /** Which limit of a person these would go beyond, if any. */
  exceeded(db: Db, me: Requester, pieces: readonly Piece[]): Promise<Reached | undefined>
  add(db: Db, me: Requester, pieces: readonly Piece[]): Promise<void>
  /** Writes down that a limit was reached, with what was taken together: the alarm is made of it. */
  note(db: Db, me: Requester, audit: Auditor, reached: Reached): Promise<void>
}
