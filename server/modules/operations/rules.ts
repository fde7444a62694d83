import { dayMs } from '#contract/days.ts'
import type { CheckState, OperationsCheck } from '#contract/protection/operations.ts'
import { type Figures, secondsSince } from './figures.ts'

/** From when on somebody should look today, and from when on now. How the house is kept is no policy of the province. */
export const limits = {
  /** A whole backup is made every day; one that failed is tried again all the while. */
  backupSeconds: { attention: 26 * 3600, bad: 50 * 3600 },
  keptSeconds: { attention: 60, bad: 900 },
  sealSeconds: { attention: 60, bad: 600 },
  queueSeconds: { attention: 300, bad: 3600 },
  /** A held batch waits for a person; after three days nobody looks. */
  waitingSeconds: { attention: (3 * dayMs) / 1000, bad: Number.POSITIVE_INFINITY },
  databaseMs: { attention: 500, bad: 5000 },
  /** Shares of the disk that are used. */
  diskUsed: { attention: 0.9, bad: 0.97 },
} as const

type Judged = Omit<OperationsCheck, 'key'>

function beyond(value: number, { attention, bad }: { attention: number; bad: number }): CheckState {
  if (value > bad) return 'bad'
  return value > attention ? 'attention' : 'ok'
}

const check = (state: CheckState, reason: string, figures: Judged['figures'] = {}): Judged => ({
  ...{ state, reason, figures },
})

type Judge = (figures: Figures) => Judged

const judges: Record<OperationsCheck['key'], Judge> = {
  database: ({ database: { answersMs, bytes } }) =>
    check(beyond(answersMs, limits.databaseMs), 'answers', { ms: answersMs, bytes }),

  backup({ backup: { keptBy, state }, at }) {
    if (keptBy === 'own-tools') return check('off', 'own-tools')
    const { lastGood, failure } = state
    if (failure) return check('bad', `failed-${failure.what}`, { at: failure.at, text: failure.text })
    if (!lastGood) return check('bad', 'never')
    const figures = { at: lastGood.endedAt, bytes: lastGood.bytes, files: lastGood.files }
    const isOld = beyond(secondsSince(lastGood.startedAt, at), limits.backupSeconds)
    // Made by hand it is as good as its age, and only as long as somebody thinks of it.
    if (isOld === 'ok' && keptBy === 'by-hand') return check('attention', 'by-hand', figures)
    return check(isOld, isOld === 'ok' ? 'good' : 'old', figures)
  },

  kept({ backup: { keptBy, state }, at }) {
    if (keptBy === 'own-tools') return check('off', 'own-tools')
    if (keptBy === 'by-hand') return check('off', 'by-hand')
    if (!state.keptUntil) return check('attention', 'not-yet')
    const seconds = Math.round(secondsSince(state.keptUntil, at))
    return check(beyond(seconds, limits.keptSeconds), 'behind', { seconds, at: state.keptUntil })
  },

  seals({ seals: { pending, lagSeconds, isBroken } }) {
    if (isBroken) return check('bad', 'broken')
    const seconds = Math.round(lagSeconds)
    return check(beyond(seconds, limits.sealSeconds), pending > 0 ? 'behind' : 'good', { pending, seconds })
  },

  tallies({ tallyDifferences: count }) {
    if (count === null) return check('ok', 'not-yet')
    return count > 0 ? check('bad', 'different', { count }) : check('ok', 'good')
  },

  jobs({ queues }) {
    const failed = queues.reduce((sum, queue) => sum + queue.failed, 0)
    const waiting = queues.reduce((sum, queue) => sum + queue.waiting, 0)
    const seconds = Math.round(Math.max(0, ...queues.map(({ oldestSeconds }) => oldestSeconds)))
    if (failed > 0) return check('attention', 'failed', { failed, waiting, seconds })
    const state = beyond(seconds, limits.queueSeconds)
    return check(state, state === 'ok' ? 'good' : 'behind', { waiting, seconds })
  },

  held({ held: { batches, oldestSeconds } }) {
    const days = Math.floor((oldestSeconds * 1000) / dayMs)
    const state = beyond(oldestSeconds, limits.waitingSeconds)
    return batches === 0 ? check('ok', 'none') : check(state, 'held', { batches, days })
  },

  sources({ sources }) {
    const late = sources.filter((source) => source.late > 0).length
    return late > 0 ? check('attention', 'late', { late, feeds: sources.length }) : check('ok', 'good')
  },

  statements: ({ slow: { total } }) =>
    total > 0 ? check('attention', 'slow', { total }) : check('ok', 'good'),

  disk({ disk: { freeBytes, totalBytes } }) {
    const used = totalBytes > 0 ? 1 - freeBytes / totalBytes : 0
    return check(beyond(used, limits.diskUsed), 'free', {
      bytes: freeBytes,
      percent: Math.floor((1 - used) * 100),
    })
  },
}

const order: readonly CheckState[] = ['off', 'ok', 'attention', 'bad']

/** Every check, and the worst of them. */
export function judgeFigures(figures: Figures): { state: CheckState; checks: OperationsCheck[] } {
  const keys = Object.keys(judges) as OperationsCheck['key'][]
  const checks = keys.map((key) => ({ key, ...judges[key](figures) }))
  const worst = Math.max(order.indexOf('ok'), ...checks.map(({ state }) => order.indexOf(state)))
  return { state: order[worst] ?? 'ok', checks }
}
