import PizZip from 'pizzip'
import type { CellValue } from '#contract/sheets/sheet.ts'
import { xmlText } from '#contract/sheets/xlsx-cells.ts'
import { AppError } from '../../errors.ts'

/** What a workbook may name in braces: values, and one list whose row is repeated. */
export interface SheetFields {
  values: Readonly<Record<string, CellValue>>
  /** `{rows.name}`: the row that bears such a name stands once for each. */
  rows: readonly Readonly<Record<string, CellValue>>[]
}

const tag = /\{([\w.-]+)\}/g
const unescaped = (text: string) =>
  text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&amp;', '&')

/**
 * Fills an office's own workbook: what stands in braces in its cells is replaced, and nothing else of it is touched, so that fonts,
 * borders, widths, merged cells and pictures stay. A cell that is a name alone becomes a number where the value is one. Throws
 * `template-broken` for what is no workbook and for names nobody knows.
 */
export function fillWorkbook(file: string, template: Buffer, fields: SheetFields): Buffer {
  const known = [
    ...Object.keys(fields.values),
    ...Object.keys(fields.rows[0] ?? {}).map((key) => `rows.${key}`),
  ]
  const broken = (what: string, name: string) =>
    new AppError('template-broken', { file, problems: [{ what, tag: name, where: '' }], known })
  let zip: PizZip
  try {
    zip = new PizZip(template)
  } catch {
    throw broken('not-workbook', '')
  }
  const sheets = Object.keys(zip.files).filter((name) => /^xl\/worksheets\/[^/]+\.xml$/.test(name))
  if (sheets.length === 0) throw broken('not-workbook', '')
  const texts = sharedTexts(zip.file('xl/sharedStrings.xml')?.asText() ?? '')
  const lookUp = (name: string, row?: Readonly<Record<string, CellValue>>): CellValue => {
    const found = name.startsWith('rows.') ? row?.[name.slice(5)] : fields.values[name]
    if (found === undefined) throw broken('unknown', name)
    return found
  }
  for (const path of sheets) {
    const part = zip.file(path)?.asText() ?? ''
    zip.file(path, fillSheet(part, texts, fields.rows, lookUp))
  }
  // The order of calculation belongs to the cells that were there; the program that opens it makes its own.
  zip.remove('xl/calcChain.xml')
  return zip.generate({ type: 'nodebuffer', compression: 'DEFLATE' })
}

/** Shared texts in plain form; pieces with formats of their own are joined. */
function sharedTexts(part: string): string[] {
  return [...part.matchAll(/<si>([\s\S]*?)<\/si>|<si\/>/g)].map(([, content = '']) =>
    [...content.matchAll(/<t(?:\s[^>]*)?>([\s\S]*?)<\/t>/g)].map(([, text = '']) => unescaped(text)).join(''),
  )
}

type LookUp = (name: string, row?: Readonly<Record<string, CellValue>>) => CellValue

function fillSheet(
  part: string,
  texts: readonly string[],
  rows: SheetFields['rows'],
  lookUp: LookUp,
): string {
  let added = 0
  const moves: { from: number; by: number }[] = []
  const filled = part.replaceAll(/<row\b[^>]*?(?:\/>|>[\s\S]*?<\/row>)/g, (row) => {
    const number = Number(/\br="(\d+)"/.exec(row)?.[1])
    const isList = cellTexts(row, texts).some((text) => /\{rows\./.test(text))
    if (!isList)
      return renumber(
        fillCells(row, texts, (name) => lookUp(name)),
        number,
        number + added,
      )
    const copies = rows.map((one, k) =>
      renumber(
        fillCells(row, texts, (name) => lookUp(name, one)),
        number,
        number + added + k,
      ),
    )
    moves.push({ from: number, by: rows.length - 1 })
    added += rows.length - 1
    return copies.join('')
  })
  return moveRanges(filled, moves)
}

const cell = /<c\b([^>]*?)(?:\/>|>([\s\S]*?)<\/c>)/g

function textOf(attributes: string, content: string, texts: readonly string[]): string | undefined {
  const type = /\bt="(\w+)"/.exec(attributes)?.[1]
  if (type === 's') return texts[Number(/<v>(\d+)<\/v>/.exec(content)?.[1])]
  if (type !== 'inlineStr') return undefined
  return [...content.matchAll(/<t(?:\s[^>]*)?>([\s\S]*?)<\/t>/g)]
    .map(([, text = '']) => unescaped(text))
    .join('')
}

const cellTexts = (row: string, texts: readonly string[]) =>
  [...row.matchAll(cell)].flatMap(
    ([, attributes = '', content = '']) => textOf(attributes, content, texts) ?? [],
  )

function fillCells(row: string, texts: readonly string[], value: (name: string) => CellValue): string {
  return row.replaceAll(cell, (whole, attributes: string, content = '') => {
    const text = textOf(attributes, content, texts)
    if (text === undefined || !text.includes('{')) return whole
    const kept = attributes.replace(/\s*\bt="\w+"/, '')
    const [, only] = /^\{([\w.-]+)\}$/.exec(text.trim()) ?? []
    const alone = only === undefined ? undefined : value(only)
    if (typeof alone === 'number') return `<c${kept}><v>${alone}</v></c>`
    const filled = text.replaceAll(tag, (_, name: string) => String(value(name) ?? ''))
    return `<c${kept} t="inlineStr"><is><t xml:space="preserve">${xmlText(filled)}</t></is></c>`
  })
}

function renumber(row: string, from: number, to: number): string {
  if (from === to) return row
  return row
    .replace(/(<row\b[^>]*?\br=")\d+"/, `$1${to}"`)
    .replaceAll(/(<c\b[^>]*?\br="[A-Z]+)\d+"/g, `$1${to}"`)
}

/** Merged cells and other ranges below a repeated row move down with what they cover. */
function moveRanges(part: string, moves: readonly { from: number; by: number }[]): string {
  const to = (row: number) => moves.reduce((at, { from, by }) => (row > from ? at + by : at), row)
  return part.replaceAll(
    /\b(ref|sqref)="([A-Z]+)(\d+)(?::([A-Z]+)(\d+))?"/g,
    (_, name, a, first, b, last) => {
      const end = b === undefined ? '' : `:${b}${to(Number(last))}`
      return `${name}="${a}${to(Number(first))}${end}"`
    },
  )
}
