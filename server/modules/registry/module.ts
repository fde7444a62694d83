import type { Module } from '#server/manifest/module.ts'
import { registryProjections } from './tallies.ts'

export const registryModule = {
  name: 'registry',
  projections: registryProjections,
} satisfies Module
