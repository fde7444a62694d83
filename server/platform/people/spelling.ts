import { pinyin } from 'pinyin-pro'

/** One way to read what somebody typed in pinyin: by place of a name, the characters it may be; null where a letter alone was typed. */
export interface Spelling {
  initials: string
  letters: (string[] | null)[]
}

/** Longer than any name, and enough ways to read one. */
const mostSyllables = 6
const longestSyllable = 6
const mostSpellings = 4

/**
 * 张伟 is found by `zhangwei`, `zhangw` and `zhang`: syllables, the last of which may be begun, then initials. What can be read in
 * several ways is: `xian` as 先 and as 西安. Initials alone are no spelling; empty where nothing can be read.
 */
export function spellingsOf(typed: string): Spelling[] {
  if (typed.length > mostSyllables * longestSyllable) return []
  const found: string[][] = []
  const read = (rest: string, before: string[]) => {
    if (found.length === mostSpellings || before.length > mostSyllables) return
    if (rest === '') {
      found.push(before)
      return
    }
    for (let length = Math.min(rest.length, longestSyllable); length > 1; length--) {
      const part = rest.slice(0, length)
      if (length === rest.length ? begins(part) : bySyllable().has(part))
        read(rest.slice(length), [...before, part])
    }
    const isTail = before.length > 0 && rest.length + before.length <= mostSyllables
    if (isTail && [...rest].every(begins)) found.push([...before, ...rest])
  }
  read(typed, [])
  return found.map((parts) => ({
    initials: parts.map((part) => part.slice(0, 1)).join(''),
    letters: parts.map((part, i) => (part.length === 1 ? null : charactersOf(part, i === parts.length - 1))),
  }))
}

/** `lq` → the characters that begin with l, then those with q: for names that are kept without their initials. */
export function initialsAsCharacters(typed: string): string[][] {
  return [...typed].map((letter) => charactersOf(letter, true))
}

const begins = (part: string) => [...bySyllable().keys()].some((syllable) => syllable.startsWith(part))

function charactersOf(part: string, isBegun: boolean): string[] {
  if (!isBegun) return bySyllable().get(part) ?? []
  return [
    ...new Set(
      [...bySyllable()].flatMap(([syllable, letters]) => (syllable.startsWith(part) ? letters : [])),
    ),
  ]
}

let known: Map<string, string[]> | undefined

/** The 6,763 characters of GB 2312 by every reading, made when somebody first types pinyin. */
function bySyllable(): Map<string, string[]> {
  if (known) return known
  known = new Map()
  for (const letter of commonCharacters()) {
    // Some are sighs without a vowel, which no name is.
    const readings = pinyin(letter, { toneType: 'none', multiple: true, v: true, type: 'array' })
    for (const reading of readings.filter((one) => /^(?=.*[aeiouv])[a-z]+$/.test(one)))
      known.set(reading, [...(known.get(reading) ?? []), letter])
  }
  return known
}

function commonCharacters(): string[] {
  const bytes: number[] = []
  for (let row = 0xb0; row <= 0xf7; row++) for (let cell = 0xa1; cell <= 0xfe; cell++) bytes.push(row, cell)
  return [...new TextDecoder('gb18030').decode(new Uint8Array(bytes))].filter((letter) =>
    /\p{Script=Han}/u.test(letter),
  )
}
