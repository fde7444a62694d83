import { foreignCurrency, readUnitWord, type UnitWord } from './unit-words.ts'

/** Brackets of every kind people use, once NFKC has made full-width ones narrow. */
const bracketed = /[([{【〔〖〈《<「『]([^()[\]{}【】〔〕〖〗〈〉《》<>「」『』]*)[)\]}】〕〗〉》>」』]/g
const behindMark = /(?:[:,、_\-—–/|]|单位)\s*([^:,、_\-—–/|()]{1,8})$/
const behindName = /(?<!\d)((?:人民币|RMB|CNY)?[十拾百佰千仟万萬亿億]+[元圆]|人民币元?|RMB|CNY|¥)$/i
const label = /^(?:(?:金额|货币|计量|计价)?单位|币种)[:为是]?/

/**
 * What the header of a money column says of its unit, in brackets, behind a mark or at its end: `医疗费总额（万元）`, `总额:万元`,
 * `工资 单位：千元`. A header joined of several rows says what its rows say.
 */
export function unitWordsOf(header: string): UnitWord[] {
  const found: UnitWord[] = []
  for (const part of header.normalize('NFKC').split('›')) found.push(...wordsOfPart(part))
  return found
}

function wordsOfPart(part: string): UnitWord[] {
  const found: UnitWord[] = []
  for (const [, inside = ''] of part.matchAll(bracketed)) {
    for (const piece of inside.replace(label, '').split(/[、,;]/)) {
      const word = readUnitWord(piece.replace(label, ''), true)
      if (word) found.push(word)
    }
  }
  const rest = part.replace(bracketed, '').trim()
  const tail = behindMark.exec(rest)?.[1] ?? behindName.exec(rest)?.[1]
  const word = tail === undefined ? undefined : readUnitWord(tail.replace(label, ''), true)
  if (word) found.push(word)
  const currency = foreignCurrency(rest)
  if (currency !== undefined && !found.some((one) => 'foreign' in one)) found.push({ foreign: currency })
  return found
}

/** The header without what it says of units; `医疗费总额（万元）` and `医疗费总额：万元` are `医疗费总额`. */
export function withoutUnit(header: string): string {
  const text = header.normalize('NFKC')
  const bare = text.replace(bracketed, (whole, inside: string) =>
    readUnitWord(inside.replace(label, ''), true) || label.test(inside) ? '' : whole,
  )
  const tail = behindMark.exec(bare) ?? behindName.exec(bare)
  return tail?.[1] !== undefined && readUnitWord(tail[1].replace(label, ''), true)
    ? bare.slice(0, tail.index)
    : bare
}

export type HeaderUnit =
  | { digits: number | undefined }
  | { problem: 'unit-contradictory' | 'unit-unknown' | 'currency-foreign'; text: string }

/** The one unit of a money column's header; undefined digits where it says nothing. */
export function unitOfHeader(header: string): HeaderUnit {
  return oneUnit(unitWordsOf(header), header)
}

export function oneUnit(words: readonly UnitWord[], text: string): HeaderUnit {
  const digits = new Set<number>()
  for (const word of words) {
    if ('foreign' in word) return { problem: 'currency-foreign', text }
    if ('unknown' in word) return { problem: 'unit-unknown', text }
    digits.add(word.digits)
  }
  if (digits.size > 1) return { problem: 'unit-contradictory', text }
  return { digits: [...digits][0] }
}
