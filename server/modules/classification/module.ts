import type { Module } from '#server/manifest/module.ts'
import { classificationQuestions } from './leak-questions.ts'
import { categoryRoutes } from './routes.ts'

export const classificationModule = {
  name: 'classification',
  routes: { categories: categoryRoutes },
  questions: classificationQuestions,
  unwritten: {
    'categories.summary': 'counts by area',
    'categories.reconcile': 'counts by area',
  },
} satisfies Module
