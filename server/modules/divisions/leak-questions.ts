import type { Questions } from '#server/manifest/leak-questions.ts'

/** What the search for leaks asks of the routes of this module. */
export const divisionsQuestions = {
  'divisions.get': (pick, whose) => ({ code: pick.division(whose) }),
} as const satisfies Questions
