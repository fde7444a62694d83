import { pinyin } from 'pinyin-pro'

/** Surnames of two characters that are read otherwise than the characters by themselves. */
const readAsOne: Record<string, string> = { 尉迟: 'yc', 单于: 'cy', 长孙: 'zs', 万俟: 'mq', 澹台: 'tt' }

/**
 * 张伟 → `zw`; used to search names by initials. Character by character, each looked up once: a whole name takes the
 * dictionary 100 µs, which is most of the time of a registry file.
 */
export function pinyinInitials(name: string): string {
  const head = name.slice(0, 2)
  const known = readAsOne[head]
  let initials = known ?? ''
  const letters = [...(known === undefined ? name : name.slice(2))]
  for (const [i, letter] of letters.entries())
    initials += known === undefined && i === 0 ? surname(letter) : givenName(letter)
  return initials
}

const surname = initialBy({ surname: 'head' })
const givenName = initialBy({})

function initialBy(options: { surname?: 'head' }): (letter: string) => string {
  const found = new Map<string, string>()
  return (letter) => {
    let initial = found.get(letter)
    if (initial === undefined) {
      initial = pinyin(letter, { pattern: 'first', toneType: 'none', ...options }).toLowerCase()
      found.set(letter, initial)
    }
    return initial
  }
}

/** `341221********0019`: division prefix and the last four stay readable. */
export function maskIdNumber(idNumber: string): string {
  return `${idNumber.slice(0, 6)}********${idNumber.slice(-4)}`
}

/** `622848********1234`; shorter ones show their last four alone. */
export function maskBankCard(card: string): string {
  return card.length >= 12 ? `${card.slice(0, 6)}********${card.slice(-4)}` : `****${card.slice(-4)}`
}

/** 张* or 张*明: for pages that more than those concerned may read. */
export function maskName(name: string): string {
  const letters = [...name]
  const last = letters.length > 2 ? (letters.at(-1) ?? '') : ''
  return `${letters[0] ?? ''}*${last}`
}

/** `341***********0019`, as public lists show it. */
export function publicIdNumber(idNumber: string): string {
  return `${idNumber.slice(0, 3)}***********${idNumber.slice(-4)}`
}

/** Hides every run of 11 to 19 digits in a text, which may be an ID number, a telephone or a bank card. */
export function maskNumbers(text: string): string {
  return text.replaceAll(/\d{10,18}[\dXx]/g, (digits) => `${digits.slice(0, 3)}****${digits.slice(-4)}`)
}

/** The same for every text inside a value; numbers, such as division codes, stay. */
export function maskTexts(value: unknown): unknown {
  if (typeof value === 'string') return maskNumbers(value)
  if (Array.isArray(value)) return value.map(maskTexts)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, maskTexts(inner)]))
}

export function maskPhone(phone: string): string {
  return `${phone.slice(0, 3)}****${phone.slice(-4)}`
}

const mostNameBytes = 180

/**
 * The name of a file as it may be kept, shown and given back: the last part of a path, without controls, marks that turn the
 * direction of writing or take no place (`\u202e`), and signs no file system takes; cut to what one keeps, its ending saved.
 */
export function cleanFileName(name: string): string {
  const whole = name
    .toWellFormed()
    .normalize('NFC')
    .replace(/^.*[\\/]/s, '')
    .replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\ufffd]/gu, '')
    .replaceAll(/[<>:"|?*]/g, '_')
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/^[ .]+|[ .]+$/g, '')
  const [ending = ''] = /\.[^.]{1,12}$/.exec(whole) ?? []
  const stem = ending ? whole.slice(0, -ending.length) : whole
  let kept = ''
  let bytes = Buffer.byteLength(ending)
  for (const letter of stem) {
    bytes += Buffer.byteLength(letter)
    if (bytes > mostNameBytes) break
    kept += letter
  }
  return `${kept.trimEnd() || '未命名'}${ending}`
}
