import type { Module } from '#server/manifest/module.ts'
import { factExport } from './fact-export.ts'
import { householdExport } from './household-export.ts'
import { householdRoutes } from './household-routes.ts'
import { incomeExport } from './income-export.ts'
import { dossierQuestions } from './leak-questions.ts'
import { peopleExport } from './people-export.ts'

export const dossierModule = {
  name: 'dossier',
  routes: { households: householdRoutes },
  exports: { people: peopleExport, facts: factExport, income: incomeExport, households: householdExport },
  questions: dossierQuestions,
} satisfies Module
