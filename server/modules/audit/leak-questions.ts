import { leftAlone, oneOf, type Questions } from '#server/manifest/leak-questions.ts'

/** What the search for leaks asks of the routes of this module. */
export const auditQuestions = {
  'audit.list': (pick, whose) =>
    oneOf(pick, [() => ({}), () => ({ household: pick.household(whose) }), () => ({ action: ['clues'] })]),
  'audit.get': (pick) => ({ id: 1 + pick.number(500) }),
  'audit.chain': () => undefined,
  'audit.verify': leftAlone('works through the whole audit'),
  'audit.alarms': () => ({}),
  'audit.acknowledge': (pick, whose) => ({ id: pick.made('alarm', whose), reason: '试' }),
} as const satisfies Questions
