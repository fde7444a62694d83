import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import type pg from 'pg'
import type { FolderRepository } from '../parts/repository.ts'
import {
  type CopyCommand,
  command,
  connectReplication,
  copyCommand,
  formatLsn,
  identifySystem,
  parseLsn,
  segmentBytesOf,
} from './replication.ts'
import { endOfWal, historyName, segmentOf, walFolder, walWriter } from './wal-archive.ts'

const slot = 'shouwang_backup'
/** Where the part without a hole begins. */
const unbrokenPart = 'unbroken-from'
/** Pieces are written when so much has come, or so long after the first of it. */
const pieceBytes = 256 * 1024
const pieceMs = 500
const confirmMs = 2000

/** How far the WAL is kept. */
export interface WalState {
  systemId: string
  timeline: number
  /** What is kept has no hole from here on. */
  from: bigint
  /** Up to here everything is on the disk. */
  until: bigint
  /** When the server had no more than that; undefined before the first time. */
  currentAt: Date | undefined
}

export interface WalStream {
  state: Readonly<WalState>
  /** Resolves when the stream ended, with why: it is to be begun anew. */
  ended: Promise<Error>
  stop(): Promise<void>
}

/**
 * Keeps the WAL of a running server as it is written, from where it was left. A slot makes the server keep what has not come here yet.
 * What it gave up nevertheless (`isGone`) is a hole: the next stream begins `anew`, and only a new backup helps.
 */
export async function followWal(
  url: string,
  repository: FolderRepository,
  options: { anew: boolean },
): Promise<WalStream> {
  const client = await connectReplication(url)
  try {
    const { systemId, timeline, position } = await identifySystem(client)
    const segmentBytes = await segmentBytesOf(client)
    const folder = path.join(repository.folder, walFolder(systemId))
    await keepHistory(client, repository, systemId, timeline)
    await ensureSlot(client, options.anew)
    const kept = options.anew ? undefined : await endOfWal(folder, timeline, segmentBytes, repository.box)
    const begin = kept?.position ?? position - (position % BigInt(segmentBytes))
    if (!kept)
      await repository.store.write(`${walFolder(systemId)}/${unbrokenPart}`, Buffer.from(formatLsn(begin)))
    const unbroken = await readFile(path.join(folder, unbrokenPart), 'utf8')
    const state: WalState = {
      ...{ systemId, timeline, from: parseLsn(unbroken), until: begin },
      currentAt: undefined,
    }
    const stream = copyCommand(
      client,
      `START_REPLICATION SLOT ${slot} PHYSICAL ${formatLsn(begin)} TIMELINE ${timeline}`,
    )
    const writer = walWriter(folder, repository.box)
    const ended = keep(stream, state, writer, segmentBytes)
      .then(
        () => new Error('the server ended the stream of its WAL'),
        (error: Error) => error,
      )
      .finally(async () => {
        await writer.close()
        await client.end().catch(() => undefined)
      })
    return {
      ...{ state, ended },
      async stop() {
        await client.end().catch(() => undefined)
        await ended
      },
    }
  } catch (error) {
    await client.end().catch(() => undefined)
    throw error
  }
}

/** Whether the server no longer has what was not kept yet (SQLSTATE of a missing segment, of a slot it gave up). */
export const isGone = (error: unknown) =>
  error instanceof Error && 'code' in error && (error.code === '58P01' || error.code === '55000')

/** Lets the server forget what nobody keeps any more: a slot without a keeper would fill its disk. */
export async function dropUnusedSlot(url: string): Promise<void> {
  const client = await connectReplication(url)
  // Not there, or in use.
  const isNone = (error: { code?: string }) => error.code === '42704' || error.code === '55006'
  try {
    await command(client, `DROP_REPLICATION_SLOT ${slot}`).catch((error) => {
      if (!isNone(error)) throw error
    })
  } finally {
    await client.end()
  }
}

async function ensureSlot(client: pg.Client, anew: boolean) {
  if (anew)
    await command(client, `DROP_REPLICATION_SLOT ${slot}`).catch((error) => {
      if (error.code !== '42704') throw error
    })
  await command(client, `CREATE_REPLICATION_SLOT ${slot} PHYSICAL RESERVE_WAL`).catch((error) => {
    if (error.code !== '42710') throw error
  })
}

/** Where a timeline left the one before it: without it the way across cannot be restored. */
async function keepHistory(
  client: pg.Client,
  { box, store, folder }: FolderRepository,
  systemId: string,
  timeline: number,
) {
  const part = `${walFolder(systemId)}/${historyName(timeline)}`
  if (timeline === 1 || existsSync(path.join(folder, part))) return
  const [row] = await command<{ content: string }>(client, `TIMELINE_HISTORY ${timeline}`)
  const piece = box.seal(part, Buffer.from(row?.content ?? ''))
  await store.write(part, Buffer.concat([piece.tag, piece.sealed()]))
}

/** Kinds of messages: WAL, and how far the server is. */
const wal = 0x77
const alive = 0x6b

async function keep(
  stream: CopyCommand,
  state: WalState,
  writer: ReturnType<typeof walWriter>,
  segmentBytes: number,
) {
  let parts: Buffer[] = []
  let bytes = 0
  let serverEnd = 0n
  let writing: Promise<void> = Promise.resolve()
  let failure: { error: unknown } | undefined

  async function write() {
    const taken = Buffer.concat(parts)
    parts = []
    bytes = 0
    for (let done = 0; done < taken.length; ) {
      const { name: segment, offset } = segmentOf(state.timeline, state.until, segmentBytes)
      const piece = taken.subarray(done, done + Math.min(pieceBytes, segmentBytes - offset))
      await writer.append({ segment, offset, at: new Date(), bytes: piece })
      state.until += BigInt(piece.length)
      done += piece.length
    }
    look()
    if (taken.length > 0) confirm(stream, state.until, false)
  }
  const flush = () => {
    writing = writing.then(write).catch((error: unknown) => {
      failure ??= { error }
    })
    return writing
  }
  const look = () => {
    if (bytes === 0 && serverEnd > 0n && state.until >= serverEnd) state.currentAt = new Date()
  }
  const writingNow = setInterval(() => bytes > 0 && flush(), pieceMs)
  // The server answers at once how far it is: so it is known how current the archive is when nothing is written.
  const confirming = setInterval(() => confirm(stream, state.until, true), confirmMs)
  try {
    confirm(stream, state.until, true)
    for await (const message of stream) {
      if (failure) throw failure.error
      if (message[0] === wal) {
        serverEnd = message.readBigInt64BE(9)
        parts.push(message.subarray(25))
        bytes += message.length - 25
        if (bytes >= pieceBytes) await flush()
      } else if (message[0] === alive) {
        serverEnd = message.readBigInt64BE(1)
        look()
        if (message[17] === 1) confirm(stream, state.until, false)
      }
    }
  } finally {
    clearInterval(writingNow)
    clearInterval(confirming)
    await flush()
  }
  if (failure) throw failure.error
}

/** Microseconds between 1970 and 2000, from which PostgreSQL counts. */
const postgresEpochMs = 946_684_800_000n

/** Tells the server what is on the disk here, so that it need not keep it. */
function confirm(stream: CopyCommand, until: bigint, answer: boolean) {
  const message = Buffer.alloc(34)
  message.write('r')
  for (const at of [1, 9, 17]) message.writeBigInt64BE(until, at)
  message.writeBigInt64BE((BigInt(Date.now()) - postgresEpochMs) * 1000n, 25)
  message[33] = answer ? 1 : 0
  stream.send(message)
}
