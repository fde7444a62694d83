import { SaxesParser } from 'saxes'
import { numberText, unanswered } from '../cells.ts'
import { limits } from '../limits.ts'
import { unreadable } from '../problems.ts'
import { refuseManyAttributes } from '../sheets/few-attributes.ts'
import { dateKindOf, serialText } from '../xlsx/number-formats.ts'
import { shownUnitOf } from '../xlsx/shown-units.ts'
import type { MarkupEvents, MarkupParser } from './markup-events.ts'

type Attributes = Record<string, string>

interface OpenCell {
  attributes: Attributes
  type: string | undefined
  text: string
}

const local = (name: string) => name.slice(name.indexOf(':') + 1)

/**
 * Takes the XML that Excel 2003 saves and many programs write as .xls, piece by piece. Letters set apart by type are elements
 * within a text, which belongs together. Slips that leave the structure alone (a bare `&`) are passed over, for such files are
 * mostly put together by hand; one that ends early is damaged.
 */
export function openXml2003Parser(events: MarkupEvents): MarkupParser {
  const parser = new SaxesParser()
  refuseManyAttributes(parser)
  let rowNo = 0
  let row: { cells: string[]; times: number; hidden: boolean } | undefined
  let cell: OpenCell | undefined
  let inData = false
  let aside = 0
  let inVisible = false
  let isComplete = false
  let style = ''
  const formats = new Map<string, string>()
  let rest = ''

  function closeCell({ attributes, type, text }: OpenCell) {
    if (!row) return
    const index = Number(attributes.Index)
    const left = index > 0 ? index - 1 : row.cells.length
    if (left >= limits.columns) return
    while (row.cells.length < left) row.cells.push('')
    row.cells.push(textOf(type, text, attributes.Formula, formats.get(attributes.StyleID ?? '') ?? ''))
    const right = Math.min(left + countOf(attributes.MergeAcross), limits.columns)
    const bottom = Math.min(rowNo + countOf(attributes.MergeDown), limits.rows)
    // The next cell without an index of its own stands behind the merged ones.
    while (row.cells.length <= right) row.cells.push('')
    if (right > left || bottom > rowNo) events.merged({ top: rowNo, bottom, left, right })
  }

  parser.on('doctype', () => {
    throw unreadable('damaged', { found: 'DOCTYPE' })
  })
  parser.on('error', () => undefined)
  parser.on('opentag', ({ name: full, attributes: found }) => {
    const name = local(full)
    if (aside > 0 || name === 'Comment' || name === 'PhoneticText') aside++
    else if (inData || (cell && name !== 'Data')) return
    else if (name === 'Visible') inVisible = true
    else if (name === 'Style') style = byLocalName(found as Attributes).ID ?? ''
    else if (name === 'NumberFormat') {
      formats.set(style, byLocalName(found as Attributes).Format ?? '')
    } else if (name === 'Worksheet') {
      rowNo = 0
      events.sheet(byLocalName(found as Attributes).Name ?? '', false)
    } else if (name === 'Row') {
      const attributes = byLocalName(found as Attributes)
      const index = Number(attributes.Index)
      rowNo = index > 0 ? index : rowNo + 1
      row = { cells: [], times: 1 + countOf(attributes.Span), hidden: attributes.Hidden === '1' }
    } else if (name === 'Cell' && row)
      cell = { attributes: byLocalName(found as Attributes), type: undefined, text: '' }
    else if (name === 'Data' && cell) {
      cell.type = byLocalName(found as Attributes).Type ?? 'String'
      inData = true
    }
  })
  const take = (text: string) => {
    if (aside > 0) return
    if (inData && cell) cell.text += text
    else if (inVisible && /hidden/i.test(text)) events.hide()
  }
  parser.on('text', take)
  parser.on('cdata', take)
  parser.on('closetag', ({ name: full }) => {
    const name = local(full)
    if (aside > 0) aside--
    else if (name === 'Data') inData = false
    else if (inData) return
    else if (name === 'Visible') inVisible = false
    else if (name === 'Cell' && cell) {
      closeCell(cell)
      cell = undefined
    } else if (name === 'Row' && row) {
      events.row(rowNo, row.cells, row.times, row.hidden)
      rowNo += row.times - 1
      row = undefined
    } else if (name === 'Workbook') isComplete = true
  })
  return {
    write(text) {
      const all = rest + text
      // What may be the beginning of an entity waits for its end.
      const at = all.lastIndexOf('&', all.length)
      const cut = at >= 0 && all.length - at < 12 ? at : all.length
      rest = all.slice(cut)
      parser.write(mended(all.slice(0, cut)))
    },
    close() {
      parser.write(mended(rest))
      if (!isComplete) throw unreadable('damaged', { missing: '</Workbook>' })
    },
  }
}

const byLocalName = (attributes: Attributes): Attributes =>
  Object.fromEntries(Object.entries(attributes).map(([name, value]) => [local(name), value]))

const countOf = (stated: string | undefined) => Math.max(Number.parseInt(stated ?? '0', 10) || 0, 0)

/** Formats by name, besides those that are spelled out. */
const kindOf = (format: string) => (/\b(?:Date|Time)$/.test(format) ? ('date' as const) : dateKindOf(format))

/** Bare ampersands would take what follows them for the name of an entity. */
const mended = (text: string) =>
  text
    .replaceAll('&nbsp;', '&#160;')
    .replace(/&(?!(?:#\d{1,7}|#x[\da-f]{1,6}|lt|gt|amp|quot|apos);)/gi, '&amp;')

function textOf(type: string | undefined, text: string, formula: string | undefined, format: string): string {
  if (type === undefined) return formula ? unanswered(formula) : ''
  if (type === 'Number') {
    const kind = kindOf(format)
    const shown = kind ? serialText(Number(text), kind, false) : shownUnitOf(format)?.(text.trim())
    return shown ?? numberText(text.trim())
  }
  if (type === 'Boolean') return text.trim() === '1' ? 'TRUE' : 'FALSE'
  if (type !== 'DateTime') return text
  const [day = '', time = ''] = text.trim().replace(/\.0+$/, '').split('T')
  // Hours alone are hours of the day before days begin.
  if (day === '1899-12-31' || day === '1899-12-30') return time
  return time === '00:00:00' ? day : `${day} ${time}`.trim()
}
