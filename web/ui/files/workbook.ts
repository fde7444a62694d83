import { strToU8, zipSync } from 'fflate'
import type { Sheet } from '#contract/sheets/sheet.ts'
import { ChoiceLists, tabNames, workbookParts, workbookType } from '#contract/sheets/xlsx-parts.ts'
import { RowSource, sheetXml } from '#contract/sheets/xlsx-sheet.ts'
import { stylesXml } from '#contract/sheets/xlsx-styles.ts'

/** A workbook of one small table, made in the page; long lists come from the server. */
export async function workbookOf(sheet: Sheet): Promise<Blob> {
  let text = ''
  for await (const piece of sheetXml(sheet, new RowSource(sheet), new ChoiceLists().rangeOf)) text += piece
  const [tab = sheet.name] = tabNames([sheet.name])
  const parts = Object.fromEntries(
    [...workbookParts([{ tab, sheet }], stylesXml()), ['xl/worksheets/sheet1.xml', text] as const].map(
      ([path, part]) => [path, strToU8(part)],
    ),
  )
  return new Blob([zipSync(parts) as Uint8Array<ArrayBuffer>], { type: workbookType })
}
