import type { Module } from '#server/manifest/module.ts'
import { spellExport } from './export.ts'
import { classificationQuestions } from './leak-questions.ts'
import { categoryRoutes } from './routes.ts'

export const classificationModule = {
  name: 'classification',
  routes: { categories: categoryRoutes },
  exports: { spells: spellExport },
  questions: classificationQuestions,
  unwritten: {
    'categories.summary': 'counts by area',
    'categories.reconcile': 'counts by area',
  },
} satisfies Module
