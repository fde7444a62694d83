import type { Session } from './db.ts'

/** One kind of open work that an account holds and can hand over; each module that gives out work has one, main lists them. */
export interface HandoverPart {
  /** Key of the count shown, such as `household-access`. */
  key: string
  count(session: Session, userId: string): Promise<number>
  /** Moves all of it and answers how much; throws `handover-target` where the other account may not hold it. */
  move(session: Session, from: string, to: { userId: string; by: string; reason: string }): Promise<number>
}
