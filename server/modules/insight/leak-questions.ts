import type { Questions } from '#server/manifest/leak-questions.ts'

/** What the search for leaks asks of the routes of this module. */
export const insightQuestions = {
  'overview.get': (pick, whose) => (pick.number(2) ? {} : { area: pick.division(whose) }),
} as const satisfies Questions
