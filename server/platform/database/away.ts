import { setTimeout as delay } from 'node:timers/promises'
import type { Database } from './db.ts'

/**
 * With what PostgreSQL (SQLSTATE: shutting down, starting, connection lost, too many connections) and the network say that the
 * database cannot be reached now; a later try may find it.
 */
const codes = new Set([
  ...['57P01', '57P02', '57P03', '53300', '08000', '08001', '08003', '08004', '08006'],
  ...['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'EHOSTUNREACH', 'ENETUNREACH', 'EAI_AGAIN'],
])

/** What the driver says of connections that ended under it; it gives these no code. */
const driversWords = /connection terminated|connection error|not queryable|trying to connect/i

/** Whether a failure means only that the database was not there: nothing is wrong with what was asked. */
export function isDatabaseAway(error: unknown): error is Error {
  if (!(error instanceof Error)) return false
  if ('code' in error && typeof error.code === 'string' && codes.has(error.code)) return true
  if (driversWords.test(error.message)) return true
  if (error instanceof AggregateError && error.errors.some(isDatabaseAway)) return true
  return isDatabaseAway(error.cause)
}

/** SQLSTATE 53100, or the file system's own word for it. */
export function isDiskFull(error: unknown): error is Error {
  if (!(error instanceof Error)) return false
  if ('code' in error && (error.code === '53100' || error.code === 'ENOSPC')) return true
  return isDiskFull(error.cause)
}

const firstPauseMs = 200
const longestPauseMs = 5000

/** Resolves once the database answers again; `signal` gives up waiting. */
export async function databaseIsBack(database: Pick<Database, 'pool'>, signal?: AbortSignal): Promise<void> {
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
