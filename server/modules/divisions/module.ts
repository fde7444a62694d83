import type { Module } from '#server/manifest/module.ts'
import { divisionRoutes } from './routes.ts'

export const divisionsModule = {
  name: 'divisions',
  routes: { divisions: divisionRoutes },
} satisfies Module
