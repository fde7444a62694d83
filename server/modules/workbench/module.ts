import type { Module } from '#server/manifest/module.ts'
import { workbenchRoutes } from './routes.ts'

export const workbenchModule = {
  name: 'workbench',
  routes: { workbench: workbenchRoutes },
} satisfies Module
