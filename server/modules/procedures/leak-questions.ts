import { oneOf, type Questions } from '#server/manifest/leak-questions.ts'

/** What the search for leaks asks of the routes of this module. */
export const proceduresQuestions = {
  'visits.decide': (pick, whose) => ({ id: pick.made('visit', whose), decisions: [] }),
  'cases.list': (pick, whose) =>
    oneOf(pick, [
      () => ({}),
      () => ({ area: pick.division(whose) }),
      () => ({ household: pick.household(whose) }),
      () => ({ state: ['running', 'entered'], overdue: true }),
    ]),
  'cases.get': (pick, whose) => ({ id: pick.made('case', whose) }),
  'cases.step': (pick, whose) => ({ id: pick.made('case', whose), input: { step: 'compare' } }),
  'cases.explainFlag': (pick, whose) => ({
    id: pick.made('case', whose),
    flag: pick.clue('absent'),
    explanation: '试',
  }),
  'cases.decideFlag': (pick, whose) => ({
    id: pick.made('case', whose),
    flag: pick.clue('absent'),
    decision: 'accepted',
    reason: '试',
  }),
  'cases.object': (pick, whose) => ({ id: pick.made('case', whose), by: '试', text: '试' }),
  'cases.answerObjection': (pick, whose) => ({
    id: pick.made('case', whose),
    objection: pick.clue('absent'),
    outcome: 'dismissed',
    finding: '试',
  }),
  'cases.drop': (pick, whose) => ({
    id: pick.made('case', whose === 'own' ? 'absent' : whose),
    reason: '试',
  }),
  'cases.pause': (pick, whose) => ({
    id: pick.made('case', whose === 'own' ? 'absent' : whose),
    pause: true,
    reason: '试',
  }),
  'cases.greenChannel': (pick, whose) => ({
    id: pick.made('case', whose === 'own' ? 'absent' : whose),
    reason: '试',
  }),
  'cases.resolve': (pick, whose) => ({ household: pick.household(whose), way: 'helped', dryRun: true }),
  'cases.publicList': (pick, whose) =>
    oneOf(pick, [
      () => ({ kind: 'identification', step: 'publicity' }),
      () => ({ kind: 'identification', step: 'publicity', area: pick.division(whose) }),
    ]),
} as const satisfies Questions
