import { createReadStream, existsSync, readdirSync } from 'node:fs'
import path from 'node:path'
import { takeBaseBackup } from './base-backup.ts'
import type { ManifestEntry } from './parts/manifest.ts'
import { type PieceCount, type PieceWriter, pieceWriter } from './parts/pieces.ts'
import { type Repository, writeManifest } from './parts/repository.ts'
import { keepReceivedFiles } from './received-files.ts'
import { connectReplication } from './wal/replication.ts'

export interface BackupSource {
  /** Address of the database as its owner. */
  url: string
  dataDirectory: string
  /** Folder of the received files. */
  fileDirectory: string
  templateDirectory?: string | undefined
  /** Settings as they are to be found again, without the key. */
  settings: Readonly<Record<string, string>>
}

export interface MadeBackup {
  name: string
  startedAt: string
  endedAt: string
  bytes: number
  files: number
  pieces: PieceCount
}

export type BackupStep = 'database' | 'files' | 'verify'

/** What of the data folder is neither database nor received file, and makes it the same again. The master key is not among it. */
const own = ['postgres-password', 'audit-anchors.log', 'demo-ready']
export const settingsFile = 'settings.env'

/**
 * One whole backup beside the work: the database first, then the received files its rows name, then everything read back. Only then does
 * it count as a backup: its manifest is written last. What an interrupted one left is used by the next.
 */
export async function makeBackup(
  repository: Repository,
  source: BackupSource,
  report: (step: BackupStep, bytes: number) => void = () => undefined,
): Promise<MadeBackup> {
  const startedAt = new Date().toISOString()
  const pieces = pieceWriter(repository)
  const client = await connectReplication(source.url)
  try {
    const { entries, database } = await takeBaseBackup(client, pieces, (bytes) => report('database', bytes))
    entries.push(...(await keepOwn(pieces, source)))
    await pieces.finish()
    report('files', 0)
    const { files } = await keepReceivedFiles(repository, source.fileDirectory)
    report('verify', 0)
    await pieces.verify()
    const bytes = entries.reduce((sum, { size }) => sum + size, 0)
    const endedAt = new Date().toISOString()
    const name = await writeManifest(repository, { version: 1, startedAt, endedAt, database, bytes, entries })
    return { name, startedAt, endedAt, bytes, files, pieces: pieces.count }
  } finally {
    await client.end().catch(() => undefined)
    await pieces.close()
  }
}

async function keepOwn(pieces: PieceWriter, source: BackupSource): Promise<ManifestEntry[]> {
  const entries: ManifestEntry[] = []
  const add = async (as: string, content: AsyncIterable<Buffer>) => {
    entries.push({ path: as, kind: 'file', ...(await pieces.add(content)) })
  }
  for (const name of own) {
    const file = path.join(source.dataDirectory, name)
    if (existsSync(file)) await add(name, createReadStream(file) as AsyncIterable<Buffer>)
  }
  if (source.templateDirectory) {
    for (const { name, parentPath } of readdirSync(source.templateDirectory, {
      recursive: true,
      withFileTypes: true,
    }).filter((one) => one.isFile())) {
      const file = path.join(parentPath, name)
      const as = path.join('templates', path.relative(source.templateDirectory, file))
      await add(as, createReadStream(file) as AsyncIterable<Buffer>)
    }
  }
  await add(settingsFile, textOf(source.settings))
  return entries
}

async function* textOf(settings: Readonly<Record<string, string>>) {
  const lines = Object.entries(settings).map(([name, value]) => `${name}=${JSON.stringify(value)}\n`)
  yield Buffer.from(lines.join(''))
}

const secret = new Set(['SHOUWANG_KEY', 'SHOUWANG_KEY_FILE'])

/** The settings of the environment that a restored installation needs again; never the key. */
export function settingsOf(environment: NodeJS.ProcessEnv): Record<string, string> {
  const named = Object.entries(environment).filter(
    ([name]) => /^(SHOUWANG_|OTEL_)|^(PORT|HOST|LOG_LEVEL)$/.test(name) && !secret.has(name),
  )
  return Object.fromEntries(named.flatMap(([name, value]) => (value ? [[name, value]] : [])))
}
