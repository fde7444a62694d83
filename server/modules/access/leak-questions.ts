import { leftAlone, type Questions } from '#server/manifest/leak-questions.ts'

/** What the search for leaks asks of the routes of this module. */
export const accessQuestions = {
  'session.me': () => undefined,
  'session.options': () => undefined,
  'session.demo': () => undefined,
  'session.list': () => undefined,
  'session.revoke': (pick, whose) => ({ id: pick.account(whose) }),
  'session.revokeOthers': leftAlone('ends the sessions of whoever asks'),
  'accounts.list': (pick, whose) => ({ area: pick.division(whose), page: 1 + pick.number(2) }),
  'accounts.get': (pick, whose) => ({ id: pick.account(whose) }),
  'accounts.create': (pick, whose) => ({
    username: `neu-${pick.number(1e9)}`,
    name: '新建 演示',
    role: 'village',
    area: pick.division(whose),
    department: null,
  }),
  'accounts.move': (pick, whose) => ({ id: pick.account(whose), area: pick.division(whose), reason: '试' }),
  'accounts.suspend': (pick, whose) => ({ id: pick.account(whose), reason: '试' }),
  'accounts.resume': (pick, whose) => ({ id: pick.account(whose), reason: '试' }),
  'accounts.unlock': (pick, whose) => ({ id: pick.account(whose) }),
  'accounts.resetPassword': (pick, whose) => ({ id: pick.account(whose), reason: '试' }),
  'accounts.resetSecondFactor': (pick, whose) => ({ id: pick.account(whose), reason: '试' }),
  'accounts.requests': () => undefined,
  'accounts.decide': () => ({ ids: ['018f0000-0000-7000-8000-000000000001'], approve: true }),
  'accounts.takeBack': () => ({ id: '018f0000-0000-7000-8000-000000000001', reason: '试试' }),
  'accounts.handover': (pick, whose) => ({
    id: pick.account(whose),
    to: pick.account(whose),
    reason: '试',
    dryRun: true,
  }),
} as const satisfies Questions
