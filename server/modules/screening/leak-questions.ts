import type { Questions } from '#server/manifest/leak-questions.ts'

/** What the search for leaks asks of the routes of this module. */
export const screeningQuestions = {
  'policy.get': () => ({}),
} as const satisfies Questions
