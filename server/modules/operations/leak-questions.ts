import type { Questions } from '#server/manifest/leak-questions.ts'

/** What the search for leaks asks of the routes of this module. */
export const operationsQuestions = {
  'operations.get': () => undefined,
} as const satisfies Questions
