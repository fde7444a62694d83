import { oneOf, type Questions } from '#server/manifest/leak-questions.ts'

/** What the search for leaks asks of the routes of this module. */
export const visitsQuestions = {
  'visits.due': (pick, whose) =>
    oneOf(pick, [
      () => ({}),
      () => ({ area: pick.division(whose) }),
      () => ({ area: pick.division(whose), grade: 'red' }),
    ]),
  'visits.dueSums': (pick, whose) => oneOf(pick, [() => ({}), () => ({ area: pick.division(whose) })]),
  'visits.planDue': (pick, whose) => ({ households: [pick.household(whose === 'own' ? 'absent' : whose)] }),
  'visits.list': (pick) => oneOf(pick, [() => ({}), () => ({ mine: true }), () => ({ state: ['reported'] })]),
  'visits.get': (pick, whose) => ({ id: pick.made('visit', whose) }),
  'visits.visitors': (pick, whose) => ({ clue: pick.clue(whose) }),
  'visits.assign': (pick, whose) => ({
    clues: [pick.clue(whose)],
    visitor: pick.account(whose),
    dryRun: true,
  }),
  'visits.plan': (pick, whose) => ({
    household: pick.household(whose === 'own' ? 'absent' : whose),
    purpose: 'routine',
    visitor: pick.account(whose),
    dueOn: '2020-03-20',
  }),
  'visits.report': (pick, whose) => ({
    id: pick.made('visit', whose === 'own' ? 'absent' : whose),
    version: 1,
    report: '018f0000-0000-7000-8000-000000000002',
    startedAt: '2020-03-10T01:00:00Z',
    endedAt: '2020-03-10T02:00:00Z',
    secondVisitor: '试',
    met: null,
    items: [{ item: 'food', result: 'good' }],
    incomePerHeadFen: null,
    rigidSpendingFen: null,
    findings: [],
    position: null,
    photos: [],
    signatures: [],
  }),
  'visits.cancel': (pick, whose) => ({
    id: pick.made('visit', whose === 'own' ? 'absent' : whose),
    reason: '试',
  }),
} as const satisfies Questions
