import { oneOf, type Questions } from '#server/manifest/leak-questions.ts'

/** What the search for leaks asks of the routes of this module. */
export const searchQuestions = {
  'search.find': (pick, whose) =>
    oneOf(pick, [
      () => ({ q: pick.search(whose) }),
      () => ({ q: pick.householdNumber(whose) }),
      () => ({ q: String(pick.division(whose)) }),
      () => ({
        q: oneOf(pick, [() => '户', () => '员', () => 'h', () => 'hu', () => '34', () => '村', () => '.']),
      }),
    ]),
} as const satisfies Questions
