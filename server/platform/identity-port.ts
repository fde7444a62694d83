import type { Session } from './database/db.ts'
import type { SecurityLimits } from './security-limits.ts'

/** What operations on accounts need of the sign-in, which main opens; made by `openIdentity` of the access module. */
export interface IdentityPort {
  limits: SecurityLimits
  /** Name of the single sign-on, where configured. */
  singleSignOn: { label: string } | null
  /** Key under which failed sign-ins with a name, or wrong codes of an account, are counted. */
  attemptKey(what: string): string
  /** Makes sign-ins on the given transaction; answers their ids in order. Without a password nobody can use them yet. */
  create(
    session: Session,
    people: readonly { username: string; name: string; password?: string }[],
  ): Promise<string[]>
  setPassword(session: Session, userId: string, password: string): Promise<void>
  /** Sets one that nobody knows. */
  dropPassword(session: Session, userId: string): Promise<void>
  /** Enrols a second factor whose secret is derived from the name; for the demonstration only. */
  enrolDemo(session: Session, userId: string, username: string): Promise<void>
  /** The code of such a second factor at this moment. */
  demoCode(username: string): Promise<string>
}
