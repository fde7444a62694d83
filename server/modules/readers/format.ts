import { AppError } from '#server/platform/errors.ts'
import type { StoredFile } from '#server/platform/files/file-store.ts'
import { isArchive } from './books/mht.ts'
import { findWideEncoding } from './csv.ts'
import { dbfHeadLength, parseDbfHead } from './dbf.ts'
import { unreadable } from './problems.ts'
import type { FileFormat } from './types.ts'
import { openPackage, type Package } from './xlsx/xlsx-package.ts'
import { mainPart } from './xlsx/xlsx-workbook.ts'

const signatures: [bytes: string, looksLike: string][] = [
  ['25504446', 'pdf'],
  ['89504e47', 'image'],
  ['ffd8ff', 'image'],
  ['47494638', 'image'],
  ['49492a00', 'image'],
  ['4d4d002a', 'image'],
  ['7b5c727466', 'document'],
  ['62142365', 'locked'],
  ['255453442d486561646572', 'locked'],
  ['53514c697465', 'database'],
  ['000100005374616e64617264', 'database'],
]
/** Letters, with which a text may begin as well: BM, RIFF, MZ. */
const lettered: [bytes: string, looksLike: string][] = [
  ['424d', 'image'],
  ['52494646', 'image'],
  ['4d5a', 'program'],
]
const archives: [bytes: string, looksLike: string][] = [
  ['52617221', 'rar'],
  ['377abcaf', '7z'],
  ['1f8b', 'gz'],
  ['425a68', 'bz2'],
  ['fd377a585a', 'xz'],
  ['4d534346', 'cab'],
]
/** Spreadsheets of other programs, which Excel or WPS may still open. */
const foreign: [bytes: string, looksLike: string][] = [
  ['00000200', 'lotus'],
  ['00001a00', 'lotus'],
  ['ff000200', 'works'],
  ['5441424c450d0a302c31', 'dif'],
  ['5441424c450a302c31', 'dif'],
]
/** Records of one letter; a csv may as well begin with ID;P. */
const sylk = /^ID;P[^\r\n]*[\r\n]+(?:[A-Z]{1,2};|E[\r\n])/
/** The stream a workbook of Excel 2 to 4 begins with, and of later ones without their container. */
const bareWorkbook = /^09(?:00|02|04|08)[0-9a-f]{2}00/

/** By content alone: departments' exports often bear the wrong name (HTML tables and csv saved as .xls). */
export async function findFormat(file: StoredFile): Promise<FileFormat> {
  if (file.size === 0) throw new AppError('file-empty')
  const head = await file.read(0, Math.max(dbfHeadLength, 8192))
  const hex = head.toString('hex', 0, 16)
  const begins = ([bytes]: readonly [string, string]) => hex.startsWith(bytes)
  if (hex.startsWith('504b0304')) return findZipFormat(file)
  if (hex.startsWith('d0cf11e0a1b11ae1')) return findContainerFormat(file, head)
  if (bareWorkbook.test(hex)) return 'xls'
  const archive = archives.find(begins)
  if (archive) throw unreadable('archive', { looksLike: archive[1] })
  if (head.toString('latin1', 257, 262) === 'ustar') throw unreadable('archive', { looksLike: 'tar' })
  const other = signatures.find(begins) ?? (head.includes(0) ? lettered.find(begins) : undefined)
  if (other) throw unreadable('not-a-table', { looksLike: other[1] })
  if (sylk.test(head.toString('latin1', 0, 512))) throw unreadable('unsupported', { looksLike: 'slk' })
  const sheet = foreign.find(begins)
  if (sheet) throw unreadable('unsupported', { looksLike: sheet[1] })
  if (parseDbfHead(head)) return 'dbf'
  return findTextFormat(file, head)
}

async function findZipFormat(file: StoredFile): Promise<FileFormat> {
  const zip = await openPackage(file)
  const main = await mainPart(zip)
  if (zip.has(main) && /workbook[^/]*\.xml$/i.test(main)) return 'xlsx'
  if (zip.has('xl/workbook.bin')) return 'xlsb'
  if (zip.has('content.xml')) return findOpenDocument(zip)
  const looksLike = namesOfKinds.find(([names]) => zip.names.some((name) => names.test(name)))?.[1]
  if (looksLike === 'numbers') throw unreadable('unsupported', { looksLike })
  if (looksLike) throw unreadable('not-a-table', { looksLike })
  throw unreadable('archive', { looksLike: 'zip' })
}

const namesOfKinds: [names: RegExp, looksLike: string][] = [
  [/^word\//, 'document'],
  [/^ppt\//, 'slides'],
  [/^(?:doc_\d+\/)?ofd\.xml$/, 'ofd'],
  [/\.iwa$|(?:^|\/)index\.zip$/, 'numbers'],
]

async function findOpenDocument(zip: Package): Promise<FileFormat> {
  const kind = zip.has('mimetype') ? await textOf(zip, 'mimetype') : 'spreadsheet'
  if (zip.has('meta-inf/manifest.xml') && /encryption-data/.test(await textOf(zip, 'meta-inf/manifest.xml')))
    throw unreadable('encrypted')
  if (!/spreadsheet/.test(kind)) throw unreadable('not-a-table', { looksLike: 'document' })
  return 'ods'
}

async function textOf(zip: Package, part: string) {
  let text = ''
  for await (const chunk of zip.chunks(part)) if (text.length < 1024 * 1024) text += chunk.toString('latin1')
  return text
}

/** What a container of the old kind holds, by the names in its directory. */
const containers: [name: string, looksLike: string][] = [
  ['WordDocument', 'document'],
  ['PowerPoint Document', 'slides'],
  ['HwpSummaryInformation', 'document'],
  ['__properties_version1.0', 'mail'],
  ['VisioDocument', 'document'],
]

/** A workbook under a password is wrapped in an old-style container whose directory names it. */
async function findContainerFormat(file: StoredFile, head: Buffer): Promise<FileFormat> {
  const sectorSize = 2 ** head.readUInt16LE(30)
  const directory = (head.readUInt32LE(48) + 1) * sectorSize
  const names = await file.read(directory, 8192)
  const contains = (name: string) => names.includes(Buffer.from(name, 'utf16le'))
  if (contains('EncryptedPackage')) throw unreadable('encrypted')
  if (!contains('Workbook') && !contains('Book')) {
    const other = containers.find(([name]) => contains(name))
    if (other) throw unreadable('not-a-table', { looksLike: other[1] })
  }
  return 'xls'
}

async function findTextFormat(file: StoredFile, head: Buffer): Promise<FileFormat> {
  const wide = findWideEncoding(head)
  const text = (
    wide ? new TextDecoder(wide).decode(head) : head.toString('latin1').replace(/^\xef\xbb\xbf/, '')
  )
    .replace(/^\ufeff/, '')
    .trimStart()
  if (isArchive(text)) return 'html'
  if (/^<(?:[a-z!?]|\/\w)/i.test(text)) return findMarkupFormat(file, text, wide)
  if (!wide) {
    const controls = head.filter(
      (byte) => byte < 9 || (byte > 13 && byte < 32 && byte !== 26 && byte !== 27),
    ).length
    if (controls > head.length / 100) throw unreadable('not-a-table', { looksLike: 'binary' })
  }
  if (text === '') throw new AppError('file-empty')
  return 'csv'
}

/** Pages of office programs begin with many thousand letters of styles. */
const markupLookedAt = 4 * 1024 * 1024

async function findMarkupFormat(
  file: StoredFile,
  start: string,
  wide: 'utf-16le' | 'utf-16be' | undefined,
): Promise<FileFormat> {
  if (/<office:document[\s>]/i.test(start) && !wide) return 'ods'
  if (/urn:schemas-microsoft-com:office:spreadsheet/i.test(start) && /<(?:\w+:)?workbook[\s>]/i.test(start))
    return 'xml'
  const bytes = await file.read(0, markupLookedAt)
  const text = wide ? new TextDecoder(wide).decode(bytes) : bytes.toString('latin1')
  if (/<(?:table|tr)[\s>]/i.test(text)) return 'html'
  if (/<frameset|<x:worksheetsource/i.test(text)) throw unreadable('unsupported', { looksLike: 'frames' })
  throw unreadable('not-a-table', {
    looksLike: /^<\?xml/i.test(start) && !/<html/i.test(text) ? 'xml' : 'html',
  })
}
