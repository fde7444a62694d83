import type { Module } from '#server/manifest/module.ts'
import { searchQuestions } from './leak-questions.ts'
import { searchRoutes } from './routes.ts'

export const searchModule = {
  name: 'search',
  routes: { search: searchRoutes },
  questions: searchQuestions,
} satisfies Module
