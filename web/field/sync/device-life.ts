import { may } from '#contract/access/capabilities.ts'
import type { Me } from '#contract/access/session.ts'
import { api, errorCode, queryClient } from '#web/api/client.ts'
import { isHalfSignedIn } from '#web/api/session.ts'
import { signOut } from '#web/api/sign-in.ts'
import { database, eraseDatabase, findDevice } from '../device/database.ts'
import { forgetAllDrafts, waitingDrafts } from '../device/keep-draft.ts'
import { choosePin, type Unlocking, unlock } from '../device/pin.ts'
import { type ErasedBecause, getState, setState } from '../device/state.ts'
import { applyChange, findRow, listRows, type Owner } from '../device/store.ts'
import { liveOn } from '../work/clock.ts'
import { awoken } from '../work/outbox.ts'

const erasedKey = 'shouwang.field.erased'
/** The server could not be informed of a sign-out; the next start does it first. */
const signOutKey = 'shouwang.field.sign-out'
/** Device of before, empty now: the server is informed as soon as somebody is signed in. */
const leftKey = 'shouwang.field.left'

/** What this device is: new, locked, erased. Works without a network as soon as there is a PIN. */
export async function start(): Promise<void> {
  if (!isSecureContext || !crypto.subtle) return setState({ phase: 'insecure' })
  const because = localStorage.getItem(erasedKey) as ErasedBecause | null
  if (because) return setState({ phase: 'erased', erasedBecause: because })
  const row = await findDevice()
  if (!row) return enterOrSignIn()
  setState({ phase: 'locked', device: row.device })
  await checkRevoked()
}

/** Goes on with whoever is signed in already; opens the sign-in otherwise. */
export async function enterOrSignIn(): Promise<void> {
  localStorage.removeItem(erasedKey)
  await reportSignOut()
  const me = await api.session.me().catch(() => undefined)
  setState({ erasedBecause: null, phase: me && mayWorkHere(me) ? 'new-pin' : 'sign-in' })
}

export const mayWorkHere = (me: Me) => !isHalfSignedIn(me) && may(me.role, 'visit.report')

/** After the PIN was chosen twice. Needs the network once. */
export async function setUp(pin: string): Promise<void> {
  const { name, username, role } = await api.session.me()
  await reportLeft()
  const owner: Owner = { name, username, role }
  const { device, key } = await choosePin(pin)
  await applyChange(key, { put: { facts: [['owner', { owner }]] } })
  // Without it the browser may clear the device's data when room gets short.
  await navigator.storage?.persist?.().catch(() => false)
  setState({ phase: 'open', key, device, owner })
}

export async function unlockWith(pin: string): Promise<Unlocking> {
  const result = await unlock(pin)
  if (!('key' in result)) {
    if (result.triesLeft <= 0) await erase('pin')
    return result
  }
  const { key } = result
  const [facts, last, outbox, drafts, contents] = await Promise.all([
    findRow(key, 'facts', 'owner'),
    findRow(key, 'facts', 'sync'),
    listRows(key, 'outbox'),
    listRows(key, 'drafts'),
    database.contents.toCollection().primaryKeys(),
  ])
  if (last?.sync) liveOn(last.sync)
  const stuck = outbox.filter(({ state }) => state === 'sending').map(awoken)
  // A photo that was kept when the app was killed before its form was.
  const begun = [...drafts, ...waitingDrafts()].flatMap(({ photos }) => photos)
  const needed = new Set([...outbox, ...begun].map(({ id }) => id))
  await applyChange(key, {
    put: { outbox: stuck.map((item) => [item.id, item]) },
    remove: { contents: contents.filter((id) => !needed.has(id)) },
  })
  setState({ phase: 'open', key, owner: facts?.owner ?? null })
  return result
}

async function reportLeft() {
  const device = localStorage.getItem(leftKey)
  if (!device) return
  const isReported = await api.field.revoke({ device }).then(
    () => true,
    (error) => errorCode(error) === 'not-found',
  )
  if (isReported) localStorage.removeItem(leftKey)
}

/** The key leaves the memory; what lies on the device stays as it is. */
export function lock(): void {
  if (getState().phase === 'open') setState({ phase: 'locked', key: null, owner: null })
}

/** Removes everything from the device and says why; also after a restart, until somebody begins anew. */
export async function erase(because: ErasedBecause): Promise<void> {
  localStorage.setItem(erasedKey, because)
  const { device } = getState()
  if (device && because !== 'revoked') localStorage.setItem(leftKey, device)
  setState({
    ...{ phase: 'erased', erasedBecause: because, key: null, owner: null, device: null },
    ...{ needsSignIn: false, otherAccount: null, syncFailure: null, storageFull: false },
  })
  forgetAllDrafts()
  sessionStorage.clear()
  queryClient.clear()
  await eraseDatabase()
}

/** Signs out and erases; the server learns of it now or at the next start. */
export async function leave(): Promise<void> {
  localStorage.setItem(signOutKey, '1')
  await erase('signed-out')
  await reportSignOut()
}

async function reportSignOut() {
  if (!localStorage.getItem(signOutKey)) return
  await reportLeft()
  const isReported = await signOut().then(
    () => true,
    (error) => errorCode(error) !== 'offline',
  )
  if (isReported) localStorage.removeItem(signOutKey)
}

/** Asks whether this device must erase itself; needs neither PIN nor session. Answers whether it did. */
export async function checkRevoked(): Promise<boolean> {
  const row = await findDevice()
  if (!row?.token) return false
  const answer = await api.field
    .status({ device: row.device, token: row.token }, { context: { background: true } })
    .catch(() => undefined)
  if (answer?.state === 'unknown') await database.device.update('device', { token: null })
  if (answer?.state !== 'revoked') return false
  await erase('revoked')
  return true
}
