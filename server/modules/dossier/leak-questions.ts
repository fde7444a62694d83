import { oneOf, type Questions } from '#server/manifest/leak-questions.ts'

/** What the search for leaks asks of the routes of this module. */
export const dossierQuestions = {
  'households.list': (pick, whose) =>
    oneOf(pick, [
      () => ({}),
      () => ({ area: pick.division(whose) }),
      () => ({ q: pick.search(whose) }),
      () => ({ category: ['stable'], size: 200 }),
      () => ({ finding: 'size', size: 200 }),
    ]),
  'households.findings': (pick, whose) => oneOf(pick, [() => ({}), () => ({ area: pick.division(whose) })]),
  'households.get': (pick, whose) => ({ ref: pick.household(whose) }),
} as const satisfies Questions
