import type { Module } from '#server/manifest/module.ts'
import { workbenchQuestions } from './leak-questions.ts'
import { workbenchRoutes } from './routes.ts'

export const workbenchModule = {
  name: 'workbench',
  routes: { workbench: workbenchRoutes },
  questions: workbenchQuestions,
  unwritten: {
    'workbench.ladder': 'counts by area',
    'workbench.reminders': 'counts by officer',
    'workbench.reminder': 'counts of one’s own tasks, asked for by the page itself',
  },
} satisfies Module
