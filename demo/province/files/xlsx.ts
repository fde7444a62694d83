import { closeSync, openSync, writeSync } from 'node:fs'
import { constants, crc32, deflateRawSync } from 'node:zlib'
import type { Cell, Sheet } from './sheet.ts'

const chunkSize = 1 << 17
/** 1980-01-01, the zero of zip: files of the same content are the same bytes. */
const zipDate = 0x21

interface Entry {
  name: string
  offset: number
  crc: number
  packed: number
  size: number
}

/** Zip file written front to back; entries are deflated piece by piece, sizes are filled in when an entry ends. */
class Zip {
  private readonly descriptor: number
  private readonly entries: Entry[] = []
  private position = 0

  constructor(file: string) {
    this.descriptor = openSync(file, 'w')
  }

  begin(name: string): void {
    this.entries.push({ name, offset: this.position, crc: 0, packed: 0, size: 0 })
    this.append(this.head(this.entries.at(-1)))
  }

  write(text: string, isLast: boolean): void {
    const entry = this.entries.at(-1)
    if (!entry) throw new Error('no zip entry begun')
    const data = Buffer.from(text, 'utf8')
    // Each piece ends on a byte boundary, so the pieces together are one deflate stream.
    const finishFlush = isLast ? constants.Z_FINISH : constants.Z_SYNC_FLUSH
    const packed = deflateRawSync(data, { finishFlush, level: 6, windowBits: 13, memLevel: 6 })
    entry.crc = crc32(data, entry.crc)
    entry.size += data.length
    entry.packed += packed.length
    this.append(packed)
    if (isLast) writeSync(this.descriptor, this.head(entry), 0, null, entry.offset)
  }

  add(name: string, text: string): void {
    this.begin(name)
    this.write(text, true)
  }

  close(): void {
    const start = this.position
    for (const entry of this.entries) {
      const name = Buffer.from(entry.name)
      const record = Buffer.alloc(46)
      record.writeUInt32LE(0x02014b50, 0)
      record.writeUInt16LE(20, 4)
      this.sizes(record, entry, 6)
      record.writeUInt32LE(entry.offset, 42)
      this.append(Buffer.concat([record, name]))
    }
    const end = Buffer.alloc(22)
    end.writeUInt32LE(0x06054b50, 0)
    end.writeUInt16LE(this.entries.length, 8)
    end.writeUInt16LE(this.entries.length, 10)
    end.writeUInt32LE(this.position - start, 12)
    end.writeUInt32LE(start, 16)
    this.append(end)
    closeSync(this.descriptor)
  }

  private head(entry: Entry | undefined): Buffer {
    if (!entry) throw new Error('no zip entry begun')
    const name = Buffer.from(entry.name)
    const record = Buffer.alloc(30)
    record.writeUInt32LE(0x04034b50, 0)
    this.sizes(record, entry, 4)
    return Buffer.concat([record, name])
  }

  /** The fields that local and central headers share, from `version needed` to the length of the name. */
  private sizes(record: Buffer, entry: Entry, at: number): void {
    record.writeUInt16LE(20, at)
    record.writeUInt16LE(8, at + 4)
    record.writeUInt16LE(zipDate, at + 8)
    record.writeUInt32LE(entry.crc, at + 10)
    record.writeUInt32LE(entry.packed, at + 14)
    record.writeUInt32LE(entry.size, at + 18)
    record.writeUInt16LE(Buffer.byteLength(entry.name), at + 22)
  }

  private append(data: Buffer): void {
    writeSync(this.descriptor, data)
    this.position += data.length
  }
}

const prolog = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const relations = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const packages = 'http://schemas.openxmlformats.org/package/2006'

export interface SmallSheet {
  name: string
  rows: readonly (readonly Cell[])[]
}

/** A workbook whose first sheet is written row by row in flat memory; further small sheets are given at once. */
export function writeXlsx(file: string, sheetName: string, others: readonly SmallSheet[] = []): Sheet {
  const zip = new Zip(file)
  const names = [sheetName, ...others.map(({ name }) => name)]
  zip.add('[Content_Types].xml', contentTypes(names.length))
  zip.add(
    '_rels/.rels',
    `${prolog}<Relationships xmlns="${packages}/relationships"><Relationship Id="rId1" Type="${relations}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
  )
  zip.add('xl/workbook.xml', workbook(names))
  zip.add('xl/_rels/workbook.xml.rels', workbookRelations(names.length))
  others.forEach((sheet, i) => {
    const rows = sheet.rows.map((cells, at) => rowXml(cells, at + 1)).join('')
    zip.add(`xl/worksheets/sheet${i + 2}.xml`, `${opening}${rows}${ending}`)
  })
  zip.begin('xl/worksheets/sheet1.xml')
  let rows = [opening]
  let length = 0
  let number = 0
  return {
    row(cells) {
      const xml = rowXml(cells, ++number)
      rows.push(xml)
      length += xml.length
      if (length < chunkSize) return
      zip.write(rows.join(''), false)
      rows = []
      length = 0
    },
    close() {
      zip.write(rows.join('') + ending, true)
      zip.close()
    },
  }
}

const opening = `${prolog}<worksheet xmlns="${main}"><sheetData>`
const ending = '</sheetData></worksheet>'

function rowXml(cells: readonly Cell[], number: number): string {
  let xml = `<row r="${number}">`
  for (let i = 0; i < cells.length; i++) {
    const cell = cells[i]
    if (cell === null || cell === undefined || cell === '') continue
    const place = `${columnName(i)}${number}`
    xml +=
      typeof cell === 'number'
        ? `<c r="${place}"><v>${cell}</v></c>`
        : `<c r="${place}" t="inlineStr"><is><t xml:space="preserve">${escaped(cell)}</t></is></c>`
  }
  return `${xml}</row>`
}

/** A to ZZ; no department sends more columns. */
function columnName(index: number): string {
  const last = String.fromCharCode(65 + (index % 26))
  return index < 26 ? last : String.fromCharCode(64 + Math.floor(index / 26)) + last
}

function escaped(text: string): string {
  return /[&<>]/.test(text)
    ? text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
    : text
}

function contentTypes(sheets: number): string {
  const type = 'application/vnd.openxmlformats-officedocument.spreadsheetml'
  const parts = Array.from(
    { length: sheets },
    (_, i) => `<Override PartName="/xl/worksheets/sheet${i + 1}.xml" ContentType="${type}.worksheet+xml"/>`,
  )
  return `${prolog}<Types xmlns="${packages}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${type}.sheet.main+xml"/>${parts.join('')}</Types>`
}

function workbook(names: readonly string[]): string {
  const sheets = names.map(
    (name, i) => `<sheet name="${escaped(name)}" sheetId="${i + 1}" r:id="rId${i + 1}"/>`,
  )
  return `${prolog}<workbook xmlns="${main}" xmlns:r="${relations}"><sheets>${sheets.join('')}</sheets></workbook>`
}

function workbookRelations(sheets: number): string {
  const parts = Array.from(
    { length: sheets },
    (_, i) =>
      `<Relationship Id="rId${i + 1}" Type="${relations}/worksheet" Target="worksheets/sheet${i + 1}.xml"/>`,
  )
  return `${prolog}<Relationships xmlns="${packages}/relationships">${parts.join('')}</Relationships>`
}
