import { oneOf, type Questions } from '#server/manifest/leak-questions.ts'

/** What the search for leaks asks of the routes of this module. */
export const classificationQuestions = {
  'categories.summary': (pick, whose) => (pick.number(2) ? {} : { area: pick.division(whose) }),
  'categories.reconcile': (pick, whose) => ({
    area: pick.division(whose),
    from: '2019-09-01',
    to: '2020-03-10',
  }),
  'categories.spells': (pick, whose) =>
    oneOf(pick, [
      () => ({}),
      () => ({ area: pick.division(whose), risk: ['open'] }),
      () => ({ grade: 'yellow', size: 200 }),
      () => ({ change: 'in', from: '2019-09-01', to: '2020-03-10', area: pick.division(whose) }),
    ]),
} as const satisfies Questions
