import { setTimeout as delay } from 'node:timers/promises'

/**
 * With what PostgreSQL (SQLSTATE: shutting down, starting, connection lost, too many connections) and the network say that the
 * database cannot be reached now; a later try may find it.
 */
const codes = new Set([
  ...['57P01', '57P02', '57P03', '53300', '08000', '08001', '08003', '08004', '08006'],
  ...['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'EHOSTUNREACH', 'ENETUNREACH', 'EAI_AGAIN'],
])

/** What the driver says of connections that ended under it, and libraries that pass a failure on without its code. */
const words =
  /connection terminated|connection error|not queryable|trying to connect|connect ECONN|starting up|shutting down/i

interface Failure {
  code?: unknown
  message?: unknown
  cause?: unknown
  errors?: unknown
}

/** Whether a failure means only that the database was not there: nothing is wrong with what was asked. */
export function isDatabaseAway(error: unknown): error is Error {
  if (typeof error !== 'object' || error === null) return false
  const { code, message, cause, errors }: Failure = error
  if (typeof code === 'string' && codes.has(code)) return true
  if (typeof message === 'string' && words.test(message)) return true
  return (Array.isArray(errors) && errors.some(isDatabaseAway)) || isDatabaseAway(cause)
}

/** SQLSTATE 53100, or the file system's own word for it. */
export function isDiskFull(error: unknown): error is Error {
  if (!(error instanceof Error)) return false
  if ('code' in error && (error.code === '53100' || error.code === 'ENOSPC' || error.code === 'EDQUOT'))
    return true
  return isDiskFull(error.cause)
}

/** The file system takes nothing any more, as the kernel makes one whose disk fails; PostgreSQL says so in words alone. */
export function isDiskReadOnly(error: unknown): error is Error {
  if (!(error instanceof Error)) return false
  if ('code' in error && error.code === 'EROFS') return true
  return /read-only file system/i.test(error.message) || isDiskReadOnly(error.cause)
}

/** What is wrong with the place the platform runs at passes, or is put right there: what was asked may be begun anew. */
export const isOutage = (error: unknown): error is Error =>
  isDatabaseAway(error) || isDiskFull(error) || isDiskReadOnly(error)

/** What asks all the while fails all the while an outage lasts: who waits for an answer says so in the log, not every timer. */
export const outageLevel = (error: unknown): 'debug' | 'error' => (isDatabaseAway(error) ? 'debug' : 'error')

const firstPauseMs = 200
/** A database that is back is found within a second; asking it so often costs nothing. */
const longestPauseMs = 1000

/** Resolves once the database answers again; `signal` gives up waiting. */
export async function databaseIsBack(
  database: { pool: { query(text: string): Promise<unknown> } },
  signal?: AbortSignal,
): Promise<void> {
  for (let pause = firstPauseMs; ; pause = Math.min(longestPauseMs, pause * 2)) {
    try {
      await database.pool.query('select 1')
      return
    } catch (error) {
      if (!isDatabaseAway(error)) throw error
    }
    await delay(pause, undefined, signal ? { signal } : {})
  }
}
