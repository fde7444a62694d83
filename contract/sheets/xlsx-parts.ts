import type { Sheet } from './sheet.ts'
import { columnName, xmlText } from './xlsx-cells.ts'
import { headRows } from './xlsx-sheet.ts'

const declaration = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
const relations = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const package_ = 'http://schemas.openxmlformats.org/package/2006'
const spreadsheet = 'application/vnd.openxmlformats-officedocument.spreadsheetml'

export const workbookType = `${spreadsheet}.sheet`

/** A tab's name as Excel takes it: no more than 31 characters, none of those it uses itself, none twice. */
export function tabNames(names: readonly string[]): string[] {
  const taken = new Set<string>()
  return names.map((name) => {
    const clean =
      name
        .replaceAll(/[[\]:*?/\\]/g, ' ')
        .replaceAll(/^'+|'+$/g, '')
        .trim() || 'Sheet'
    for (let n = 1; ; n++) {
      const end = n === 1 ? '' : ` (${n})`
      const tab = clean.slice(0, 31 - end.length) + end
      if (taken.has(tab.toLowerCase())) continue
      taken.add(tab.toLowerCase())
      return tab
    }
  })
}

const quotedTab = (tab: string) => `'${tab.replaceAll("'", "''")}'`

/** Lists of choices stand in a hidden sheet of their own, a column each: a list in the formula itself may not be long. */
export class ChoiceLists {
  static readonly tab = '_choices'
  readonly lists: (readonly string[])[] = []

  rangeOf = (choices: readonly string[]): string => {
    let place = this.lists.findIndex((list) => list.join('\n') === choices.join('\n'))
    if (place < 0) place = this.lists.push(choices) - 1
    const column = columnName(place)
    return `${ChoiceLists.tab}!$${column}$1:$${column}$${choices.length}`
  }

  /** Its sheet: no head, for nothing in it is data. */
  xml(): string {
    const rows = Math.max(0, ...this.lists.map(({ length }) => length))
    const row = (at: number) =>
      this.lists
        .map((list, place) => {
          const text = list[at]
          if (text === undefined) return ''
          const reference = `${columnName(place)}${at + 1}`
          return `<c r="${reference}" t="inlineStr"><is><t xml:space="preserve">${xmlText(text)}</t></is></c>`
        })
        .join('')
    const all = Array.from({ length: rows }, (_, at) => `<row r="${at + 1}">${row(at)}</row>`)
    return `${declaration}<worksheet xmlns="${main}"><sheetData>${all.join('')}</sheetData></worksheet>`
  }
}

export interface WrittenSheet {
  tab: string
  sheet: Sheet
  hidden?: boolean
}

/** Every small part of a workbook of these sheets, by path; the sheets themselves are `xl/worksheets/sheetN.xml`. */
export function workbookParts(
  written: readonly WrittenSheet[],
  styles: string,
): [path: string, text: string][] {
  const each = (part: (n: number, one: WrittenSheet) => string) =>
    written.map((one, index) => part(index + 1, one)).join('')
  const titles = each((n, { tab, sheet, hidden }) =>
    hidden
      ? ''
      : `<definedName name="_xlnm.Print_Titles" localSheetId="${n - 1}">` +
        `${xmlText(quotedTab(tab))}!$1:$${headRows(sheet)}</definedName>`,
  )
  return [
    [
      '[Content_Types].xml',
      `${declaration}<Types xmlns="${package_}/content-types"><Default Extension="rels" ` +
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>' +
        `<Override PartName="/xl/workbook.xml" ContentType="${spreadsheet}.sheet.main+xml"/>` +
        `<Override PartName="/xl/styles.xml" ContentType="${spreadsheet}.styles+xml"/>` +
        each(
          (n) =>
            `<Override PartName="/xl/worksheets/sheet${n}.xml" ContentType="${spreadsheet}.worksheet+xml"/>`,
        ) +
        '</Types>',
    ],
    [
      '_rels/.rels',
      `${declaration}<Relationships xmlns="${package_}/relationships">` +
        `<Relationship Id="rId1" Type="${relations}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    ],
    [
      'xl/workbook.xml',
      `${declaration}<workbook xmlns="${main}" xmlns:r="${relations}"><bookViews><workbookView activeTab="0"/></bookViews><sheets>` +
        each(
          (n, { tab, hidden }) =>
            `<sheet name="${xmlText(tab)}" sheetId="${n}"${hidden ? ' state="hidden"' : ''} r:id="rId${n}"/>`,
        ) +
        `</sheets><definedNames>${titles}</definedNames></workbook>`,
    ],
    [
      'xl/_rels/workbook.xml.rels',
      `${declaration}<Relationships xmlns="${package_}/relationships">` +
        each(
          (n) =>
            `<Relationship Id="rId${n}" Type="${relations}/worksheet" Target="worksheets/sheet${n}.xml"/>`,
        ) +
        `<Relationship Id="rId${written.length + 1}" Type="${relations}/styles" Target="styles.xml"/></Relationships>`,
    ],
    ['xl/styles.xml', styles],
  ]
}
