import type { Visit, VisitReport } from '#contract/work/visits.ts'
import { sorted } from './order.ts'

/** waiting: on its way when its turn comes; failed: the server refused it; conflict: a person must decide. */
export type OutboxState = 'waiting' | 'sending' | 'sent' | 'failed' | 'conflict'

interface Common {
  id: string
  visit: string
  /** Household and place, to distinguish the items. */
  household: string
  state: OutboxState
  /** Failures in a row. */
  attempts: number
  /** Not before this moment, by the device's clock. */
  nextAt: number
  /** Code of the last failure. */
  reason: string | null
  madeAt: string
  sentAt: string | null
}

export interface ReportItem extends Common {
  kind: 'report'
  version: number
  /** Null once it was sent. */
  report: VisitReport | null
  /** The visit as the server has it, where it changed meanwhile. */
  present: Visit | null
}

export interface PhotoItem extends Common {
  kind: 'photo'
  size: number
  sha256: string
  /** Bytes the server has. */
  sentBytes: number
}

export type OutboxItem = ReportItem | PhotoItem

export const partBytes = 32 * 1024
const firstWaitMs = 2000
const longestWaitMs = 5 * 60_000
/** Times a photo may arrive damaged before a person has to look. */
const mostDamaged = 3

/** Failures that pass by themselves; everything else the server would refuse again. */
const passing = new Set([
  'offline',
  'fallback',
  'INTERNAL_SERVER_ERROR',
  'too-many-requests',
  'database-away',
  'disk-full',
  'disk-read-only',
  'request-too-slow',
  'request-malformed',
])
/** Failures of whoever is signed in, not of the item. */
const ofSession = new Set([
  'not-signed-in',
  'second-factor-required',
  'password-change-required',
  'account-suspended',
])

export const isUnsent = ({ state }: Pick<OutboxItem, 'state'>) => state !== 'sent'
export const endsSession = (code: string) => ofSession.has(code)

/** Doubles with every failure up to five minutes; a random half keeps a village's phones from calling all at once. */
export function waitMs(attempts: number, random: () => number = Math.random): number {
  const full = Math.min(firstWaitMs * 2 ** Math.max(0, attempts - 1), longestWaitMs)
  return Math.round(full / 2 + (full / 2) * random())
}

/** When an item has its turn; a moment further off than any wait comes of a clock that was set back, and counts as now. */
const turnOf = ({ nextAt }: OutboxItem, now: number) => (nextAt - now > 2 * longestWaitMs ? now : nextAt)

/** Visits whose photos wait for their report, as long as that is undecided or on its way. */
export function blockedVisits(items: readonly OutboxItem[]): ReadonlySet<string> {
  const before = items.filter(
    ({ kind, state }) => kind === 'report' && state !== 'sent' && state !== 'failed',
  )
  return new Set(before.map(({ visit }) => visit))
}

function sendable(items: readonly OutboxItem[]): OutboxItem[] {
  const blocked = blockedVisits(items)
  return items.filter(
    ({ kind, state, visit }) => state === 'waiting' && (kind === 'report' || !blocked.has(visit)),
  )
}

/** What is to be sent now: reports before photos, oldest first. */
export function nextItem(items: readonly OutboxItem[], now: number): OutboxItem | undefined {
  const due = sendable(items).filter((item) => turnOf(item, now) <= now)
  const inOrder = sorted(
    due,
    (a, b) =>
      Number(b.kind === 'report') - Number(a.kind === 'report') ||
      a.nextAt - b.nextAt ||
      a.madeAt.localeCompare(b.madeAt) ||
      a.id.localeCompare(b.id),
  )
  return inOrder[0]
}

/** When the next has its turn; undefined when none waits. */
export function nextTurn(items: readonly OutboxItem[], now: number): number | undefined {
  const times = sendable(items).map((item) => turnOf(item, now))
  return times.length > 0 ? Math.min(...times) : undefined
}

export interface Failure {
  code: string
  /** Bytes the server has, with `photo-offset`. */
  received?: number
  present?: Visit
  /** What the server requests to wait. */
  seconds?: number
}

/** What becomes of an item that was not taken. */
export function afterFailure(
  item: OutboxItem,
  failure: Failure,
  now: number,
  random = Math.random,
): OutboxItem {
  const { code } = failure
  const attempts = item.attempts + 1
  const waits = { state: 'waiting', attempts, reason: code } as const
  if (code === 'visit-changed' && item.kind === 'report')
    return { ...item, state: 'conflict', reason: code, present: failure.present ?? null }
  if (endsSession(code)) return { ...item, state: 'waiting', reason: code, nextAt: now }
  if (item.kind === 'photo' && code === 'photo-offset')
    return { ...item, ...waits, sentBytes: failure.received ?? 0, nextAt: now + waitMs(attempts, random) }
  if (item.kind === 'photo' && code === 'photo-wrong' && attempts < mostDamaged)
    return { ...item, ...waits, sentBytes: 0, nextAt: now + waitMs(attempts, random) }
  if (!passing.has(code)) return { ...item, state: 'failed', attempts, reason: code }
  return {
    ...item,
    ...waits,
    nextAt: now + Math.min(longestWaitMs, Math.max(waitMs(attempts, random), (failure.seconds ?? 0) * 1000)),
  }
}

export function afterSending(item: OutboxItem, at: string): OutboxItem {
  const sent = { state: 'sent', attempts: 0, reason: null, sentAt: at } as const
  return item.kind === 'report'
    ? { ...item, ...sent, report: null, present: null }
    : { ...item, ...sent, sentBytes: item.size }
}

/** A person does not want to wait. */
export function retried<T extends OutboxItem>(item: T): T {
  if (item.state !== 'waiting' && item.state !== 'failed') return item
  return { ...item, state: 'waiting', attempts: 0, nextAt: 0, reason: null }
}

/** After a restart nothing is on its way any more. */
export function awoken<T extends OutboxItem>(item: T): T {
  return item.state === 'sending' ? { ...item, state: 'waiting', nextAt: 0 } : item
}
