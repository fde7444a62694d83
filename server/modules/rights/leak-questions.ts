import { leftAlone, type Questions } from '#server/manifest/leak-questions.ts'

/** What the search for leaks asks of the routes of this module. */
export const rightsQuestions = {
  'letters.own': () => undefined,
  'keys.list': () => undefined,
  'keys.rotate': leftAlone('changes the keys of the whole installation'),
  'secrets.reveal': (pick, whose) => ({
    ref: pick.household(whose),
    field: 'id-number',
    person: pick.person(whose),
    purpose: 'verify-identity',
  }),
  'breakGlass.open': (pick) => ({
    number: pick.householdNumber('absent'),
    reason: '核对跨县搬迁的一户',
    minutes: 5,
  }),
  'breakGlass.list': () => ({}),
  'breakGlass.end': (pick, whose) => ({ id: pick.made('break-glass', whose) }),
  'breakGlass.review': (pick, whose) => ({ id: pick.made('break-glass', whose), remark: '试' }),
  'ownRecord.get': () => undefined,
  'ownRecord.correct': () => ({ what: '人口数', wanted: '四人' }),
  'ownRecord.authorise': () => ({ scopes: ['bank'], consent: true }),
  'corrections.list': () => ({}),
  'corrections.get': (pick, whose) => ({ id: pick.made('correction', whose) }),
  'corrections.assign': (pick, whose) => ({
    id: pick.made('correction', whose),
    account: pick.account(whose),
  }),
  'corrections.propose': (pick, whose) => ({
    id: pick.made('correction', whose),
    outcome: 'declined',
    explanation: '试',
  }),
  'corrections.confirm': (pick, whose) => ({ id: pick.made('correction', whose), agree: true }),
  'corrections.authorise': (pick, whose) => ({ ref: pick.household(whose), scopes: ['bank'], consent: true }),
  'retention.get': () => undefined,
  'retention.request': () => ({ digest: 'x' }),
  'retention.decide': (pick, whose) => ({ id: pick.made('retention-run', whose), approve: false }),
} as const satisfies Questions
