import type { Module } from '#server/manifest/module.ts'
import { deviceRetention } from './retention.ts'
import { fieldRoutes } from './routes.ts'

export const fieldModule = {
  name: 'field',
  routes: { field: fieldRoutes },
  retention: { 'revoked-devices': deviceRetention },
} satisfies Module
