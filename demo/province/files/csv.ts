import { closeSync, openSync, writeSync } from 'node:fs'
import iconv from 'iconv-lite'
import type { Sheet } from './sheet.ts'

const chunkSize = 1 << 16

/** A CSV file as departments' exports write it. */
export function writeCsv(
  file: string,
  encoding: 'utf8-bom' | 'utf8' | 'gbk' | 'gb18030',
  lineEnd = '\r\n',
): Sheet {
  const descriptor = openSync(file, 'w')
  const code = encoding.startsWith('utf8') ? 'utf8' : encoding
  let rows = encoding === 'utf8-bom' ? ['\ufeff'] : []
  let length = 0
  const flush = () => {
    const text = rows.join('')
    writeSync(descriptor, code === 'utf8' ? Buffer.from(text, 'utf8') : iconv.encode(text, code))
    rows = []
    length = 0
  }
  return {
    row(cells) {
      let row = ''
      for (let i = 0; i < cells.length; i++) {
        const cell = String(cells[i] ?? '')
        row += (i > 0 ? ',' : '') + (needsQuotes(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)
      }
      rows.push(row + lineEnd)
      length += row.length
      if (length > chunkSize) flush()
    },
    close() {
      flush()
      closeSync(descriptor)
    },
  }
}

/** `="…"`, the exports' way to keep long digits from Excel, stands bare as they write it. */
function needsQuotes(cell: string): boolean {
  return /[",\r\n]/.test(cell) && !cell.startsWith('="')
}
