import type { Failure, Value } from '../../definitions/rows/row-rule.ts'
import { fail } from './cells.ts'

const unreadable = fail('name-unreadable')

/** Stands for a name that cannot be read; no register has it, so that the number alone decides who is meant, and a person whether. */
export const unreadableName = '\ufffd'

/** Digits, a mask, and what programs write for a character they do not have. */
const lost = /[0-9?*\ufffd\u25a0\u25a1\u25b2\u3013\ue000-\uf8ff]|[\u{f0000}-\u{10ffff}]/u

/** What is written for the dot within a name: round and square ones, points, commas, a hyphen, an asterisk. */
const dots =
  /(?<=\p{Script=Han})\s*[\u00b7\u2022\u2027\u2219\u22c5\u25cf\u25cb\u25aa\u25ab\u25e6\u2b24\ua78f\u30fb\u2e31\u16eb\u02d9\u3002.,\u3001*\-\u2010-\u2015'\u2019`_~]+\s*(?=\p{Script=Han})/gu

const entities: Readonly<Record<string, string>> = {
  middot: '·',
  centerdot: '·',
  sdot: '·',
  bull: '·',
  nbsp: ' ',
}
const decode = (text: string) =>
  text.replace(
    /&(?:#(x?)([0-9a-f]{1,6})|([a-z]+));/gi,
    (whole, hex: string | undefined, code?: string, name?: string) =>
      name === undefined
        ? String.fromCodePoint(Math.min(Number.parseInt(code ?? '', hex ? 16 : 10) || 0xfffd, 0x10ffff))
        : (entities[name.toLowerCase()] ?? whole),
  )

/** Chinese and minority names; the middle dot is written in many ways and kept as one. */
export function readName(cell: string): Value | Failure {
  if (cell.length > 60) return unreadable
  let plain = true
  for (let i = 0; i < cell.length; i++) {
    const code = cell.charCodeAt(i)
    if (code < 0x4e00 || code > 0x9fff) plain = false
  }
  if (plain) return cell.length > 40 ? unreadable : cell
  const dotted = decode(cell).replace(dots, '·')
  if (dotted.length > 40 || lost.test(dotted)) return unreadable
  // Spaces inside are padding of two-letter names (张 伟) unless the name is written in letters.
  return /[a-z]/i.test(dotted) ? dotted : dotted.replaceAll(' ', '')
}

/** The name beside a number that finds its person: one that cannot be read sends the row to a person, not back. */
export function readMatchName(cell: string): Value | Failure {
  const name = readName(cell)
  return name === unreadable ? unreadableName : name
}
