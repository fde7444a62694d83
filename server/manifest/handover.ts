import { type RawBuilder, sql } from 'kysely'
import type { Session } from '#server/platform/database/db.ts'

/** One piece of work: the county it lies in, 0 for none, and its own key. */
export interface HandoverItem {
  county: number
  item: string
}

export interface HandoverTo {
  userId: string
  by: string
  reason: string
  /** Taken back: these alone, handed over at that moment. */
  only?: { items: readonly HandoverItem[]; since: string }
}

/** One kind of open work that an account has and can hand over; each module that assigns work has one, main lists them. */
export interface HandoverPart {
  /** Key of the count shown, such as `household-access`. */
  key: string
  /** Columns naming the person responsible, such as `visit.visitor`; a test requires them when a table gets another one. */
  columns: readonly string[]
  count(session: Session, userId: string): Promise<number>
  /** Moves all of it and answers what; throws `handover-target` where the other account may not have it. */
  move(session: Session, from: string, to: HandoverTo): Promise<HandoverItem[]>
}

/** Condition that a row is among those that are taken back; without any, true. */
export function among({ only }: HandoverTo, county: RawBuilder<unknown>, item: RawBuilder<unknown>) {
  if (!only) return sql`true`
  return sql`(${county}, ${item}::text) in (select * from unnest(${only.items.map((one) => one.county)}::int[],
    ${only.items.map((one) => one.item)}::text[]))`
}

declare module '#server/platform/http/rpc.ts' {
  interface Services {
    /** What an account can hand over, from the lowest module up. */
    handover: readonly HandoverPart[]
  }
}
