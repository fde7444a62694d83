import type { OwnedSchema } from '#server/platform/database/rights/tables.ts'
import type { Module } from './manifest/module.ts'
import { modules } from './modules.ts'
import { schema as platform } from './platform/database/rights/platform-tables.ts'

/** What the platform and each module bring to the database, from the lowest up. */
export const schemaParts: readonly OwnedSchema[] = [
  { owner: 'platform', ...platform },
  ...modules.flatMap(({ name, schema }: Module) => (schema ? [{ owner: name, ...schema }] : [])),
]
