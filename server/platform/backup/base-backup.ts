import { once } from 'node:events'
import type pg from 'pg'
import { extract } from 'tar-stream'
import type { Manifest, ManifestEntry } from './parts/manifest.ts'
import type { PieceWriter } from './parts/pieces.ts'
import { command, copyCommand, identifySystem, segmentBytesOf } from './wal/replication.ts'

/** Kinds of messages of BASE_BACKUP: a new archive, its bytes, the manifest (none is wanted), how far it is. */
const newArchive = 0x6e
const data = 0x64
const progress = 0x70

/**
 * Everything of the running database by BASE_BACKUP, with the WAL that makes it consistent; pages are checked by PostgreSQL as they
 * are read. A slot of this connection keeps that WAL until it was sent.
 */
export async function takeBaseBackup(
  client: pg.Client,
  pieces: PieceWriter,
  report: (bytes: number) => void,
): Promise<{ entries: ManifestEntry[]; database: Manifest['database'] }> {
  const { systemId, timeline } = await identifySystem(client)
  const segmentBytes = await segmentBytesOf(client)
  await command(client, `CREATE_REPLICATION_SLOT shouwang_once_${process.pid} TEMPORARY PHYSICAL RESERVE_WAL`)
  const stream = copyCommand(
    client,
    "BASE_BACKUP (LABEL 'shouwang', CHECKPOINT 'fast', PROGRESS true, WAL true, MANIFEST 'no')",
  )
  const tar = extract()
  const entries: ManifestEntry[] = []
  // Both ends by turns: whichever fails ends the other.
  const reading = unpack(tar, pieces, entries)
  reading.catch((error) => tar.destroy(error))
  try {
    let archives = 0
    for await (const message of stream) {
      const kind = message[0]
      if (kind === newArchive && ++archives > 1)
        throw new Error('the database has tablespaces of its own, which only its own tools can back up')
      if (kind === progress) report(Number(message.readBigInt64BE(1)))
      if (kind === data && !tar.write(message.subarray(1))) await Promise.race([once(tar, 'drain'), reading])
    }
    tar.end(null)
  } catch (error) {
    // With its reason, or whoever reads an entry would wait for the rest of it.
    tar.destroy(error instanceof Error ? error : new Error(String(error)))
    await reading.catch(() => undefined)
    throw error
  }
  await reading
  const [first = []] = stream.rows
  const last = stream.rows.at(-1) ?? []
  return {
    entries,
    database: {
      ...{ systemId, timeline, segmentBytes },
      startLsn: first[0] ?? '',
      stopLsn: last[0] ?? '',
    },
  }
}

async function unpack(tar: ReturnType<typeof extract>, pieces: PieceWriter, entries: ManifestEntry[]) {
  for await (const entry of tar) {
    const { name, type } = entry.header
    const path = `postgres/${name.replace(/^\.\//, '').replace(/\/$/, '')}`
    if (type === 'directory') {
      entries.push({ path, kind: 'folder', size: 0, pieces: [] })
      entry.resume()
    } else if (type === 'file') {
      const kept = await pieces.add(entry as AsyncIterable<Buffer>)
      entries.push({ path, kind: 'file', ...kept })
    } else {
      throw new Error(`the database folder holds ${name}, which is neither a file nor a folder (${type})`)
    }
  }
}
