import { existsSync } from 'node:fs'
import { opendir, readdir, rm, stat, writeFile } from 'node:fs/promises'
import path from 'node:path'
import type { Manifest } from './parts/manifest.ts'
import { type FolderRepository, foldersOfKeys, listBackups, readManifest } from './parts/repository.ts'
import { partialPrefix } from './parts/store.ts'
import { parseLsn } from './wal/replication.ts'
import { isSegment, listWal, startOf } from './wal/wal-archive.ts'

const hourMs = 3_600_000

/**
 * Removes what is no longer needed to restore any instant of the last `keepDays`: backups with a later one that had ended before that
 * time, pieces no backup names, WAL before the oldest backup, received files that were erased before it. One of them always stays.
 */
export async function expireBackups(
  repository: FolderRepository,
  options: { keepFrom: Date; received: string },
): Promise<{ removed: number }> {
  const { folder } = repository
  const kept: Manifest[] = []
  let removed = 0
  for (const { name } of listBackups(folder).toReversed()) {
    const needed = !kept.some(({ endedAt }) => new Date(endedAt) <= options.keepFrom)
    if (needed) kept.push(await readManifest(repository, name))
    else {
      await rm(path.join(folder, 'backups', name))
      removed += 1
    }
  }
  const oldest = kept.at(-1)
  if (!oldest) return { removed }
  if (removed > 0) await removePieces(folder, kept)
  await removeWal(folder, kept)
  await removeErased(folder, options.received, new Date(oldest.startedAt))
  await removePartials(folder)
  await removeFormerKeys(path.dirname(folder), path.basename(folder), options.keepFrom)
  return { removed }
}

async function removePieces(folder: string, kept: readonly Manifest[]) {
  const named = new Set(kept.flatMap(({ entries }) => entries.flatMap(({ pieces }) => pieces)))
  for (const prefix of await readdir(path.join(folder, 'pieces')))
    for (const tag of await readdir(path.join(folder, 'pieces', prefix)))
      if (!named.has(tag)) await rm(path.join(folder, 'pieces', prefix, tag))
}

async function removeWal(folder: string, kept: readonly Manifest[]) {
  for (const systemId of await readdir(path.join(folder, 'wal')).catch(() => [])) {
    const own = kept.filter(({ database }) => database.systemId === systemId)
    const wal = path.join(folder, 'wal', systemId)
    const oldest = own.at(-1)?.database
    if (!oldest) {
      // A database that was begun anew keeps its first WAL before its first backup.
      const { mtimeMs } = await stat(wal)
      if (Date.now() - mtimeMs > 24 * hourMs) await rm(wal, { recursive: true })
      continue
    }
    const start = parseLsn(oldest.startLsn)
    for (const name of (await listWal(wal)).filter(isSegment))
      if (startOf(name, oldest.segmentBytes) + BigInt(oldest.segmentBytes) <= start)
        await rm(path.join(wal, name))
  }
}

/** An erased file gets a mark when that is first seen, and goes when no backup is older than the mark. */
async function removeErased(folder: string, received: string, oldest: Date) {
  const files = path.join(folder, 'files')
  for (const prefix of await readdir(files).catch(() => [])) {
    const own = path.join(files, prefix)
    for await (const { name } of await opendir(own)) {
      if (!name.endsWith('.sealed') || existsSync(path.join(received, name))) continue
      const ref = name.slice(0, -'.sealed'.length)
      const mark = path.join(own, `${ref}.erased`)
      const marked = await stat(mark).catch(() => undefined)
      if (!marked) await writeFile(mark, '', { mode: 0o600 })
      else if (marked.mtime < oldest)
        for (const part of await readdir(own)) if (part.startsWith(`${ref}.`)) await rm(path.join(own, part))
    }
  }
}

async function removePartials(folder: string) {
  for (const name of await readdir(folder)) {
    if (!name.startsWith(partialPrefix)) continue
    const found = await stat(path.join(folder, name)).catch(() => undefined)
    if (found && Date.now() - found.mtimeMs > hourMs) await rm(path.join(folder, name), { force: true })
  }
}

/** What only a former master key opens goes as a whole, with its newest backup. */
async function removeFormerKeys(folder: string, own: string, keepFrom: Date) {
  for (const name of foldersOfKeys(folder)) {
    if (name === own) continue
    const newest = listBackups(path.join(folder, name)).at(-1)
    if (newest && newest.startedAt < keepFrom) await rm(path.join(folder, name), { recursive: true })
  }
}
