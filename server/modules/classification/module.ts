import type { Module } from '#server/manifest/module.ts'
import { categoryRoutes } from './routes.ts'

export const classificationModule = {
  name: 'classification',
  routes: { categories: categoryRoutes },
} satisfies Module
