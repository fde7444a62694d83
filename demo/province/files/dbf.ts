import { closeSync, openSync, writeSync } from 'node:fs'
import iconv from 'iconv-lite'
import type { Sheet } from './sheet.ts'

export interface DbfField {
  /** At most ten bytes in GBK. */
  name: string
  type: 'C' | 'N' | 'D'
  width: number
  decimals?: number
}

const chunkSize = 1 << 18

/** A dBASE III table in GBK; the number of records is written into the header at the end. */
export function writeDbf(
  file: string,
  fields: readonly DbfField[],
  day: { year: number; month: number; day: number },
): Sheet {
  const descriptor = openSync(file, 'w')
  const width = 1 + fields.reduce((sum, field) => sum + field.width, 0)
  const header = Buffer.alloc(32 + fields.length * 32 + 1)
  header[0] = 0x03
  header[1] = day.year - 1900
  header[2] = day.month
  header[3] = day.day
  header.writeUInt16LE(header.length, 8)
  header.writeUInt16LE(width, 10)
  header[29] = 0x4d // code page 936
  for (const [i, field] of fields.entries()) {
    const at = 32 + i * 32
    const name = iconv.encode(field.name, 'gbk')
    if (name.length > 10) throw new Error(`dbf field ${field.name} is longer than ten bytes`)
    name.copy(header, at)
    header.write(field.type, at + 11, 'latin1')
    header[at + 16] = field.width
    header[at + 17] = field.decimals ?? 0
  }
  header[header.length - 1] = 0x0d
  writeSync(descriptor, header)
  let records = 0
  let pending: Buffer[] = []
  let size = 0
  const flush = () => {
    if (pending.length > 0) writeSync(descriptor, Buffer.concat(pending, size))
    pending = []
    size = 0
  }
  return {
    row(cells) {
      const record = Buffer.alloc(width, 0x20)
      let at = 1
      for (const [i, field] of fields.entries()) {
        const bytes = iconv.encode(String(cells[i] ?? ''), 'gbk').subarray(0, field.width)
        bytes.copy(record, field.type === 'N' ? at + field.width - bytes.length : at)
        at += field.width
      }
      pending.push(record)
      size += width
      records++
      if (size > chunkSize) flush()
    },
    close() {
      pending.push(Buffer.from([0x1a]))
      size += 1
      flush()
      header.writeUInt32LE(records, 4)
      writeSync(descriptor, header, 0, header.length, 0)
      closeSync(descriptor)
    },
  }
}
