import { ofHousehold } from '#server/platform/policies.ts'
import { change, everything, type SchemaPart, type Table } from '#server/platform/tables.ts'

const rows: Table = {
  level: 'household',
  seen: ofHousehold(),
  follows: 'household',
  app: change,
  work: everything,
}

export const schema: SchemaPart = { module: 'casework', tables: { plan: rows, measure: rows } }
