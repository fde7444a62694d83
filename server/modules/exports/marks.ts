/** Four characters of no width: two bits each. None of them is read as a space, so that trimming leaves them. */
const digits = ['\u200b', '\u200c', '\u200d', '\u2060']
const serialDigits = 16
const checkDigits = 4
const hidden = new RegExp(`[${digits.join('')}]{${serialDigits + checkDigits}}`, 'g')

/** The serial of an export as characters that are not seen: 32 bits and a check of 8. Copied rows carry it with them. */
export function hiddenMark(serial: number): string {
  if (!Number.isSafeInteger(serial) || serial < 0 || serial >= 2 ** 32)
    throw new RangeError(`serial ${serial}`)
  return write(serial, serialDigits) + write(checkOf(serial), checkDigits)
}

/** Serials whose marks stand in a text, the most frequent first; what only looks like a mark is left out. */
export function findMarks(text: string): { serial: number; times: number }[] {
  const found = new Map<number, number>()
  for (const [mark] of text.matchAll(hidden)) {
    const serial = read(mark.slice(0, serialDigits))
    if (read(mark.slice(serialDigits)) === checkOf(serial)) found.set(serial, (found.get(serial) ?? 0) + 1)
  }
  return [...found].map(([serial, times]) => ({ serial, times })).toSorted((a, b) => b.times - a.times)
}

/** The number as people read it, with a check digit: `E000123-4`. */
export function exportNumber(serial: number): string {
  return `E${String(serial).padStart(6, '0')}-${checkOf(serial) % 10}`
}

/** Numbers as people read them, found in a text. */
export function findNumbers(text: string): number[] {
  const serials = [...text.matchAll(/E(\d{6,})-(\d)/g)].map(
    ([, serial, check]) => [Number(serial), Number(check)] as const,
  )
  return [
    ...new Set(serials.filter(([serial, check]) => checkOf(serial) % 10 === check).map(([serial]) => serial)),
  ]
}

function checkOf(serial: number): number {
  let check = 0x5a
  for (let i = 0; i < 4; i++) check = ((check << 1) ^ (check >> 7) ^ ((serial >>> (i * 8)) & 0xff)) & 0xff
  return check
}

function write(value: number, length: number): string {
  return Array.from({ length }, (_, i) => digits[Math.floor(value / 4 ** (length - 1 - i)) % 4]).join('')
}

function read(mark: string): number {
  return [...mark].reduce((sum, digit) => sum * 4 + digits.indexOf(digit), 0)
}
