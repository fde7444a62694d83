import { Readable } from 'node:stream'
import { ZipFile } from 'yazl'
import type { Sheet } from '#contract/sheets/sheet.ts'
import { ChoiceLists, tabNames, type WrittenSheet, workbookParts } from '#contract/sheets/xlsx-parts.ts'
import { RowSource, sheetXml } from '#contract/sheets/xlsx-sheet.ts'
import { stylesXml } from '#contract/sheets/xlsx-styles.ts'

// Fast before small: a list is fetched once.
const options = { compressionLevel: 3, mtime: new Date('2020-01-01T00:00:00Z') }

/**
 * A workbook of sheets, written as it is read: memory stays flat at any number of rows. What the rows throw breaks the stream; a broken
 * stream ends the rows.
 */
export function workbookStream(sheets: readonly Sheet[], rowsAtMost?: number): Readable {
  const zip = new ZipFile()
  const body = zip.outputStream as Readable
  const sources = sheets.map((sheet) => new RowSource(sheet))
  const fail = (error: unknown) => body.destroy(error instanceof Error ? error : new Error(String(error)))
  zip.on('error', fail)
  body.once('close', () => {
    for (const source of sources) source.close().catch(() => {})
  })
  write(zip, sheets, sources, rowsAtMost).catch(fail)
  return body
}

async function write(
  zip: ZipFile,
  sheets: readonly Sheet[],
  sources: readonly RowSource[],
  rowsAtMost: number | undefined,
) {
  const lists = new ChoiceLists()
  const parts: Sheet[] = []
  for (const [at, sheet] of sheets.entries()) {
    const source = sources[at]
    if (!source) continue
    do {
      parts.push(sheet)
      await addPart(zip, `xl/worksheets/sheet${parts.length}.xml`, () =>
        sheetXml(sheet, source, lists.rangeOf, rowsAtMost),
      )
    } while (!source.isDone)
  }
  const tabs = tabNames(parts.map(({ name }) => name))
  const written: WrittenSheet[] = parts.map((sheet, at) => ({ sheet, tab: tabs[at] ?? sheet.name }))
  if (lists.lists.length > 0) {
    const hidden: Sheet = { name: ChoiceLists.tab, columns: [], rows: [] }
    written.push({ sheet: hidden, tab: ChoiceLists.tab, hidden: true })
    zip.addBuffer(Buffer.from(lists.xml()), `xl/worksheets/sheet${written.length}.xml`, options)
  }
  for (const [path, text] of workbookParts(written, stylesXml()))
    zip.addBuffer(Buffer.from(text), path, options)
  zip.end()
}

function addPart(zip: ZipFile, path: string, text: () => AsyncGenerator<string>): Promise<void> {
  return new Promise((resolve, reject) => {
    const stream = Readable.from(text(), { objectMode: false })
    stream.once('error', reject)
    stream.once('end', resolve)
    zip.addReadStream(stream, path, options)
  })
}
