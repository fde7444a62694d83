import { ofAccount } from '#server/platform/database/rights/policies.ts'
import { change, type SchemaPart } from '#server/platform/database/rights/tables.ts'

export const schema: SchemaPart = {
  tables: {
    field_device: {
      level: 'shared',
      seen: ofAccount('user_id'),
      app: change,
      work: 'select, insert, update, delete',
    },
  },
}
