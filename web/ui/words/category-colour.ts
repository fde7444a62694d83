import type { HouseholdCategory } from '#contract/registry/households.ts'

/** One tone for each category, quieter than the colours of risk. */
export const categoryColour: Record<HouseholdCategory, string> = {
  unrelieved: '#c98b86',
  unstable: '#e0b080',
  marginal: '#e3cf8e',
  'sudden-hardship': '#d99a6c',
  stable: '#8fbfb8',
  ordinary: '#cfd5db',
}
