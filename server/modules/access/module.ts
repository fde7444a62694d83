import type { Module } from '#server/manifest/module.ts'
import { accountExport } from './accounts/account-export.ts'
import { accountFileStream } from './accounts/file.ts'
import { requestsExport } from './accounts/requests/requests-export.ts'
import { accountRoutes } from './accounts/routes.ts'
import { demoRoutes } from './demo/routes.ts'
import { householdAccessPart } from './handover/handover.ts'
import { handoverRoutes } from './handover/routes.ts'
import { accessQuestions } from './leak-questions.ts'
import { sessionRetention } from './retention.ts'
import { sessionRoutes } from './sign-in/routes.ts'
import { sweepSignIns } from './sign-in/sessions.ts'
import { schema } from './tables.ts'

export const accessModule = {
  name: 'access',
  schema,
  routes: { session: { ...sessionRoutes, ...demoRoutes }, accounts: { ...accountRoutes, ...handoverRoutes } },
  streams: { accountFile: accountFileStream },
  handover: [householdAccessPart],
  retention: { 'ended-sessions': sessionRetention },
  async start({ services: { roles }, jobs }) {
    await jobs.work('sweep-sign-ins', () => sweepSignIns(roles.auth))
    await jobs.daily('sweep-sign-ins', '15 3 * * *')
  },
  exports: { accounts: accountExport, 'account-requests': requestsExport },
  questions: accessQuestions,
  unwritten: {
    'session.me': 'one’s own account',
    'session.options': 'rules of the sign-in',
    'session.demo': 'accounts of the demonstration, shown to all',
    'session.list': 'one’s own sessions',
  },
} satisfies Module
