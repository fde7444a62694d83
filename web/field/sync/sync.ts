import { dayMs } from '#contract/days.ts'
import type { Visit } from '#contract/work/visits.ts'
import { api, errorCode } from '#web/api/client.ts'
import { database, findDevice } from '../device/database.ts'
import { keepAgain } from '../device/keep-draft.ts'
import { getState, setState } from '../device/state.ts'
import { applyChange, findRow, isStorageFull, type LogEntry, listRows } from '../device/store.ts'
import { liveOn, offsetOf } from '../work/clock.ts'
import type { Draft } from '../work/draft.ts'
import { endsSession, isUnsent, type OutboxItem } from '../work/outbox.ts'
import { checkRevoked, erase } from './device-life.ts'
import { noAnswer } from './failure.ts'

/** Sent items stay to be looked at for three days, without their content. */
const sentDays = 3
/** By the browser's own clock, which nobody can set. */
let confirmedAt = Number.NEGATIVE_INFINITY

/** Whether whoever is signed in is the owner of this device; checked once a minute. Throws what the server answers. */
export async function confirmOwner(background = false): Promise<boolean> {
  const { key } = getState()
  if (!key) return false
  if (performance.now() - confirmedAt < 60_000) return true
  const [me, facts] = await Promise.all([
    api.session.me(undefined, { context: { background } }),
    findRow(key, 'facts', 'owner'),
  ])
  if (typeof me?.username !== 'string') throw noAnswer()
  if (me.username !== facts?.owner?.username) {
    setState({ otherAccount: me.name })
    return false
  }
  confirmedAt = performance.now()
  setState({ needsSignIn: false, otherAccount: null })
  return true
}

export function doubtOwner(): void {
  confirmedAt = Number.NEGATIVE_INFINITY
}

/** Takes what is assigned now and removes what is no longer. Every failure ends up in the state. */
export async function syncNow({ background = false } = {}): Promise<void> {
  const { key, syncing } = getState()
  if (!key || syncing) return
  setState({ syncing: true })
  try {
    if (await checkRevoked()) return
    if (!(await confirmOwner(background))) return
    await exchange(key, background)
    setState({ syncFailure: null })
    // There was room for this; perhaps there is for what could not be kept before.
    if (getState().storageFull) void keepAgain()
  } catch (error) {
    await noteFailure(error)
  } finally {
    setState({ syncing: false })
  }
}

/** What a failure means for the device as a whole. */
export async function noteFailure(error: unknown): Promise<void> {
  if (isStorageFull(error)) return setState({ storageFull: true })
  const code = errorCode(error)
  if (code === 'device-revoked') return erase('revoked')
  if (endsSession(code)) {
    doubtOwner()
    setState({ needsSignIn: true })
  }
  setState({ syncFailure: code })
}

async function exchange(key: CryptoKey, background: boolean): Promise<void> {
  const row = await findDevice()
  if (!row) return
  const { device } = row
  if (!row.token) {
    const { token } = await api.field.register({ device, name: deviceName() })
    if (typeof token !== 'string') throw noAnswer()
    await database.device.update('device', { token })
  }
  const requestedAt = new Date().toISOString()
  const answer = await api.field.sync({ device }, { context: { background } })
  if (!Array.isArray(answer?.visits)) throw noAnswer()
  const at = new Date()
  const offset = offsetOf(at.getTime(), Date.parse(answer.now), answer.demo)
  const [known, drafts, outbox] = await Promise.all([
    listRows(key, 'visits'),
    listRows(key, 'drafts'),
    listRows(key, 'outbox'),
  ])
  // Locked or erased while the answer was on its way.
  if (getState().key !== key) return
  liveOn(offset)
  // What was reported while the answer was on its way does not come back.
  const reported = new Set(
    outbox.flatMap(({ kind, visit, sentAt }) =>
      kind === 'report' && sentAt && sentAt >= requestedAt ? [visit] : [],
    ),
  )
  const assigned = answer.visits.filter(({ id, state }) => state === 'planned' && !reported.has(id))
  const gone = whatIsGone({ known, drafts, outbox, assigned, now: at })
  await applyChange(key, {
    put: {
      visits: assigned.map((visit) => [visit.id, visit]),
      log: gone.log.map((entry) => [entry.id, entry]),
      facts: [
        [
          'sync',
          {
            sync: {
              at: at.toISOString(),
              on: answer.on,
              areaName: answer.area.name,
              hotline: answer.hotline,
              ...offset,
            },
          },
        ],
      ],
    },
    remove: { visits: gone.visits, drafts: gone.drafts, contents: gone.contents, outbox: gone.outbox },
  })
}

interface DeviceState {
  known: readonly Visit[]
  drafts: readonly Draft[]
  outbox: readonly OutboxItem[]
  assigned: readonly Visit[]
  now: Date
}

/** What must leave the device: all but what is assigned and what a report on its way is about. */
export function whatIsGone({ known, drafts, outbox, assigned, now }: DeviceState) {
  const stays = new Set([
    ...assigned.map(({ id }) => id),
    ...outbox.filter((item) => item.kind === 'report' && isUnsent(item)).map(({ visit }) => visit),
  ])
  const lost = drafts.filter(({ visit }) => !stays.has(visit))
  const oldest = new Date(now.getTime() - sentDays * dayMs).toISOString()
  const households = new Map(known.map(({ id, household }) => [id, household.householdNo]))
  return {
    visits: known.map(({ id }) => id).filter((id) => !stays.has(id)),
    drafts: lost.map(({ visit }) => visit),
    contents: lost.flatMap(({ photos }) => photos.map(({ id }) => id)),
    outbox: outbox.filter(({ sentAt }) => sentAt !== null && sentAt < oldest).map(({ id }) => id),
    log: lost.map(
      ({ visit, report }): LogEntry => ({
        id: report,
        at: now.toISOString(),
        kind: 'taken-back',
        household: households.get(visit) ?? '',
        reason: '',
      }),
    ),
  }
}

/** Browser and system in short, for the list of one's devices. */
function deviceName(): string {
  const agent = navigator.userAgent
  const system = /Android [\d.]+|iPhone OS [\d_]+|Windows|Mac OS X|Linux/.exec(agent)?.[0] ?? ''
  const browser =
    /(Edg|MicroMessenger|HuaweiBrowser|MiuiBrowser|Firefox|Chrome|Safari)\/[\d]+/.exec(agent)?.[0] ?? ''
  return `${browser.replace('/', ' ')} · ${system}`.slice(0, 120)
}
