import { widenIdNumber } from '#server/platform/id-number.ts'

/** What a person typed into the search box, told apart by its shape. */
export type SearchTerm =
  | { by: 'id-number'; index: string }
  | { by: 'household-number'; prefix: string }
  | { by: 'pinyin'; prefix: string }
  | { by: 'name'; prefix: string }

/** ID numbers are looked up whole, by their blind index; everything else by its beginning. Undefined when nothing is asked. */
export function searchTerm(text: string, blindIndex: (idNumber: string) => string): SearchTerm | undefined {
  const asked = text.normalize('NFKC').replace(/\s+/g, '')
  if (asked === '') return undefined
  const upper = asked.toUpperCase()
  if (/^\d{17}[\dX]$/.test(upper)) return { by: 'id-number', index: blindIndex(upper) }
  if (/^\d{15}$/.test(upper) && isBirth(upper.slice(6, 12)))
    return { by: 'id-number', index: blindIndex(widenIdNumber(upper)) }
  // Disability certificates begin with the holder's ID number.
  if (/^\d{17}[\dX][1-7][1-4]/.test(upper)) return { by: 'id-number', index: blindIndex(upper.slice(0, 18)) }
  if (/^\d+$/.test(asked)) return { by: 'household-number', prefix: asked }
  if (/^[a-z]+$/i.test(asked)) return { by: 'pinyin', prefix: asked.toLowerCase() }
  return { by: 'name', prefix: asked }
}

const isBirth = (yymmdd: string) => Number(yymmdd.slice(2, 4)) <= 12 && Number(yymmdd.slice(4)) <= 31
