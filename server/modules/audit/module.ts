import type { Module } from '#server/manifest/module.ts'
import { findAlarms } from './alarms.ts'
import { anchorFileIn, fileAnchors } from './chain/anchors.ts'
import { runVerification } from './chain/status.ts'
import { auditExport } from './export.ts'
import { auditQuestions } from './leak-questions.ts'
import { auditRoutes, verificationQueue } from './routes.ts'
import { schema } from './tables.ts'

export const auditModule = {
  name: 'audit',
  schema,
  routes: { audit: auditRoutes },
  async start({ services, jobs, limits, dataDirectory }) {
    const anchors = fileAnchors(anchorFileIn(dataDirectory), { copyTo: services.anchorCopy })
    await jobs.work(verificationQueue, () => runVerification({ ...services, anchors }))
    await jobs.work('audit-alarms', async () => {
      await findAlarms(services, limits)
    })
    await jobs.daily('audit-alarms', '*/5 * * * *')
  },
  exports: { audit: auditExport },
  questions: auditQuestions,
  unwritten: {
    'audit.chain': 'how far the seals reach',
  },
} satisfies Module
