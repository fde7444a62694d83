import { forSignedIn } from '#server/platform/policies.ts'
import { everything, type SchemaPart } from '#server/platform/tables.ts'

export const schema: SchemaPart = {
  module: 'divisions',
  tables: {
    division: { level: 'shared', seen: forSignedIn, app: 'select', work: everything, auth: 'select' },
  },
}
