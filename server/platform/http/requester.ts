import type { Role } from '#contract/access/capabilities.ts'
import type { SecondFactor } from '#contract/access/session.ts'
import type { Department } from '#contract/common.ts'

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
