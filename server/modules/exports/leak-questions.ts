import type { Questions } from '#server/manifest/leak-questions.ts'

/** What the search for leaks asks of the routes of this module. */
export const exportsQuestions = {
  'exports.request': (pick, whose) => ({
    kind: 'clues',
    filter: { clues: { area: pick.division(whose) } },
    purpose: '核对数据',
  }),
  'exports.more': () => ({ purpose: '继续核对' }),
  'exports.list': () => ({}),
  'exports.get': (pick, whose) => ({ id: pick.made('export', whose) }),
  'exports.decide': (pick, whose) => ({ id: pick.made('export', whose), approve: false, reason: '试' }),
} as const satisfies Questions
