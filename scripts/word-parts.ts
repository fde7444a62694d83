import PizZip from 'pizzip'

/** Just enough of WordprocessingML for official forms: A4, 小标宋 titles, 黑体 heads, 仿宋 text, grids, signature lines, a foot. */

export const sizes = { title: 44, large: 32, text: 24, table: 21, small: 18 } as const
type Size = keyof typeof sizes

/** The faces of official papers, and what every computer has where one is missing. */
const faces = {
  title: { name: '方正小标宋简体', instead: '宋体' },
  head: { name: '黑体', instead: 'SimHei' },
  text: { name: '仿宋_GB2312', instead: '仿宋' },
} as const

export interface TextStyle {
  size?: Size
  bold?: boolean
  align?: 'left' | 'center' | 'right'
  /** Two characters in, as paragraphs of official papers begin. */
  indent?: boolean
  /** Space above and below, in points. */
  above?: number
  below?: number
  newPage?: boolean
  /** Stays on the page of what follows. */
  withNext?: boolean
}

const inXml = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
const font = (name: string) =>
  `<w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:eastAsia="${name}" w:cs="Times New Roman"/>`

function run(text: string, { size = 'text', bold = false }: TextStyle): string {
  const face = faces[size === 'title' ? 'title' : bold ? 'head' : 'text'].name
  const half = sizes[size]
  return `<w:r><w:rPr>${font(face)}<w:sz w:val="${half}"/><w:szCs w:val="${half}"/></w:rPr><w:t xml:space="preserve">${inXml(text)}</w:t></w:r>`
}

const field = (name: 'PAGE' | 'NUMPAGES') =>
  `<w:fldSimple w:instr="${name}">${run('1', { size: 'small' })}</w:fldSimple>`
/** What stands in the foot of every page, and which page of how many it is. */
function footer(text: string): string {
  const small = { size: 'small' } as const
  const page = `${run('　　第 ', small)}${field('PAGE')}${run(' 页 共 ', small)}${field('NUMPAGES')}${run(' 页', small)}`
  return paragraph(text, { ...small, align: 'center' }).replace('</w:p>', `${page}</w:p>`)
}

/** Least distance of lines, in twentieths of a point. */
const lines: Record<Size, number> = { title: 600, large: 520, text: 400, table: 300, small: 280 }

export function paragraph(text: string, style: TextStyle = {}): string {
  const { align = 'left', indent = false, above = 0, below = 0, size = 'text' } = style
  const first = indent ? `<w:ind w:firstLineChars="200" w:firstLine="${sizes[size] * 20}"/>` : ''
  const space = `<w:spacing w:before="${above * 20}" w:after="${below * 20}" w:line="${lines[size]}" w:lineRule="atLeast"/>`
  const order = `${style.withNext ? '<w:keepNext/>' : ''}${style.newPage ? '<w:pageBreakBefore/>' : ''}${space}${first}<w:jc w:val="${align}"/>`
  return `<w:p><w:pPr>${order}</w:pPr>${text === '' ? '' : run(text, style)}</w:p>`
}

export interface Cell {
  text: string
  /** Columns it takes. */
  span?: number
  head?: boolean
  align?: TextStyle['align']
  size?: Size
  /** Least height of its row, in points; what is written into a high one begins at its top. */
  height?: number
}

/** A grid over the whole width; `widths` are shares of it. */
export function grid(widths: readonly number[], rows: readonly (readonly (Cell | string)[])[]): string {
  const whole = 9300
  const sum = widths.reduce((total, width) => total + width, 0)
  const columns = widths.map((width) => Math.round((width / sum) * whole))
  const edge = (side: string) => `<w:${side} w:val="single" w:sz="6" w:space="0" w:color="000000"/>`
  const borders = ['top', 'left', 'bottom', 'right', 'insideH', 'insideV'].map(edge).join('')
  return `<w:tbl><w:tblPr><w:tblW w:w="${whole}" w:type="dxa"/><w:jc w:val="center"/><w:tblBorders>${borders}</w:tblBorders><w:tblLayout w:type="fixed"/><w:tblCellMar><w:left w:w="85" w:type="dxa"/><w:right w:w="85" w:type="dxa"/></w:tblCellMar></w:tblPr><w:tblGrid>${columns
    .map((width) => `<w:gridCol w:w="${width}"/>`)
    .join('')}</w:tblGrid>${rows.map((row) => tableRow(row, columns)).join('')}</w:tbl>`
}

function tableRow(row: readonly (Cell | string)[], columns: readonly number[]): string {
  const cells = row.map((cell): Cell => (typeof cell === 'string' ? { text: cell } : cell))
  const height = Math.max(22, ...cells.map((cell) => cell.height ?? 0))
  let at = 0
  const made = cells.map((cell) => {
    const span = cell.span ?? 1
    const width = columns.slice(at, at + span).reduce((total, one) => total + one, 0)
    at += span
    const shade = cell.head ? '<w:shd w:val="clear" w:color="auto" w:fill="F2F2F2"/>' : ''
    const align = cell.align ?? (cell.head ? 'center' : 'left')
    const from = (cell.height ?? 0) >= 100 ? 'top' : 'center'
    const style = { align, bold: cell.head === true, size: cell.size ?? 'table' } as const
    return `<w:tc><w:tcPr><w:tcW w:w="${width}" w:type="dxa"/>${span > 1 ? `<w:gridSpan w:val="${span}"/>` : ''}${shade}<w:vAlign w:val="${from}"/></w:tcPr>${cell.text
      .split('\n')
      .map((line) => paragraph(line, style))
      .join('')}</w:tc>`
  })
  // Heads stand again on the page on which the grid goes on.
  const again = cells.every((cell) => cell.head) ? '<w:tblHeader/>' : ''
  return `<w:tr><w:trPr><w:cantSplit/><w:trHeight w:val="${height * 20}" w:hRule="atLeast"/>${again}</w:trPr>${made.join('')}</w:tr>`
}

export const head = (text: string, span = 1): Cell => ({ text, span, head: true })
export const cell = (text: string, span = 1, height = 0): Cell => ({ text, span, height })

const xml = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
const space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
const offices = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const packages = 'http://schemas.openxmlformats.org/package/2006'
const word = 'application/vnd.openxmlformats-officedocument.wordprocessingml'

/** The whole file; the same parts give the same bytes. */
export function wordFile(body: readonly string[], foot: string): Buffer {
  const zip = new PizZip()
  const date = new Date(Date.UTC(2020, 0, 1))
  const add = (name: string, content: string) => zip.file(name, xml + content, { date })
  add(
    '[Content_Types].xml',
    `<Types xmlns="${packages}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="${word}.document.main+xml"/><Override PartName="/word/styles.xml" ContentType="${word}.styles+xml"/><Override PartName="/word/fontTable.xml" ContentType="${word}.fontTable+xml"/><Override PartName="/word/footer1.xml" ContentType="${word}.footer+xml"/><Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>`,
  )
  add(
    '_rels/.rels',
    `<Relationships xmlns="${packages}/relationships"><Relationship Id="rId1" Type="${offices}/officeDocument" Target="word/document.xml"/><Relationship Id="rId2" Type="${packages}/relationships/metadata/core-properties" Target="docProps/core.xml"/></Relationships>`,
  )
  add(
    'word/_rels/document.xml.rels',
    `<Relationships xmlns="${packages}/relationships"><Relationship Id="rId1" Type="${offices}/styles" Target="styles.xml"/><Relationship Id="rId2" Type="${offices}/footer" Target="footer1.xml"/><Relationship Id="rId3" Type="${offices}/fontTable" Target="fontTable.xml"/></Relationships>`,
  )
  add(
    'word/styles.xml',
    `<w:styles ${space}><w:docDefaults><w:rPrDefault><w:rPr>${font(faces.text.name)}<w:sz w:val="24"/><w:szCs w:val="24"/><w:lang w:val="en-US" w:eastAsia="zh-CN"/></w:rPr></w:rPrDefault></w:docDefaults><w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style></w:styles>`,
  )
  add(
    'docProps/core.xml',
    `<cp:coreProperties xmlns:cp="${packages}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:creator>Shouwang</dc:creator></cp:coreProperties>`,
  )
  add(
    'word/fontTable.xml',
    `<w:fonts ${space}>${Object.values(faces)
      .map(({ name, instead }) => `<w:font w:name="${name}"><w:altName w:val="${instead}"/></w:font>`)
      .join('')}</w:fonts>`,
  )
  add('word/footer1.xml', `<w:ftr ${space}>${footer(foot)}</w:ftr>`)
  add(
    'word/document.xml',
    `<w:document ${space} xmlns:r="${offices}"><w:body>${body.join('')}<w:sectPr><w:footerReference w:type="default" r:id="rId2"/><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1418" w:right="1304" w:bottom="1304" w:left="1304" w:header="851" w:footer="794" w:gutter="0"/></w:sectPr></w:body></w:document>`,
  )
  return zip.generate({ type: 'nodebuffer', compression: 'DEFLATE' })
}
