import { type FileHandle, mkdir, open, readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { writeWhole } from '../../files/file-keys.ts'
import { type SealBox, tagLength } from '../parts/seal-box.ts'

/**
 * WAL as it comes: a file for each segment, in it sealed pieces one behind the other. Each piece begins with its length (4 bytes), its
 * place in the segment (4), the instant in ms (8) and its tag, which covers segment, place and instant.
 */
export interface WalPiece {
  segment: string
  offset: number
  at: Date
  bytes: Buffer
}

const headLength = 16 + tagLength

/** Names of segments as PostgreSQL makes them: timeline, then the place in two halves. */
export function segmentOf(
  timeline: number,
  lsn: bigint,
  segmentBytes: number,
): { name: string; offset: number } {
  const size = BigInt(segmentBytes)
  const number = lsn / size
  const perId = 2n ** 32n / size
  const hex = (value: bigint) => value.toString(16).toUpperCase().padStart(8, '0')
  return {
    name: `${hex(BigInt(timeline))}${hex(number / perId)}${hex(number % perId)}`,
    offset: Number(lsn % size),
  }
}

/** Where a segment begins. */
export function startOf(segment: string, segmentBytes: number): bigint {
  const perId = 2n ** 32n / BigInt(segmentBytes)
  const id = BigInt(`0x${segment.slice(8, 16)}`)
  return (id * perId + BigInt(`0x${segment.slice(16, 24)}`)) * BigInt(segmentBytes)
}

/** Each database system has its own: places in the WAL come again in another. */
export const walFolder = (systemId: string) => `wal/${systemId}`
export const historyName = (timeline: number) =>
  `${timeline.toString(16).toUpperCase().padStart(8, '0')}.history`
export const timelineOf = (name: string) => Number.parseInt(name.slice(0, 8), 16)

export const isSegment = (name: string) => /^[0-9A-F]{24}$/.test(name)
export const isHistory = (name: string) => /^[0-9A-F]{8}\.history$/.test(name)

const placeOf = (segment: string, offset: number, at: number) => `wal/${segment}/${offset}/${at}`

/** Appends pieces; what a killed process left half is cut off first. */
export function walWriter(folder: string, box: SealBox) {
  let open_: { segment: string; handle: FileHandle } | undefined
  async function handleOf(segment: string): Promise<FileHandle> {
    if (open_?.segment === segment) return open_.handle
    await open_?.handle.close()
    await mkdir(folder, { recursive: true, mode: 0o700 })
    const handle = await open(path.join(folder, segment), 'a+', 0o600)
    const { wholeBytes } = await readPieces(folder, segment, box)
    await handle.truncate(wholeBytes)
    open_ = { segment, handle }
    return handle
  }
  return {
    /** The piece is on the disk when this resolves. */
    async append({ segment, offset, at, bytes }: WalPiece): Promise<void> {
      const handle = await handleOf(segment)
      const instant = at.getTime()
      const piece = box.seal(placeOf(segment, offset, instant), bytes)
      const head = Buffer.alloc(16)
      head.writeUInt32BE(piece.length)
      head.writeUInt32BE(offset, 4)
      head.writeDoubleBE(instant, 8)
      await writeWhole(handle, Buffer.concat([head, piece.tag, piece.sealed()]))
      await handle.datasync()
    },
    async close() {
      await open_?.handle.close()
      open_ = undefined
    },
  }
}

/** The pieces of a segment up to the first that is not whole: the one a killed process was writing. */
export async function readPieces(
  folder: string,
  segment: string,
  box: SealBox,
): Promise<{ pieces: WalPiece[]; wholeBytes: number; isCut: boolean }> {
  const all = await readFile(path.join(folder, segment)).catch(() => Buffer.alloc(0))
  const pieces: WalPiece[] = []
  let from = 0
  while (from + headLength <= all.length) {
    const length = all.readUInt32BE(from)
    const offset = all.readUInt32BE(from + 4)
    const at = all.readDoubleBE(from + 8)
    const end = from + headLength + length
    if (end > all.length) break
    const tag = all.subarray(from + 16, from + headLength)
    const place = placeOf(segment, offset, at)
    const bytes = tryOpen(box, place, tag, all.subarray(from + headLength, end))
    if (!bytes) break
    pieces.push({ segment, offset, at: new Date(at), bytes })
    from = end
  }
  return { pieces, wholeBytes: from, isCut: from < all.length }
}

function tryOpen(box: SealBox, place: string, tag: Buffer, sealed: Buffer): Buffer | undefined {
  try {
    return box.open(place, tag, sealed)
  } catch {
    return undefined
  }
}

/** Names in the archive in order; of segments and of histories of timelines. */
export async function listWal(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch(() => [] as string[])
  return names.filter((name) => isSegment(name) || isHistory(name)).toSorted()
}

/** How far the WAL of a timeline was kept, and when the last of it came; undefined where none was. */
export async function endOfWal(
  folder: string,
  timeline: number,
  segmentBytes: number,
  box: SealBox,
): Promise<{ position: bigint; at: Date } | undefined> {
  const segments = (await listWal(folder)).filter((name) => isSegment(name) && timelineOf(name) === timeline)
  for (const segment of segments.toReversed()) {
    const last = (await readPieces(folder, segment, box)).pieces.at(-1)
    if (!last) continue
    const position = startOf(segment, segmentBytes) + BigInt(last.offset + last.bytes.length)
    return { position, at: last.at }
  }
  return undefined
}
