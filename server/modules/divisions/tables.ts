import { forSignedIn } from '#server/platform/database/rights/policies.ts'
import { everything, type SchemaPart } from '#server/platform/database/rights/tables.ts'

export const schema: SchemaPart = {
  tables: {
    division: { level: 'shared', seen: forSignedIn, app: 'select', work: everything, auth: 'select' },
  },
  kept: {
    nobody: ['division'],
  },
}
