import type { Module } from '#server/manifest/module.ts'
import { areaTaskExport, benchExport } from './export.ts'
import { workbenchQuestions } from './leak-questions.ts'
import { workbenchRoutes } from './routes.ts'

export const workbenchModule = {
  name: 'workbench',
  routes: { workbench: workbenchRoutes },
  exports: { workbench: benchExport, 'area-tasks': areaTaskExport },
  questions: workbenchQuestions,
  unwritten: {
    'workbench.ladder': 'counts by area',
    'workbench.reminders': 'counts by officer',
    'workbench.reminder': 'counts of one’s own tasks, requested by the page itself',
  },
} satisfies Module
