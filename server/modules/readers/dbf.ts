import { dayOfNumber } from '#contract/days.ts'
import type { StoredFile } from '#server/platform/files/file-store.ts'
import { unreadable } from './problems.ts'
import { collectRows, type SheetOfFile, wholeSheet } from './row-batches.ts'
import type { FileEncoding, RowBatch } from './types.ts'

/** dBASE and FoxPro tables. The header counts as row 1, as in a spreadsheet program; deleted records keep their numbers. */
export const dbfHeaderRow = 1

interface Field {
  name: Buffer
  type: string
  length: number
  /** Within the record. */
  offset: number
}

interface DbfLayout {
  records: number
  headerLength: number
  recordLength: number
  fields: Field[]
}

const versions = new Set([0x02, 0x03, 0x30, 0x31, 0x32, 0x43, 0x63, 0x83, 0x8b, 0xcb, 0xf5, 0xfb])

/** Undefined where the bytes are not the head of such a table. */
export function parseDbfHead(head: Buffer): DbfLayout | undefined {
  if (head.length < 65 || !versions.has(head[0] ?? 0)) return undefined
  const layout = {
    records: head.readUInt32LE(4),
    headerLength: head.readUInt16LE(8),
    recordLength: head.readUInt16LE(10),
  }
  const fields: Field[] = []
  let offset = 1
  for (let at = 32; at + 32 <= head.length && head[at] !== 0x0d; at += 32) {
    const name = head.subarray(at, at + 11)
    const type = String.fromCharCode(head[at + 11] ?? 0)
    const length = head[at + 16] ?? 0
    // `0` marks the flags of fields that may be null, which FoxPro adds by itself.
    if (!/[A-Z@+0]/.test(type)) return undefined
    fields.push({ name: name.subarray(0, name.indexOf(0) < 0 ? 11 : name.indexOf(0)), type, length, offset })
    offset += length
  }
  const ends = head[32 + fields.length * 32] === 0x0d
  return ends && fields.length > 0 && offset === layout.recordLength ? { ...layout, fields } : undefined
}

/** Head of at most 255 fields. */
export const dbfHeadLength = 32 * 257

export async function findDbfEncoding(file: StoredFile): Promise<FileEncoding> {
  const sample = await file.read(0, 256 * 1024)
  let broken = 0
  let whole = 0
  for (const char of new TextDecoder('utf-8').decode(sample.subarray(32))) {
    if (char === '\ufffd') broken++
    else if (char > '\x7f') whole++
  }
  return broken > whole ? 'gb18030' : 'utf-8'
}

export async function readDbfLayout(file: StoredFile) {
  const layout = parseDbfHead(await file.read(0, dbfHeadLength))
  if (!layout) throw unreadable('damaged')
  return layout
}

function decoderFor(encoding: FileEncoding | null) {
  const decoder = new TextDecoder(encoding === 'utf-8' ? 'utf-8' : 'gb18030')
  return (bytes: Buffer) => decoder.decode(bytes)
}

export async function dbfHeaders(file: StoredFile, encoding: FileEncoding | null) {
  const decode = decoderFor(encoding)
  // A name cut to ten bytes may end in the middle of a character; what is left of that says nothing.
  return (await readDbfLayout(file)).fields.map(({ name }) => decode(name).replace(/\ufffd+$/, ''))
}

const julianOf1970 = 2440588

function binaryDate(bytes: Buffer) {
  const days = bytes.readInt32LE()
  return days === 0 ? '' : dayOfNumber(days - julianOf1970)
}

/** Stands for a text that lies in the .dbt or .fpt beside the table: a mark, for an empty cell would say there is none. */
const memo = '[备注字段]'

/** A memo is a block number, in digits or in four bytes; no number, no text. */
function memoText(bytes: Buffer) {
  if (bytes.length === 4) return bytes.readUInt32LE() === 0 ? '' : memo
  return /[1-9]/.test(bytes.toString('latin1')) ? memo : ''
}

function cellOf(record: Buffer, { type, length, offset }: Field, decode: (bytes: Buffer) => string) {
  const bytes = record.subarray(offset, offset + length)
  if (type === 'I' && length === 4) return String(bytes.readInt32LE())
  if ((type === 'B' || type === 'O') && length === 8) return String(bytes.readDoubleLE())
  if (type === 'Y') return (Number(bytes.readBigInt64LE()) / 10_000).toFixed(4).replace(/\.?0+$/, '')
  if (type === 'T' && length === 8) return binaryDate(bytes)
  if (type === 'M' || type === 'G' || type === 'P' || type === 'W') return memoText(bytes)
  if (type === '0') return ''
  const text = decode(bytes)
  if (type === 'D') return text.replace(/^(\d{4})(\d\d)(\d\d)$/, '$1-$2-$3')
  if (type === 'L') return /[YyTt]/.test(text) ? '是' : /[NnFf]/.test(text) ? '否' : ''
  return text
}

/** A file cut short or with a wrong count gives the records that are there. */
export async function* readDbf(
  file: StoredFile,
  [sheet = wholeSheet]: readonly SheetOfFile[],
  encoding: FileEncoding | null,
): AsyncGenerator<RowBatch> {
  const { headerLength, recordLength, fields } = await readDbfLayout(file)
  const decode = decoderFor(encoding)
  const rows = collectRows(sheet)
  let rest: Buffer = Buffer.alloc(0)
  let rowNo = dbfHeaderRow
  for await (const chunk of file.chunks(headerLength)) {
    const bytes = rest.length > 0 ? Buffer.concat([rest, chunk]) : chunk
    let at = 0
    for (; at + recordLength <= bytes.length; at += recordLength) {
      if (bytes[at] === 0x1a) break
      rowNo++
      if (bytes[at] === 0x2a) continue
      const record = bytes.subarray(at, at + recordLength)
      rows.add(
        rowNo,
        fields.map((field) => cellOf(record, field, decode)),
      )
    }
    rest = bytes.subarray(at)
    yield* rows.full()
    if (rest[0] === 0x1a) break
  }
  yield* rows.rest()
}
