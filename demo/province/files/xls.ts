import { closeSync, openSync, writeSync } from 'node:fs'
import type { Cell, Sheet } from './sheet.ts'

/** Rows a sheet of the old format can hold. */
const mostRows = 65_536
const sector = 512
const entriesPerSector = sector / 4
/** Sectors of the allocation table that the file header itself can name. */
const namedByHeader = 109
const chunkSize = 1 << 16

const endOfChain = 0xfffffffe
const tableSector = 0xfffffffd
const free = 0xffffffff

/**
 * An Excel 97 workbook of one sheet: BIFF8 records, strings in their cells, in a compound file whose allocation table
 * follows the stream. Flat memory, which a general workbook library does not give (1 GB for 8,000 rows).
 */
export function writeXls(file: string, sheetName: string): Sheet {
  const descriptor = openSync(file, 'w')
  writeSync(descriptor, Buffer.alloc(sector))
  let length = 0
  let pending: Buffer[] = []
  let size = 0
  const flush = () => {
    writeSync(descriptor, Buffer.concat(pending, size))
    pending = []
    size = 0
  }
  const append = (data: Buffer) => {
    pending.push(data)
    size += data.length
    length += data.length
    if (size > chunkSize) flush()
  }
  for (const record of globals(sheetName)) append(record)
  let rows = 0
  return {
    row(cells) {
      if (rows === mostRows) throw new Error(`${file}: more rows than an .xls sheet can hold`)
      cells.forEach((cell, column) => {
        if (cell !== null && cell !== '') append(cellRecord(rows, column, cell))
      })
      rows++
    },
    close() {
      append(record(0x000a, Buffer.alloc(0)))
      // A shorter stream would have to live in the compound file's mini stream.
      const padded = Math.max(4096, Math.ceil(length / sector) * sector)
      append(Buffer.alloc(padded - length))
      flush()
      const streamSectors = padded / sector
      writeSync(descriptor, directory(padded))
      const table = allocation(streamSectors)
      writeSync(descriptor, table)
      writeSync(descriptor, header(streamSectors, table.length / sector), 0, sector, 0)
      closeSync(descriptor)
    },
  }
}

function record(type: number, data: Buffer): Buffer {
  const head = Buffer.alloc(4)
  head.writeUInt16LE(type, 0)
  head.writeUInt16LE(data.length, 2)
  return Buffer.concat([head, data])
}

function beginning(type: number): Buffer {
  const data = Buffer.alloc(16)
  data.writeUInt16LE(0x0600, 0)
  data.writeUInt16LE(type, 2)
  data.writeUInt16LE(0x0dbb, 4)
  data.writeUInt16LE(1996, 6)
  data.writeUInt32LE(0x06, 12)
  return record(0x0809, data)
}

/** The workbook's own records, which name the one sheet, and the sheet's beginning. */
function globals(sheetName: string): Buffer[] {
  const codePage = record(0x0042, Buffer.from([0xb0, 0x04]))
  const name = Buffer.from(sheetName, 'utf16le')
  const sheet = Buffer.alloc(8)
  sheet[6] = sheetName.length
  sheet[7] = 1
  const start = beginning(0x0005)
  const position = start.length + codePage.length + (4 + sheet.length + name.length) + 4
  sheet.writeUInt32LE(position, 0)
  return [
    start,
    codePage,
    record(0x0085, Buffer.concat([sheet, name])),
    record(0x000a, Buffer.alloc(0)),
    beginning(0x0010),
  ]
}

function cellRecord(row: number, column: number, cell: Exclude<Cell, null>): Buffer {
  const place = Buffer.alloc(typeof cell === 'number' ? 14 : 9)
  place.writeUInt16LE(row, 0)
  place.writeUInt16LE(column, 2)
  if (typeof cell === 'number') {
    place.writeDoubleLE(cell, 6)
    return record(0x0203, place)
  }
  place.writeUInt16LE(cell.length, 6)
  place[8] = 1
  return record(0x0204, Buffer.concat([place, Buffer.from(cell, 'utf16le')]))
}

function directory(streamSize: number): Buffer {
  const entries = Buffer.alloc(sector)
  const entry = (at: number, name: string, type: number, child: number, start: number, size: number) => {
    const bytes = entries.subarray(at * 128, at * 128 + 128)
    bytes.write(name, 0, 'utf16le')
    bytes.writeUInt16LE(name === '' ? 0 : (name.length + 1) * 2, 64)
    bytes[66] = type
    bytes[67] = 1
    bytes.writeUInt32LE(free, 68)
    bytes.writeUInt32LE(free, 72)
    bytes.writeUInt32LE(child, 76)
    bytes.writeUInt32LE(start, 116)
    bytes.writeUInt32LE(size, 120)
  }
  entry(0, 'Root Entry', 5, 1, endOfChain, 0)
  entry(1, 'Workbook', 2, free, 0, streamSize)
  entry(2, '', 0, free, 0, 0)
  entry(3, '', 0, free, 0, 0)
  return entries
}

/** The stream's sectors in a row, then the directory, then the table itself. */
function allocation(streamSectors: number): Buffer {
  let tables = 1
  while (tables * entriesPerSector < streamSectors + 1 + tables) tables++
  if (tables > namedByHeader) throw new Error('too many rows for an .xls file')
  const table = Buffer.alloc(tables * sector, 0xff)
  for (let i = 0; i < streamSectors; i++)
    table.writeUInt32LE(i + 1 < streamSectors ? i + 1 : endOfChain, i * 4)
  table.writeUInt32LE(endOfChain, streamSectors * 4)
  for (let i = 0; i < tables; i++) table.writeUInt32LE(tableSector, (streamSectors + 1 + i) * 4)
  return table
}

function header(streamSectors: number, tables: number): Buffer {
  const head = Buffer.alloc(sector)
  Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]).copy(head)
  head.writeUInt16LE(0x3e, 24)
  head.writeUInt16LE(3, 26)
  head.writeUInt16LE(0xfffe, 28)
  head.writeUInt16LE(9, 30)
  head.writeUInt16LE(6, 32)
  head.writeUInt32LE(tables, 44)
  head.writeUInt32LE(streamSectors, 48)
  head.writeUInt32LE(4096, 56)
  head.writeUInt32LE(endOfChain, 60)
  head.writeUInt32LE(endOfChain, 68)
  for (let i = 0; i < namedByHeader; i++)
    head.writeUInt32LE(i < tables ? streamSectors + 1 + i : free, 76 + i * 4)
  return head
}
