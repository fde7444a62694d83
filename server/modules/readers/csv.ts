import Papa from 'papaparse'
import type { StoredFile } from '#server/platform/files/file-store.ts'
import { unreadable } from './problems.ts'
import { collectRows } from './row-batches.ts'
import type { FileEncoding, ReadOptions, RowBatch } from './types.ts'

/** A record longer than this is no row of a table; with a quotation mark in it, most likely one that was never closed. */
const longestRecord = 2 * 1024 * 1024
const sampleSize = 64 * 1024
/** Small enough for V8 to keep the text among short-lived objects: an eighth less resident memory than with whole chunks. */
const pieceSize = 32 * 1024

const labels: Record<FileEncoding, string> = {
  'utf-8': 'utf-8',
  'utf-8-bom': 'utf-8',
  gb18030: 'gb18030',
  'utf-16le': 'utf-16le',
}

/** Undecodable bytes become U+FFFD, so that one bad cell costs its row and not the file. */
function decoderFor(encoding: FileEncoding | null) {
  return new TextDecoder(labels[encoding ?? 'utf-8'])
}

/** Papa's parser by itself, without its stream layer: it receives whole pieces and returns how far it came. */
function openParser(delimiter: string) {
  const parser = new Papa.Parser({ delimiter, newline: '\n' })
  return (text: string, last: boolean): { rows: string[][]; cursor: number } => {
    const { data, meta } = parser.parse(text, 0, !last) as { data: string[][]; meta: { cursor: number } }
    return { rows: data, cursor: meta.cursor }
  }
}

/** `\r` at line ends is trimmed with the cells; it must go beforehand only where quotes or bare `\r` are about. */
function unifyLines(text: string) {
  if (text.includes('"')) return text.replaceAll('\r\n', '\n')
  return text.includes('\n') ? text : text.replaceAll('\r', '\n')
}

/** The delimiter that splits most lines of the beginning, and those widest. */
function findDelimiter(sample: string) {
  let best = { delimiter: ',', score: 0 }
  for (const delimiter of [',', '\t', ';', '|']) {
    const widths = openParser(delimiter)(unifyLines(sample), false).rows.map((row) => row.length)
    const middle = widths.sort((a, b) => a - b)[Math.floor(widths.length / 2)] ?? 1
    if (middle > best.score && middle > 1) best = { delimiter, score: middle }
  }
  return best.delimiter
}

export async function* readCsv(
  file: StoredFile,
  { encoding, headerRow }: Omit<ReadOptions, 'format'>,
): AsyncGenerator<RowBatch> {
  const sample = decoderFor(encoding).decode(await file.read(0, sampleSize))
  const parse = openParser(findDelimiter(file.size <= sampleSize ? `${sample}\n` : sample))
  const rows = collectRows(headerRow)
  const decoder = decoderFor(encoding)
  let text = ''
  let rowNo = 0
  function take(last: boolean) {
    const { rows: records, cursor } = parse(text, last)
    for (const record of records) rows.add(++rowNo, record)
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
 * By content: a mark at the start, else UTF-8 unless samples from the whole file hold more broken than whole characters as
 * such (a sample may cut characters at both ends, and a file may hold a bad byte), else GB18030.
 */
export async function findEncoding(file: StoredFile): Promise<FileEncoding> {
  const start = await file.read(0, sampleSize)
  if (start[0] === 0xef && start[1] === 0xbb && start[2] === 0xbf) return 'utf-8-bom'
  if (start[0] === 0xff && start[1] === 0xfe) return 'utf-16le'
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
