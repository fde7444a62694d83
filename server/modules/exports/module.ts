import type { Module } from '#server/manifest/module.ts'
import { exportPart } from './handover.ts'
import { exportsQuestions } from './leak-questions.ts'
import { exportNotices } from './notices.ts'
import { registerExport } from './register-export.ts'
import { exportRoutes, exportStream } from './routes.ts'
import { schema } from './tables.ts'

export const exportsModule = {
  name: 'exports',
  schema,
  notices: exportNotices,
  routes: { exports: exportRoutes },
  streams: { exportFile: exportStream },
  handover: [exportPart],
  exports: { exports: registerExport },
  questions: exportsQuestions,
} satisfies Module
