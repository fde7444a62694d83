import { widenIdNumber } from '#server/platform/id-number.ts'
import { kindByShape } from '#server/platform/people/documents.ts'
import { type Spelling, spellingsOf } from '#server/platform/people/spelling.ts'

/** What a person typed into the search box, recognised by its shape. */
export type SearchTerm =
  | { by: 'id-number'; index: string }
  | { by: 'household-number'; prefix: string }
  | { by: 'pinyin'; prefix: string; spellings: Spelling[] }
  | { by: 'name'; prefix: string }

/** ID numbers are looked up whole, by their blind index; everything else by its beginning. Undefined for an empty search. */
export function searchTerm(text: string, blindIndex: (idNumber: string) => string): SearchTerm | undefined {
  const term = text.normalize('NFKC').replace(/\s+/g, '')
  if (term === '') return undefined
  const upper = term.toUpperCase()
  if (/^\d{17}[\dX]$/.test(upper)) return { by: 'id-number', index: blindIndex(upper) }
  if (/^\d{15}$/.test(upper) && isBirth(upper.slice(6, 12)))
    return { by: 'id-number', index: blindIndex(widenIdNumber(upper)) }
  // Disability certificates begin with the person's ID number.
  if (/^\d{17}[\dX][1-7][1-4]/.test(upper)) return { by: 'id-number', index: blindIndex(upper.slice(0, 18)) }
  // Passports, permits and cards of foreigners: letters and digits that are nobody's initials.
  if (/[A-Z]\d/.test(upper) && kindByShape(upper) !== undefined)
    return { by: 'id-number', index: blindIndex(upper) }
  if (/^\d+$/.test(term)) return { by: 'household-number', prefix: term }
  if (/^[a-z]+$/i.test(term)) {
    const prefix = term.toLowerCase()
    return { by: 'pinyin', prefix, spellings: spellingsOf(prefix) }
  }
  return { by: 'name', prefix: term }
}

const isBirth = (yymmdd: string) => Number(yymmdd.slice(2, 4)) <= 12 && Number(yymmdd.slice(4)) <= 31
