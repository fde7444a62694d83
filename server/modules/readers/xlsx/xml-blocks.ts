import { isAscii } from 'node:buffer'
import { unreadable } from '../problems.ts'

/** An element longer than this is no row or text of a table. */
const longestElement = 8 * 1024 * 1024

/** A block of whole elements, as bytes or as text. */
export interface XmlBlock {
  bytes: Buffer
  /** What every name begins with, as `x:`; nothing in most workbooks. */
  prefix: string
}

/**
 * Cuts a stream of XML after the last `</element>` of what has come, so that each block holds whole elements, and ends with
 * `</parent>`; where that never comes the last block is what remains.
 */
export async function* xmlByteBlocks(
  chunks: AsyncIterable<Buffer>,
  element: string,
  parent: string,
): AsyncGenerator<XmlBlock> {
  let rest: Buffer = Buffer.alloc(0)
  let known: string | undefined
  let ended = false
  for await (const chunk of chunks) {
    // The chunks after the end are still drawn, for only then is their checksum compared.
    if (ended) continue
    const bytes = rest.length > 0 ? Buffer.concat([rest, chunk]) : chunk
    known ??= prefixOf(bytes)
    const prefix = known ?? ''
    const last = `</${prefix}${element}>`
    const from = bytes.lastIndexOf(last)
    const end = `</${prefix}${parent}>`
    const endAt = bytes.indexOf(end, Math.max(from, 0))
    ended = endAt >= 0
    if (from < 0 && !ended) {
      if (bytes.length > longestElement) throw unreadable('damaged', { element })
      rest = bytes
      continue
    }
    const cut = ended ? endAt + end.length : from + last.length
    rest = bytes.subarray(cut)
    yield { bytes: bytes.subarray(0, cut), prefix }
  }
  if (!ended) yield { bytes: rest, prefix: known ?? '' }
}

/** The same as text; prefixes of the main namespace (`<x:row>`) are taken off. */
export async function* xmlBlocks(
  chunks: AsyncIterable<Buffer>,
  element: string,
  parent: string,
): AsyncGenerator<string> {
  for await (const { bytes, prefix } of xmlByteBlocks(chunks, element, parent)) yield textOf(bytes, prefix)
}

/** Of the root element; undefined until the root has come. */
function prefixOf(bytes: Buffer) {
  if (bytes[0] === 0xff || bytes[0] === 0xfe) throw unreadable('damaged', { encoding: 'utf-16' })
  const root = /<(?:([\w.-]+):)?(?:worksheet|sst)[\s>/]/.exec(bytes.toString('latin1', 0, 4096))
  if (!root) return undefined
  return root[1] ? `${root[1]}:` : ''
}

/** Sheets with shared strings are pure ASCII, and latin1 decodes several times faster. */
export function textOf(bytes: Buffer, prefix: string): string {
  const text = bytes.toString(isAscii(bytes) ? 'latin1' : 'utf8')
  return prefix ? text.replaceAll(`<${prefix}`, '<').replaceAll(`</${prefix}`, '</') : text
}

const entities: Record<string, string> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" }

function decodeEntity(whole: string, name: string) {
  if (!name.startsWith('#')) return (Object.hasOwn(entities, name) && entities[name]) || whole
  const code = Number(name[1] === 'x' ? `0x${name.slice(2)}` : name.slice(1))
  return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : ''
}

/** Character data as text: entities, CDATA, and the `_x000D_` by which workbooks write control characters. */
export function decodeText(raw: string): string {
  let text = raw
  if (text.includes('<![CDATA['))
    text = text.replace(/<!\[CDATA\[(.*?)\]\]>/gs, (_, inner: string) => inner.replaceAll('&', '&amp;'))
  if (text.includes('&')) text = text.replace(/&(#?\w+);/g, decodeEntity)
  if (text.includes('_x')) {
    text = text.replace(/_x([0-9a-fA-F]{4})_/g, (_, hex: string) =>
      hex === '0000' ? '' : String.fromCharCode(Number.parseInt(hex, 16)),
    )
  }
  return text
}

/** Text of a shared or inline string: its runs joined, readings above Chinese characters (`rPh`) left out. */
export function richText(content: string): string {
  const plain = content.includes('<rPh') ? content.replace(/<rPh[\s>].*?<\/rPh>/gs, '') : content
  let text = ''
  for (let at = plain.indexOf('<t'); at >= 0; at = plain.indexOf('<t', at)) {
    const open = plain.indexOf('>', at)
    const next = plain.charCodeAt(at + 2)
    at = open
    if (open < 0) break
    // `<t>` or `<t xml:space="preserve">`, not `<tint/>`; `<t/>` is empty.
    if ((next !== 0x3e && next !== 0x20) || plain.charCodeAt(open - 1) === 0x2f) continue
    const end = plain.indexOf('</t>', open)
    if (end < 0) break
    text += decodeText(plain.slice(open + 1, end))
    at = end
  }
  return text
}
