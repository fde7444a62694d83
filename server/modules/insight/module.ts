import type { Module } from '#server/manifest/module.ts'
import { overviewRoutes } from './routes.ts'

export const insightModule = {
  name: 'insight',
  routes: { overview: overviewRoutes },
} satisfies Module
