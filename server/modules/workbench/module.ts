import type { Module } from '#server/manifest/module.ts'
import { workbenchQuestions } from './leak-questions.ts'
import { workbenchRoutes } from './routes.ts'

export const workbenchModule = {
  name: 'workbench',
  routes: { workbench: workbenchRoutes },
  questions: workbenchQuestions,
} satisfies Module
