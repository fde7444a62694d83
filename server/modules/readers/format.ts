import { AppError } from '#server/platform/errors.ts'
import type { StoredFile } from '#server/platform/files/file-store.ts'
import { dbfHeadLength, parseDbfHead } from './dbf.ts'
import { unreadable } from './problems.ts'
import type { FileFormat } from './types.ts'
import { openPackage } from './xlsx/xlsx-package.ts'
import { mainPart } from './xlsx/xlsx-workbook.ts'

const signatures: [bytes: string, looksLike: string][] = [
  ['25504446', 'pdf'],
  ['89504e47', 'image'],
  ['ffd8ff', 'image'],
  ['47494638', 'image'],
  ['7b5c727466', 'document'],
]
const archives: [bytes: string, looksLike: string][] = [
  ['52617221', 'rar'],
  ['377abcaf', '7z'],
  ['1f8b', 'gz'],
]

/** By content alone: departments' exports often bear the wrong name (HTML tables and csv saved as .xls). */
export async function findFormat(file: StoredFile): Promise<FileFormat> {
  if (file.size === 0) throw new AppError('file-empty')
  const head = await file.read(0, Math.max(dbfHeadLength, 8192))
  const hex = head.toString('hex', 0, 8)
  if (hex.startsWith('504b0304')) return findZipFormat(file)
  if (hex === 'd0cf11e0a1b11ae1') {
    if (await isEncryptedWorkbook(file, head)) throw unreadable('encrypted')
    return 'xls'
  }
  const archive = archives.find(([bytes]) => hex.startsWith(bytes))
  if (archive) throw unreadable('archive', { looksLike: archive[1] })
  const other = signatures.find(([bytes]) => hex.startsWith(bytes))
  if (other) throw unreadable('not-a-table', { looksLike: other[1] })
  if (parseDbfHead(head)) return 'dbf'
  return findTextFormat(head)
}

async function findZipFormat(file: StoredFile): Promise<FileFormat> {
  const zip = await openPackage(file)
  const main = await mainPart(zip)
  if (zip.has(main) && /workbook[^/]*\.xml$/i.test(main)) return 'xlsx'
  if (zip.has('xl/workbook.bin')) throw unreadable('unsupported', { looksLike: 'xlsb' })
  if (zip.has('content.xml') && zip.has('mimetype')) throw unreadable('unsupported', { looksLike: 'ods' })
  if (zip.names.some((name) => /^(word|ppt)\//.test(name)))
    throw unreadable('not-a-table', { looksLike: 'document' })
  throw unreadable('archive', { looksLike: 'zip' })
}

/** A workbook under a password is wrapped in an old-style container whose directory names it. */
async function isEncryptedWorkbook(file: StoredFile, head: Buffer) {
  const sectorSize = 2 ** head.readUInt16LE(30)
  const directory = (head.readUInt32LE(48) + 1) * sectorSize
  const names = await file.read(directory, 8192)
  return names.includes(Buffer.from('EncryptedPackage', 'utf16le'))
}

function findTextFormat(head: Buffer): FileFormat {
  const isUtf16 = head[0] === 0xff && head[1] === 0xfe
  if (isUtf16) return 'csv'
  const text = head
    .toString('latin1')
    .replace(/^\xef\xbb\xbf/, '')
    .trimStart()
  if (/^<(\?xml|!doctype|html|head|table|meta)/i.test(text)) {
    if (/<table|urn:schemas-microsoft-com:office:spreadsheet|office:excel/i.test(text)) return 'xls'
    throw unreadable('not-a-table', { looksLike: 'html' })
  }
  const controls = head.filter(
    (byte) => byte < 9 || (byte > 13 && byte < 32 && byte !== 26 && byte !== 27),
  ).length
  if (controls > head.length / 100) throw unreadable('not-a-table', { looksLike: 'binary' })
  if (text === '') throw new AppError('file-empty')
  return 'csv'
}
