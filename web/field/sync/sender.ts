import { ORPCError } from '@orpc/client'
import { api } from '#web/api/client.ts'
import { getState } from '../device/state.ts'
import { applyChange, findRow, listRows } from '../device/store.ts'
import {
  afterFailure,
  afterSending,
  awoken,
  endsSession,
  nextItem,
  nextTurn,
  type OutboxItem,
  type PhotoItem,
  type ReportItem,
  retried,
  waitMs,
} from '../work/outbox.ts'
import { noAnswer, toFailure } from './failure.ts'
import { sendPhoto } from './send-photo.ts'
import { confirmOwner, noteFailure } from './sync.ts'

const reportTimeoutMs = 120_000
/** So many failures of the network in a row mean that there is none. */
const failuresToPause = 3

let timer: ReturnType<typeof setTimeout> | undefined
let isSending = false
let failuresInRow = 0
/** By the browser's own clock, which nobody can set. */
let pausedUntil = 0

/** Sends what is due and comes back by itself for the rest; calling it more often does no harm. */
export async function send(): Promise<void> {
  clearTimeout(timer)
  const { key } = getState()
  if (!key || isSending) return
  isSending = true
  try {
    // Two windows of one device share the outbox; one of them sends.
    await navigator.locks.request('shouwang-field-outbox', { ifAvailable: true }, async (lock) => {
      if (lock) await sendAllDue(key)
    })
  } catch (error) {
    pause()
    await noteFailure(error)
  } finally {
    isSending = false
    await planNext(key)
  }
}

/** Waits longer with every failure of the network. */
function pause() {
  failuresInRow += 1
  pausedUntil = performance.now() + waitMs(failuresInRow)
}

async function planNext(key: CryptoKey) {
  const { key: present, needsSignIn, otherAccount } = getState()
  // Without a network the browser reports when there is one again.
  if (present !== key || needsSignIn || otherAccount || !navigator.onLine) return
  const now = Date.now()
  const turn = nextTurn(await listRows(key, 'outbox').catch(() => []), now)
  if (turn === undefined) return
  const wait = Math.max(turn - now, pausedUntil - performance.now())
  timer = setTimeout(send, Math.min(Math.max(wait, 500), 60_000))
}

async function sendAllDue(key: CryptoKey) {
  while (getState().key === key && navigator.onLine && performance.now() >= pausedUntil) {
    const item = nextItem(await listRows(key, 'outbox'), Date.now())
    if (!item || !(await confirmOwner())) return
    await applyChange(key, { put: { outbox: [[item.id, { ...item, state: 'sending' }]] } })
    if (!(await sendItem(key, item))) return
  }
}

/** Answers whether it makes sense to go on. */
async function sendItem(key: CryptoKey, item: OutboxItem): Promise<boolean> {
  let present = item
  const keep = (changed: OutboxItem) => {
    present = changed
    return getState().key === key
      ? applyChange(key, { put: { outbox: [[changed.id, changed]] } })
      : Promise.resolve()
  }
  try {
    await (item.kind === 'report' ? sendReport(item) : sendOnePhoto(key, item, keep))
  } catch (error) {
    const failure = toFailure(error)
    if (failure.code !== 'offline') failuresInRow = 0
    else if (failuresInRow + 1 >= failuresToPause) pause()
    else failuresInRow += 1
    await keep(afterFailure(awoken(present), failure, Date.now()))
    if (endsSession(failure.code) || failure.code === 'device-revoked') await noteFailure(error)
    return !endsSession(failure.code) && failure.code !== 'device-revoked'
  }
  failuresInRow = 0
  if (getState().key !== key) return false
  const sent = afterSending(present, new Date().toISOString())
  await applyChange(key, {
    put: { outbox: [[sent.id, sent]] },
    remove: item.kind === 'photo' ? { contents: [item.id] } : { visits: [item.visit] },
  })
  return true
}

async function sendReport({ visit, version, report }: ReportItem) {
  if (!report) return
  const taken = await api.visits.report(
    { id: visit, version, ...report },
    { signal: AbortSignal.timeout(reportTimeoutMs) },
  )
  if (taken?.id !== visit) throw noAnswer()
}

async function sendOnePhoto(key: CryptoKey, item: PhotoItem, keep: (item: OutboxItem) => Promise<void>) {
  const bytes = await findRow(key, 'contents', item.id)
  if (!bytes) throw new ORPCError('photo-lost')
  await sendPhoto(item, bytes, (received) => keep({ ...item, state: 'sending', sentBytes: received }))
}

/** A person does not want to wait: everything that may be tried again is due now. */
export async function retryNow(key: CryptoKey, ids?: readonly string[]): Promise<void> {
  const items = await listRows(key, 'outbox')
  const chosen = items.filter(({ id, state }) => (ids?.includes(id) ?? true) && /waiting|failed/.test(state))
  await applyChange(key, { put: { outbox: chosen.map((item) => [item.id, retried(item)]) } })
  pausedUntil = 0
  failuresInRow = 0
  await send()
}
