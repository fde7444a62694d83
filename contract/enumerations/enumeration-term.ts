/** One value of an enumeration: labels both ways, what else the departments write for it, the national system's code. */
export interface EnumerationTerm {
  zh: string
  en: string
  accept?: readonly string[]
  national?: string
}
