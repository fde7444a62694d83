import type { Module } from '#server/manifest/module.ts'
import { systemAuditor } from '#server/platform/audit.ts'
import { batchExport, reviewExport } from './batches/batch-export.ts'
import { rejectExport } from './batches/reject-file.ts'
import { intakeQuestions } from './leak-questions.ts'
import { intakeNotices } from './notices.ts'
import { startIntake } from './pipeline/resume.ts'
import {
  fileRetention,
  receivedFiles,
  rejectRetention,
  reviewRetention,
  uploadRetention,
} from './retention.ts'
import { batchRoutes, feedRoutes } from './routes.ts'
import { feedTemplateStream, rejectStream, uploadStream } from './streams.ts'
import { schema } from './tables.ts'

export const intakeModule = {
  name: 'intake',
  schema,
  notices: intakeNotices,
  routes: { feeds: feedRoutes, batches: batchRoutes },
  streams: { upload: uploadStream, rejects: rejectStream, feedTemplate: feedTemplateStream },
  exports: { batches: batchExport, reviews: reviewExport, rejects: rejectExport },
  retention: {
    'uploads-never-imported': uploadRetention,
    'received-files': fileRetention,
    'rejected-cells': rejectRetention,
    'review-cells': reviewRetention,
  },
  storedFiles: receivedFiles,
  start: ({ services, jobs }) =>
    startIntake({ ...services, work: services.database, audit: systemAuditor() }, jobs),
  questions: intakeQuestions,
  unwritten: {
    'feeds.list': 'definitions of files',
    'batches.list': 'files and their counts; their rows are read by routes that are written down',
    'batches.get': 'a file and its counts; likewise',
  },
} satisfies Module
