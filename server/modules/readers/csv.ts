import type { StoredFile } from '#server/platform/files/file-store.ts'
import { csvWidths, openCsvParser } from './csv-quotes.ts'
import { limits } from './limits.ts'
import { unreadable } from './problems.ts'
import { collectRows, type SheetOfFile, wholeSheet } from './row-batches.ts'
import type { FileEncoding, RowBatch, RowFault } from './types.ts'

/** A record longer than this is no row of a table. */
const longestRecord = 2 * 1024 * 1024
const sampleSize = 64 * 1024
/** Small enough for V8 to keep the text among short-lived objects: an eighth less resident memory than with whole chunks. */
const pieceSize = 32 * 1024

const labels: Record<FileEncoding, string> = {
  'utf-8': 'utf-8',
  'utf-8-bom': 'utf-8',
  gb18030: 'gb18030',
  'utf-16le': 'utf-16le',
  'utf-16be': 'utf-16be',
}

/** Full-width ones come from forms that were typed by hand. Where two split equally well, the earlier is meant. */
const delimiters = [',', '\t', ';', '|', '，', '；', '｜']

/** Undecodable bytes become U+FFFD, so that one bad cell costs its row and not the file. */
function decoderFor(encoding: FileEncoding | null) {
  return new TextDecoder(labels[encoding ?? 'utf-8'])
}

/** `\r` at line ends is trimmed with the cells; it must go beforehand only where quotes or bare `\r` are about. */
function unifyLines(text: string) {
  if (text.includes('"')) return text.replaceAll('\r\n', '\n')
  return text.includes('\n') ? text : text.replaceAll('\r', '\n')
}

/**
 * The one the file names itself (`sep=;`, as Excel understands it), else that which splits most lines of the beginning widest; and how
 * wide most rows are.
 */
function findDelimiter(sample: string): { delimiter: string; width: number } {
  const named = /^\ufeff?"?sep=([^\r\n"])"?[\r\n]/i.exec(sample)?.[1]
  const found = (named ? [named] : delimiters).map((delimiter) => {
    const widths = csvWidths(unifyLines(sample), delimiter)
    return { delimiter, width: widths.sort((a, b) => a - b)[Math.floor(widths.length / 2)] ?? 1 }
  })
  const [first = { delimiter: ',', width: 1 }] = found
  return found.reduce((best, one) => (one.width > best.width ? one : best), first)
}

/** `ends`: the file ends behind it without a line end. */
function faultOf(record: readonly string[], width: number, ends: boolean): RowFault | undefined {
  const { length } = record
  if (length < width) return ends ? 'end' : length
  return ends && length === width && record.at(-1) === '' ? length - 1 : undefined
}

const isEmpty = (record: readonly string[]) => record.every((cell) => cell.trim() === '')
const tooManyRows = (limit: number) => unreadable('too-large', { what: 'rows', limit })

export async function* readCsv(
  file: StoredFile,
  [sheet = wholeSheet]: readonly SheetOfFile[],
  encoding: FileEncoding | null,
): AsyncGenerator<RowBatch> {
  const sample = decoderFor(encoding).decode(await file.read(0, sampleSize))
  const { delimiter, width } = findDelimiter(file.size <= sampleSize ? `${sample}\n` : sample)
  const parse = openCsvParser(delimiter, width)
  const rows = collectRows(sheet)
  const decoder = decoderFor(encoding)
  let text = ''
  let rowNo = 0
  let emptyRows = 0
  let headerWidth = 0
  function take(last: boolean) {
    const { rows: records, broken, cursor } = parse(text, last)
    const isCut = last && !text.endsWith('\n')
    for (let i = 0; i < records.length; i++) {
      const record = records[i] ?? []
      const isHeader = ++rowNo === sheet.headerRow
      // Rows of nothing cost as much as others, and a small file holds any number of them.
      if (isEmpty(record) && ++emptyRows > limits.rows) throw tooManyRows(limits.rows)
      if (rowNo > limits.textRows) throw tooManyRows(limits.textRows)
      const ends = isCut && i === records.length - 1
      rows.add(rowNo, record, false, broken.has(i) ? 'quote' : faultOf(record, headerWidth, ends))
      // Behind its last name a header ends, whatever separators follow.
      if (isHeader) headerWidth = record.findLastIndex((cell) => cell !== '') + 1
    }
    text = text.slice(cursor)
  }
  for await (const chunk of file.chunks()) {
    for (let at = 0; at < chunk.length; at += pieceSize) {
      const piece = decoder.decode(chunk.subarray(at, at + pieceSize), { stream: true })
      text += piece.includes('\0') ? piece.replaceAll('\0', '') : piece
      // Without a line end nothing can be complete: a long row is looked at once, not with each of its pieces.
      if (/[\r\n]/.test(piece)) {
        text = unifyLines(text)
        take(false)
      }
      if (text.length > longestRecord)
        throw unreadable(text.includes('"') ? 'quote-not-closed' : 'row-too-long', {
          row: rowNo + 1,
          limit: longestRecord,
        })
    }
    yield* rows.full()
  }
  text = unifyLines(text + decoder.decode())
  if (text !== '') take(true)
  yield* rows.rest()
}

/** How many rows there are, by the length of the first. */
export async function estimateCsvRows(file: StoredFile) {
  const sample = await file.read(0, sampleSize)
  const lines = sample.toString('latin1').split(/\r\n|\n|\r/).length - 1
  return file.size <= sampleSize ? lines + 1 : Math.round((file.size / sampleSize) * lines)
}

/**
 * UTF-16 by its mark, or by where its zeros lie: digits, commas and line ends of every table have one, always on the same side,
 * and no other text has any.
 */
export function findWideEncoding(start: Buffer): 'utf-16le' | 'utf-16be' | undefined {
  if (start[0] === 0xff && start[1] === 0xfe) return 'utf-16le'
  if (start[0] === 0xfe && start[1] === 0xff) return 'utf-16be'
  const zeros = [0, 0]
  for (let i = 0; i < start.length; i++) if (start[i] === 0) zeros[i & 1] = (zeros[i & 1] ?? 0) + 1
  const [even = 0, odd = 0] = zeros
  if (even + odd < start.length / 20 || Math.min(even, odd) > Math.max(even, odd) / 50) return undefined
  return odd > even ? 'utf-16le' : 'utf-16be'
}

const findMarkedEncoding = (start: Buffer) =>
  start[0] === 0xef && start[1] === 0xbb && start[2] === 0xbf ? 'utf-8-bom' : findWideEncoding(start)

/** Bytes that are all there as text, by their content as {@link findEncoding} judges it; what a page says of itself is often wrong. */
export function textOfBytes(bytes: Buffer): string {
  const marked = findMarkedEncoding(bytes.subarray(0, sampleSize))
  const text = decoderFor(marked ?? 'utf-8').decode(bytes)
  if (marked) return text
  const broken = text.split('\ufffd').length - 1
  const whole = text.match(/[^\0-\x7f\ufffd]/g)?.length ?? 0
  return broken > whole ? decoderFor('gb18030').decode(bytes) : text
}

/**
 * By content: a mark at the start, else UTF-8 unless samples from the whole file hold more broken than whole characters as
 * such (a sample may cut characters at both ends, and a file may hold a bad byte), else GB18030.
 */
export async function findEncoding(file: StoredFile): Promise<FileEncoding> {
  const marked = findMarkedEncoding(await file.read(0, sampleSize))
  if (marked) return marked
  let broken = 0
  let whole = 0
  const places = file.size > 16 * sampleSize ? 16 : 1
  for (let i = 0; i < places; i++) {
    const sample = await file.read(Math.floor(file.size / places) * i, places === 1 ? file.size : sampleSize)
    for (const char of decoderFor('utf-8').decode(sample)) {
      if (char === '\ufffd') broken++
      else if (char > '\x7f') whole++
    }
  }
  return broken > whole ? 'gb18030' : 'utf-8'
}
