import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { ConfigError } from '#server/config.ts'
import { isDiskFull, isDiskReadOnly } from '../database/away.ts'
import { DamagedPiece } from './parts/seal-box.ts'

/** Why a backup failed: `folder-missing` the folder is not there, `folder-other` it is not the one of before: a disk that is not mounted. */
export const backupFailures = [
  'folder-missing',
  'folder-other',
  'folder-taken',
  'disk-full',
  'damaged',
  'wal-lost',
  'other',
] as const
export type BackupFailure = (typeof backupFailures)[number]

/** What is known of the backups of a data folder, for whoever asks how old the last good one is. Kept in the data folder. */
export interface BackupState {
  /** Where they go, when the server makes them by itself. */
  folder?: string | undefined
  lastGood?: { name: string; startedAt: string; endedAt: string; bytes: number; files: number } | undefined
  running?: { since: string } | undefined
  failure?: { at: string; what: BackupFailure; text: string } | undefined
  /** Every change acknowledged before this instant is kept. */
  keptUntil?: string | undefined
}

const fileOf = (dataDirectory: string) => path.join(dataDirectory, 'backup-state.json')

export function readBackupState(dataDirectory: string): BackupState {
  try {
    return JSON.parse(readFileSync(fileOf(dataDirectory), 'utf8')) as BackupState
  } catch {
    return {}
  }
}

export function changeBackupState(dataDirectory: string, change: BackupState): BackupState {
  const state = { ...readBackupState(dataDirectory), ...change }
  const file = fileOf(dataDirectory)
  const partial = `${file}.${process.pid}`
  try {
    writeFileSync(partial, JSON.stringify(state), { mode: 0o600 })
    renameSync(partial, file)
  } catch (error) {
    rmSync(partial, { force: true })
    // A full disk is when a backup onto another is wanted most: that no note of it can be made is no failure of it, and hides none.
    if (!isDiskFull(error) && !isDiskReadOnly(error)) throw error
  }
  return state
}

/** Of the last good backup, for whoever asks whether the server is ready. An old one is a matter for people: the server works on. */
export function readBackupAge({ dataDirectory, backups }: { dataDirectory: string; backups?: string }) {
  const { lastGood, keptUntil, failure } = readBackupState(dataDirectory)
  return {
    keptBy: backups ?? 'by-hand',
    lastGoodAt: lastGood?.endedAt ?? null,
    ageSeconds: lastGood ? Math.round((Date.now() - new Date(lastGood.startedAt).getTime()) / 1000) : null,
    keptUntil: keptUntil ?? null,
    failing: failure?.what ?? null,
  }
}

export class BackupFolderError extends Error {
  readonly what: BackupFailure
  constructor(what: BackupFailure, message: string) {
    super(message)
    this.what = what
  }
}

export function failureOf(error: unknown): NonNullable<BackupState['failure']> {
  const text = error instanceof Error ? error.message : String(error)
  return { at: new Date().toISOString(), what: kindOf(error), text }
}

function kindOf(error: unknown): BackupFailure {
  if (error instanceof BackupFolderError) return error.what
  if (error instanceof DamagedPiece) return 'damaged'
  if (isDiskFull(error)) return 'disk-full'
  return error instanceof ConfigError ? 'folder-taken' : 'other'
}
