import { oneOf, type Questions } from '#server/manifest/leak-questions.ts'

/** What the search for leaks asks of the routes of this module. */
export const workbenchQuestions = {
  'workbench.get': (pick) =>
    oneOf(pick, [
      () => ({}),
      () => ({ group: 'waiting', size: 200 }),
      () => ({ group: 'escalated', size: 200 }),
    ]),
  'workbench.reminder': () => undefined,
  'workbench.ladder': (pick, whose) => oneOf(pick, [() => ({}), () => ({ area: pick.division(whose) })]),
  'workbench.tasks': (pick, whose) =>
    oneOf(pick, [() => ({ size: 200 }), () => ({ area: pick.division(whose) }), () => ({ overdue: true })]),
  'workbench.reminders': (pick, whose) => oneOf(pick, [() => ({}), () => ({ area: pick.division(whose) })]),
} as const satisfies Questions
