import { isDay } from '#contract/days.ts'

const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
const checkDigits = '10X98765432'

/** What people type becomes what is meant: wide digits, blanks and a small x. */
export function cleanNumber(text: string): string {
  return text
    .normalize('NFKC')
    .replaceAll(/[\s\-_.]/g, '')
    .toUpperCase()
}

/** What is wrong with an ID number, for somebody who holds the card in the hand; undefined when it is sound (GB 11643). */
export function faultOfIdNumber(
  id: string,
): 'idMissing' | 'idCharacters' | 'idLength' | 'idCheck' | undefined {
  if (id === '') return 'idMissing'
  if (!/^\d*X?$/.test(id)) return 'idCharacters'
  if (id.length !== 18) return 'idLength'
  let sum = 0
  for (const [i, weight] of weights.entries()) sum += Number(id[i]) * weight
  const born = `${id.slice(6, 10)}-${id.slice(10, 12)}-${id.slice(12, 14)}`
  return checkDigits[sum % 11] === id[17] && isDay(born) ? undefined : 'idCheck'
}

/** `341221 1970 0101 0010`: as one reads it aloud. */
export function inGroups(id: string): string {
  return [id.slice(0, 6), id.slice(6, 10), id.slice(10, 14), id.slice(14)].filter(Boolean).join(' ')
}
