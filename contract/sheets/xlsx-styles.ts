import { type CellKind, type CellMark, isNumeric } from './sheet.ts'

export type Look = CellMark | 'head' | 'sum' | 'plain'

const kinds: readonly CellKind[] = ['text', 'digits', 'int', 'number', 'money', 'date', 'datetime', 'percent']
const looks: readonly Look[] = [
  'plain',
  'head',
  'sum',
  'wrong',
  'example',
  'title',
  'note',
  'required',
  'line',
]

/** Formats of numbers; 49 is Excel's own for text. */
const formats: Record<CellKind, number> = {
  text: 0,
  digits: 49,
  int: 164,
  number: 165,
  money: 166,
  date: 167,
  datetime: 168,
  percent: 169,
}

const formatCodes: [number, string][] = [
  [164, '#,##0'],
  [165, '#,##0.######'],
  [166, '#,##0.00'],
  [167, 'yyyy-mm-dd'],
  [168, 'yyyy-mm-dd hh:mm'],
  [169, '0.0%'],
]

/** Font, fill, border and layout of each look, by their place in the tables below. */
const parts: Record<Look, { font: number; fill: number; border: number; wraps: boolean; center?: boolean }> =
  {
    plain: { font: 0, fill: 0, border: 1, wraps: false },
    head: { font: 1, fill: 2, border: 1, wraps: true, center: true },
    sum: { font: 1, fill: 3, border: 1, wraps: false },
    wrong: { font: 2, fill: 4, border: 1, wraps: true },
    example: { font: 3, fill: 3, border: 1, wraps: false },
    title: { font: 4, fill: 0, border: 0, wraps: false, center: true },
    note: { font: 3, fill: 0, border: 0, wraps: true },
    line: { font: 0, fill: 0, border: 0, wraps: false },
    required: { font: 5, fill: 2, border: 1, wraps: true, center: true },
  }

/** Place of a style in the workbook; the first is of cells nobody wrote. */
export const styleOf = (kind: CellKind, look: Look = 'plain'): number =>
  1 + looks.indexOf(look) * kinds.length + kinds.indexOf(kind)

const font = (of: string) =>
  `<font>${of}<name val="Microsoft YaHei"/><family val="2"/><charset val="134"/></font>`
const fill = (color: string) =>
  `<fill><patternFill patternType="solid"><fgColor rgb="${color}"/><bgColor indexed="64"/></patternFill></fill>`
const side = (name: string) => `<${name} style="thin"><color rgb="FFD0D5DD"/></${name}>`

function formatOf(kind: CellKind, look: Look): string {
  const { font: fontId, fill: fillId, border, wraps, center } = parts[look]
  const isHead = look === 'head' || look === 'required'
  const horizontal = center ? 'center' : isNumeric(kind) ? 'right' : 'left'
  return (
    `<xf numFmtId="${isHead ? 49 : formats[kind]}" fontId="${fontId}" fillId="${fillId}" borderId="${border}" xfId="0" ` +
    'applyNumberFormat="1" applyFont="1" applyFill="1" applyBorder="1" applyAlignment="1">' +
    `<alignment horizontal="${horizontal}" vertical="center"${wraps ? ' wrapText="1"' : ''}/></xf>`
  )
}

/** `xl/styles.xml`: every kind of cell in every look. */
export function stylesXml(): string {
  const codes = formatCodes.map(([id, code]) => `<numFmt numFmtId="${id}" formatCode="${code}"/>`).join('')
  const cells = [
    '<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>',
    ...looks.flatMap((look) => kinds.map((kind) => formatOf(kind, look))),
  ]
  return `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">
<numFmts count="${formatCodes.length}">${codes}</numFmts>
<fonts count="6">${[
    '<sz val="10"/><color rgb="FF1F2933"/>',
    '<b/><sz val="10"/><color rgb="FF1F2933"/>',
    '<sz val="10"/><color rgb="FF9B1C1C"/>',
    '<i/><sz val="10"/><color rgb="FF667085"/>',
    '<b/><sz val="14"/><color rgb="FF1F2933"/>',
    '<b/><sz val="10"/><color rgb="FF9B1C1C"/>',
  ]
    .map(font)
    .join('')}</fonts>
<fills count="5"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>${[
    'FFE6F0EF',
    'FFF2F4F7',
    'FFFDE2E1',
  ]
    .map(fill)
    .join('')}</fills>
<borders count="2"><border><left/><right/><top/><bottom/><diagonal/></border>
<border>${['left', 'right', 'top', 'bottom'].map(side).join('')}<diagonal/></border></borders>
<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>
<cellXfs count="${cells.length}">${cells.join('')}</cellXfs>
<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>
</styleSheet>`
}
