import type { Module } from '#server/manifest/module.ts'
import { householdExport } from './household-export.ts'
import { householdRoutes } from './household-routes.ts'

export const dossierModule = {
  name: 'dossier',
  routes: { households: householdRoutes },
  exports: { households: householdExport },
} satisfies Module
