import { SaxesParser } from 'saxes'
import { numberText, unanswered } from '../cells.ts'
import { limits } from '../limits.ts'
import { unreadable } from '../problems.ts'
import { refuseManyAttributes } from '../sheets/few-attributes.ts'
import type { MarkupEvents, MarkupParser } from './markup-events.ts'

type Attributes = Record<string, string>

interface OpenCell {
  attributes: Attributes
  covered: boolean
  text: string
  paragraphs: number
}

/**
 * Takes `content.xml` piece by piece. Prefixes are taken as every writer has them. Notes, drawings and tracked changes hold
 * tables and texts of their own, which are nobody's rows.
 */
export function openOdsParser(events: MarkupEvents): MarkupParser {
  const parser = new SaxesParser()
  refuseManyAttributes(parser)
  const hiddenStyles = new Set<string>()
  let style = ''
  let aside = 0
  let inParagraph = 0
  let rowNo = 0
  let row: { cells: string[]; times: number; hidden: boolean } | undefined
  let cell: OpenCell | undefined

  function closeCell(done: OpenCell) {
    if (!row) return
    const { attributes } = done
    const text = done.covered ? '' : textOf(done)
    const times = Math.min(countOf(attributes['table:number-columns-repeated']), limits.columns + 1)
    const left = row.cells.length
    // Blank cells to the end of a row come repeated a thousand times; those behind the last text are cut off later.
    for (let i = 0; i < times && row.cells.length < limits.columns; i++) row.cells.push(text)
    const right = left + countOf(attributes['table:number-columns-spanned']) - 1
    const bottom = rowNo + countOf(attributes['table:number-rows-spanned']) - 1
    if ((right > left || bottom > rowNo) && left < limits.columns)
      events.merged({
        top: rowNo,
        bottom: Math.min(bottom, limits.rows),
        left,
        right: Math.min(right, limits.columns),
      })
  }

  parser.on('doctype', () => {
    throw unreadable('damaged', { found: 'DOCTYPE' })
  })
  parser.on('error', (error) => {
    throw unreadable('damaged', {}, error)
  })
  parser.on('opentag', ({ name, attributes: found }) => {
    const attributes = found as Attributes
    if (aside > 0 || isAside(name)) aside++
    else if (name === 'style:style') style = attributes['style:name'] ?? ''
    else if (name === 'style:table-properties' && attributes['table:display'] === 'false')
      hiddenStyles.add(style)
    else if (name === 'table:table') {
      rowNo = 1
      events.sheet(attributes['table:name'] ?? '', hiddenStyles.has(attributes['table:style-name'] ?? ''))
    } else if (name === 'table:table-row') {
      const hidden = ['collapse', 'filter'].includes(attributes['table:visibility'] ?? '')
      row = { cells: [], times: countOf(attributes['table:number-rows-repeated']), hidden }
    } else if (name === 'table:table-cell' || name === 'table:covered-table-cell')
      cell = { attributes, covered: name === 'table:covered-table-cell', text: '', paragraphs: 0 }
    else if (name === 'text:p' && cell) {
      if (cell.paragraphs++ > 0) cell.text += '\n'
      inParagraph++
    } else if (cell && inParagraph > 0) cell.text += spacing(name, attributes)
  })
  parser.on('text', (text) => {
    if (aside === 0 && cell && inParagraph > 0) cell.text += text
  })
  parser.on('closetag', ({ name }) => {
    if (aside > 0) aside--
    else if (name === 'text:p' && cell) inParagraph--
    else if ((name === 'table:table-cell' || name === 'table:covered-table-cell') && cell) {
      closeCell(cell)
      cell = undefined
      inParagraph = 0
    } else if (name === 'table:table-row' && row) {
      events.row(rowNo, row.cells, row.times, row.hidden)
      rowNo += row.times
      row = undefined
    }
  })
  return parser
}

const isAside = (name: string) =>
  name === 'office:annotation' ||
  name === 'table:shapes' ||
  name === 'table:tracked-changes' ||
  name === 'text:ruby-text' ||
  name.startsWith('draw:')

const countOf = (stated: string | undefined) => Math.max(Number.parseInt(stated ?? '1', 10) || 1, 1)

function spacing(name: string, attributes: Attributes) {
  if (name === 'text:s') return ' '.repeat(Math.min(countOf(attributes['text:c']), 1000))
  return name === 'text:tab' ? '\t' : name === 'text:line-break' ? '\n' : ''
}

/** Errors bear the type of a text or of the number 0; only what is shown tells them. */
const errorShown = /^(?:#\S+[!?A]|(?:Err|错误):\d{3})$/i

function textOf({ attributes, text, paragraphs }: OpenCell): string {
  const formula = attributes['table:formula']
  const type = attributes['office:value-type']
  if (attributes['calcext:value-type'] === 'error' || (formula !== undefined && errorShown.test(text)))
    return text || '#VALUE!'
  if (formula !== undefined && type === undefined && paragraphs === 0)
    return unanswered(formula.replace(/^(?:[a-z]+:)?=/i, ''))
  switch (type) {
    case 'currency':
      return /^(?:CNY|RMB)?$/i.test(attributes['office:currency'] ?? '')
        ? numberOf(attributes, text)
        : `${attributes['office:currency']} ${numberOf(attributes, text)}`
    case 'float':
    case 'percentage':
      return numberOf(attributes, text)
    case 'date':
      return (attributes['office:date-value'] ?? text).replace(/T00:00:00(\.0+)?Z?$/, '').replace('T', ' ')
    case 'boolean':
      return attributes['office:boolean-value'] === 'true' ? 'TRUE' : 'FALSE'
    case 'string':
      return attributes['office:string-value'] ?? text
    default:
      return text
  }
}

/**
 * The number, in the unit its text shows: 1.86 shown as 1.86万元 is that, 18600 shown so is 元. What is shown is rounded, so the two are
 * told apart by their size.
 */
function numberOf(attributes: Attributes, text: string): string {
  const number = numberText(attributes['office:value'] ?? text)
  const found = /^[-+(¥￥\s]*([\d,]*\.?\d+)\s*([十百千万亿]*[元圆]整?|[百千万亿])\)?$/.exec(text.trim())
  if (!found) return number
  const shown = Number((found[1] ?? '').replaceAll(',', ''))
  const ratio = Math.abs(Number(number)) / shown
  return shown === 0 || (ratio > 0.5 && ratio < 2) ? `${number}${found[2]}` : `${number}元`
}
