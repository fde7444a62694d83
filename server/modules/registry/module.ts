import type { Module } from '#server/manifest/module.ts'
import { schema } from './tables.ts'

export const registryModule = {
  name: 'registry',
  schema,
} satisfies Module
