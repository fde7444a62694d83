import { oneOf, type Questions } from '#server/manifest/leak-questions.ts'

/** What the search for leaks asks of the routes of this module. */
export const cluesQuestions = {
  'clues.list': (pick, whose) =>
    oneOf(pick, [
      () => ({}),
      () => ({ area: pick.division(whose) }),
      () => ({ q: pick.search(whose) }),
      () => ({ level: ['red'], sort: 'name', size: 200 }),
      () => ({ state: ['new', 'dispatched', 'cleared'], overdue: true }),
    ]),
  'clues.get': (pick, whose) => ({ id: pick.clue(whose) }),
  'clues.dispatch': (pick, whose) => ({
    ids: [pick.clue(whose), pick.clue('own')],
    to: 'village',
    deadlineWorkingDays: 3,
    dryRun: true,
  }),
  'clues.withdraw': (pick, whose) => ({ ids: [pick.clue(whose)], reason: '试' }),
  'clues.recall': (pick, whose) => ({ ids: [pick.clue(whose)], reason: '试' }),
  'clues.report': (pick, whose) => ({
    household: pick.household(whose === 'own' ? 'absent' : whose),
    cause: 'illness',
    text: '试',
    request: '018f0000-0000-7000-8000-000000000001',
  }),
} as const satisfies Questions
