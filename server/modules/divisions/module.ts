import type { Module } from '#server/manifest/module.ts'
import { divisionsQuestions } from './leak-questions.ts'
import { divisionRoutes } from './routes.ts'

export const divisionsModule = {
  name: 'divisions',
  routes: { divisions: divisionRoutes },
  questions: divisionsQuestions,
} satisfies Module
