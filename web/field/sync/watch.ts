import { liveQuery } from 'dexie'
import { database } from '../device/database.ts'
import { keepAgain } from '../device/keep-draft.ts'
import { getState, setState } from '../device/state.ts'
import { checkRevoked, lock } from './device-life.ts'
import { retryNow, send } from './sender.ts'
import { syncNow } from './sync.ts'

const idleMs = 10 * 60_000
const hiddenMs = 5 * 60_000
const syncEveryMs = 5 * 60_000

let lastTouch = Date.now()
let hiddenSince: number | null = null

/** Locks what nobody holds in their hand, and goes on by itself when the network is back. */
export function startWatching(): void {
  for (const event of ['pointerdown', 'keydown', 'touchstart'])
    addEventListener(event, () => (lastTouch = Date.now()), { passive: true, capture: true })
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'hidden') hiddenSince = Date.now()
    else {
      lockIfLeft()
      hiddenSince = null
      void syncNow({ background: true }).then(send)
    }
  })
  addEventListener('online', () => {
    setState({ online: true })
    const { key, phase } = getState()
    if (key) void syncNow({ background: true }).then(() => retryNow(key))
    else if (phase === 'locked') void checkRevoked()
  })
  addEventListener('offline', () => setState({ online: false }))
  // A sleeping telephone skips timers; every tick looks at the clock.
  setInterval(lockIfLeft, 5000)
  setInterval(() => {
    if (!navigator.onLine) return
    if (getState().phase === 'locked') void checkRevoked()
    else void syncNow({ background: true }).then(send)
  }, syncEveryMs)
  // Whatever comes into the outbox, from this window or another, is sent.
  liveQuery(() => database.outbox.count()).subscribe(() => void send())
}

function lockIfLeft() {
  const now = Date.now()
  // A clock that somebody sets back must not keep the device open.
  const since = (then: number) => Math.abs(now - then)
  if (since(lastTouch) > idleMs || (hiddenSince !== null && since(hiddenSince) > hiddenMs)) lock()
}

/** After the PIN: everything starts at once. */
export function begin(): void {
  lastTouch = Date.now()
  hiddenSince = null
  void keepAgain()
  void syncNow().then(send)
}
