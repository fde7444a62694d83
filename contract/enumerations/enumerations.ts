import { departmentEnumerations } from './department-enumerations.ts'
import type { EnumerationTerm } from './enumeration-term.ts'
import { registryEnumerations } from './registry-enumerations.ts'

/** Every enumeration of the registry and the departments, as code ↔ Chinese and English. Stored is always the code. */
export const enumerations = { ...registryEnumerations, ...departmentEnumerations } as const

export type EnumerationName = keyof typeof enumerations

/** The codes of one enumeration: `Code<'visitKind'>` is `'inpatient' | 'outpatient' | 'chronic-outpatient'`. */
export type Code<Name extends EnumerationName> = Extract<keyof (typeof enumerations)[Name], string>

/** The terms of one enumeration in their order, as pairs of code and term. */
export function termsOf(name: EnumerationName): [string, EnumerationTerm][] {
  return Object.entries(enumerations[name])
}

/** The label of a code; a code that the enumeration does not know comes back as it is. */
export function labelOf(name: EnumerationName, code: string, language: 'zh' | 'en' = 'zh'): string {
  const terms: Record<string, EnumerationTerm> = enumerations[name]
  return terms[code]?.[language] ?? code
}
