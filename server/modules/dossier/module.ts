import type { Module } from '#server/manifest/module.ts'
import { householdExport } from './household-export.ts'
import { householdRoutes } from './household-routes.ts'
import { dossierQuestions } from './leak-questions.ts'

export const dossierModule = {
  name: 'dossier',
  routes: { households: householdRoutes },
  exports: { households: householdExport },
  questions: dossierQuestions,
} satisfies Module
