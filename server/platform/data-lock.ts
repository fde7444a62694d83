import { linkSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { ConfigError } from '#server/config.ts'
import { beganOf } from './processes/began.ts'

interface LockOwner {
  pid: number
  host: string
  /** When the process began, as the kernel counts: a pid alone comes again. */
  began: string
  since: string
}

/**
 * Makes this process the one server of a data folder, until it ends: a second would take the first one's unfinished uploads for
 * leftovers. The command line works beside it. Throws `ConfigError` that names who has it. Answers how to let go.
 */
export function lockData(folder: string): () => void {
  return lockFolder(folder, 'server.lock', (owner) => taken(folder, owner))
}

/**
 * One process at a time by a file of that name; what a killed one left is taken over. `refusal` says who has it. A machine that is gone
 * for good touches its file no more: after `staleMs` it is taken over too.
 */
export function lockFolder(
  folder: string,
  name: string,
  refusal: (owner: LockOwner | undefined) => string,
  staleMs = Number.POSITIVE_INFINITY,
): () => void {
  const file = path.join(folder, name)
  const own: LockOwner = {
    pid: process.pid,
    host: os.hostname(),
    began: beganOf(process.pid) ?? '',
    since: new Date().toISOString(),
  }
  const written = `${file}.${process.pid}`
  try {
    writeFileSync(written, JSON.stringify(own), { mode: 0o600 })
    // Linked whole or not at all: nobody reads half a lock.
    if (!tryLink(written, file)) takeOver(written, file, refusal, staleMs)
  } finally {
    rmSync(written, { force: true })
  }
  const release = () => {
    if (readOwner(file)?.pid === own.pid) rmSync(file, { force: true })
  }
  process.once('exit', release)
  return () => {
    process.off('exit', release)
    release()
  }
}

/**
 * Of those that start at once over what a killed process left, one: whoever links the claim to its inheritance. The others would
 * take the lock that the first made meanwhile for the one they had read.
 */
function takeOver(
  written: string,
  file: string,
  refusal: (owner: LockOwner | undefined) => string,
  staleMs: number,
) {
  const isGone = () => {
    const owner = readOwner(file)
    return !(owner && isRunning(owner) && !isStale(file, owner, staleMs))
  }
  const claim = `${file}.claim`
  if (!isGone()) throw new ConfigError(refusal(readOwner(file)))
  if (!tryLink(written, claim)) {
    const other = readOwner(claim)
    if (other && isRunning(other)) throw new ConfigError(refusal(other))
    // It was killed between two lines.
    rmSync(claim, { force: true })
    if (!tryLink(written, claim)) throw new ConfigError(refusal(readOwner(claim)))
  }
  try {
    // Looked at again under the claim: another may have taken over, and be done with its own.
    if (!isGone()) throw new ConfigError(refusal(readOwner(file)))
    rmSync(file, { force: true })
    if (!tryLink(written, file)) throw new ConfigError(refusal(readOwner(file)))
  } finally {
    rmSync(claim, { force: true })
  }
}

function isStale(file: string, { host }: LockOwner, staleMs: number): boolean {
  if (host === os.hostname()) return false
  return Date.now() - statSync(file).mtimeMs > staleMs
}

function tryLink(from: string, to: string): boolean {
  try {
    linkSync(from, to)
    return true
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false
    throw error
  }
}

function readOwner(file: string): LockOwner | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as LockOwner
  } catch {
    return undefined
  }
}

/** A folder may be shared by machines; of another one nothing can be known from here, so its word is taken. */
function isRunning({ pid, host, began }: LockOwner): boolean {
  if (host !== os.hostname()) return true
  return began !== '' && beganOf(pid) === began
}

function taken(folder: string, owner: LockOwner | undefined): string {
  const who = describeOwner(owner)
  return (
    `A server already works on the data in ${folder}: ${who}. Stop it first, or give this one another folder: ` +
    `SHOUWANG_DATA=elsewhere npm start. If that machine is gone for good, remove ${path.join(folder, 'server.lock')}.`
  )
}

export const describeOwner = (owner: LockOwner | undefined) =>
  owner ? `process ${owner.pid} on ${owner.host}, since ${owner.since}` : 'another process'
