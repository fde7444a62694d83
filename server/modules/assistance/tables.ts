import { ofHousehold } from '#server/platform/database/rights/policies.ts'
import { change, everything, type SchemaPart, type Table } from '#server/platform/database/rights/tables.ts'

const rows: Table = {
  level: 'household',
  seen: ofHousehold(),
  follows: 'household',
  app: change,
  work: everything,
}

export const schema: SchemaPart = { tables: { plan: rows, measure: rows } }
