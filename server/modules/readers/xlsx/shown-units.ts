import { moneyUnits, yuan } from '#contract/feeds/money-units.ts'
import { numberText } from '../cells.ts'

/** A number as its cell shows it, where that says more of money than the number: `1.86` formatted `0.00"万元"` is 1.86万元. */
export type ShownUnit = (raw: string) => string | undefined

interface Section {
  applies: ((value: number) => boolean) | undefined
  text: ((number: string) => string) | undefined
}

const powers: Readonly<Record<string, number>> = { 十: 1, 百: 2, 千: 3, 万: 4, 亿: 8 }
const foreign =
  /[$€£₩₽]|(?<![A-Z])(?:USD|HKD|EUR|JPY|GBP|MOP|TWD|KRW|AUD|CAD|SGD)(?![A-Z])|[美港欧日英]元|美金|英镑/
const known = new Map<string, ShownUnit | undefined>()

/**
 * What a number format adds: a unit in words (`"万元"`), less what the format divides by (a comma behind the digits by a thousand, a point
 * that is only drawn by ten for each digit behind it), or a currency of another country. A ¥ says nothing of the unit.
 */
export function shownUnitOf(format: string): ShownUnit | undefined {
  if (!/[元圆百千万亿$€£₩₽%]|[A-Z]{3}|美金|英镑/.test(format)) return undefined
  if (!known.has(format) && known.size < 10_000) known.set(format, compile(format))
  return known.get(format)
}

function compile(format: string): ShownUnit | undefined {
  const sections = sectionsOf(format).map(sectionOf)
  if (sections.every(({ text }) => text === undefined)) return undefined
  const byCondition = sections.some(({ applies }) => applies !== undefined)
  return (raw) => {
    const value = Number(raw)
    if (Number.isNaN(value)) return undefined
    const place = value > 0 || sections.length === 1 ? 0 : value < 0 ? 1 : Math.min(2, sections.length - 1)
    const chosen = byCondition
      ? (sections.find(({ applies }) => applies?.(value)) ?? sections.find(({ applies }) => !applies))
      : (sections[value === 0 && sections.length === 2 ? 0 : place] ?? sections[0])
    return chosen?.text?.(numberText(raw))
  }
}

/** Parts for more, less than nothing and 0; a `;` within quotes separates none. */
function sectionsOf(format: string): string[] {
  return format.match(/(?:"[^"]*"|\\.|!.|\[[^\]]*\]|[^;])+/g) ?? []
}

/** What stands in a section, letter by letter: places of digits (`0`), points and commas as they are, all else as text. */
interface Part {
  kind: 'digit' | 'point' | 'comma' | 'text'
  text: string
}

function sectionOf(section: string): Section {
  const applies = conditionOf(section)
  const parts = partsOf(section)
  const first = parts.findIndex(({ kind }) => kind === 'digit')
  const last = parts.findLastIndex(({ kind }) => kind === 'digit')
  const pattern = section.replace(/"[^"]*"|\[[^\]]*\]/g, '')
  if (first < 0 || /e[+-]/i.test(pattern)) return { applies, text: undefined }
  if (pattern.includes('%'))
    return { applies, text: (number) => `${numberText(String(Number(number) * 100))}%` }
  const before = textOf(parts.slice(0, first))
  const behind = textOf(parts.slice(last + 1))
  const currency = foreign.exec(before) ?? foreign.exec(behind)
  if (currency) return { applies, text: (number) => `${currency[0]}${number}` }
  const unit = /^(?:人民币)?([十百千万亿]*)([元圆]整?|(?<=[百千万亿]))(.*)$/.exec(behind)
  if (!unit) return { applies, text: undefined }
  // 万人, 百分: no money.
  if (unit[2] === '' && unit[3] !== '') return { applies, text: undefined }
  const power = [...(unit[1] ?? '')].reduce((sum, letter) => sum + (powers[letter] ?? 0), 0)
  const left = power - dividedBy(parts, first, last)
  const name = moneyUnits[yuan + left]
  return {
    applies,
    text: (number) => (name === undefined ? `${number}?${behind}` : `${number}${name}${unit[3]}`),
  }
}

const textOf = (parts: readonly Part[]) =>
  parts
    .map(({ kind, text }) => (kind === 'text' ? text : ''))
    .join('')
    .replace(/\s/g, '')

/** Places by which the shown number is smaller than the stored one. */
function dividedBy(parts: readonly Part[], first: number, last: number): number {
  let commas = 0
  for (let at = last + 1; parts[at]?.kind === 'comma'; at++) commas++
  const inner = parts.slice(first, last + 1)
  const drawn = inner.findIndex(({ kind, text }) => kind === 'text' && text === '.')
  const hasPoint = inner.some(({ kind }) => kind === 'point')
  const behind = drawn < 0 || hasPoint ? 0 : inner.slice(drawn).filter(({ kind }) => kind === 'digit').length
  return commas * 3 + behind
}

function partsOf(section: string): Part[] {
  const tokens = section.match(/"[^"]*"|\\.|!.|_.|\*.|\[[^\]]*\]|General|G\/通用格式|./gis) ?? []
  return tokens.flatMap((token): Part[] => {
    if (/^[_*]./.test(token)) return []
    if (token.startsWith('[')) {
      const symbol = /^\[\$([^\]-]*)/.exec(token)?.[1]
      return symbol ? [{ kind: 'text', text: symbol }] : []
    }
    if (/^(?:general|g\/通用格式|[0#?])$/i.test(token)) return [{ kind: 'digit', text: '0' }]
    if (token === '.') return [{ kind: 'point', text: token }]
    if (token === ',') return [{ kind: 'comma', text: token }]
    return [{ kind: 'text', text: token.replace(/^"|"$|^[\\!]/g, '') }]
  })
}

function conditionOf(section: string): Section['applies'] {
  const found = /\[(<=|>=|<>|<|>|=)(-?[\d.]+)\]/.exec(section)
  if (!found) return undefined
  const limit = Number(found[2])
  const tests: Record<string, (value: number) => boolean> = {
    '<': (value) => value < limit,
    '>': (value) => value > limit,
    '<=': (value) => value <= limit,
    '>=': (value) => value >= limit,
    '=': (value) => value === limit,
    '<>': (value) => value !== limit,
  }
  return tests[found[1] ?? '']
}
