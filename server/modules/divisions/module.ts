import type { Module } from '#server/manifest/module.ts'
import { divisionsQuestions } from './leak-questions.ts'
import { divisionRoutes } from './routes.ts'
import { schema } from './tables.ts'

export const divisionsModule = {
  name: 'divisions',
  schema,
  routes: { divisions: divisionRoutes },
  questions: divisionsQuestions,
  unwritten: {
    'divisions.get': 'names of places',
  },
} satisfies Module
