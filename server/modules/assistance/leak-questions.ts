import { oneOf, type Questions } from '#server/manifest/leak-questions.ts'

/** What the search for leaks asks of the routes of this module. */
export const assistanceQuestions = {
  'plans.list': (pick, whose) =>
    oneOf(pick, [
      () => ({}),
      () => ({ area: pick.division(whose), size: 200 }),
      () => ({ lacking: true }),
      () => ({ lack: 'first-measure' }),
    ]),
  'plans.get': (pick, whose) => ({ ref: pick.household(whose) }),
  'plans.add': (pick, whose) => ({
    plan: pick.made('plan', whose),
    type: 'health',
    title: '试',
    person: pick.number(2) ? pick.person(whose) : null,
    responsible: '试',
    startsOn: '2020-03-10',
    endsOn: null,
    moneyFen: null,
  }),
  'plans.change': (pick, whose) => ({ id: pick.made('measure', whose), effect: '试' }),
} as const satisfies Questions
