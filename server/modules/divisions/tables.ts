import { anything } from '#server/platform/database/rights/policies.ts'
import { everything, type SchemaPart } from '#server/platform/database/rights/tables.ts'

export const schema: SchemaPart = {
  tables: {
    // Names of places are public. A condition would keep joins by a computed code from using the key: 1.7 ms a list.
    division: { level: 'shared', seen: anything, app: 'select', work: everything, auth: 'select' },
  },
  kept: {
    nobody: ['division'],
  },
}
