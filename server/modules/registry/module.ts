import type { Module } from '#server/manifest/module.ts'
import { schema } from './tables.ts'
import { registryProjections } from './tallies.ts'

export const registryModule = {
  name: 'registry',
  schema,
  projections: registryProjections,
} satisfies Module
