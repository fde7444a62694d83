import { ofAccount } from '#server/platform/policies.ts'
import { change, type SchemaPart } from '#server/platform/tables.ts'

export const schema: SchemaPart = {
  module: 'casework',
  tables: {
    field_device: {
      level: 'shared',
      seen: ofAccount('user_id'),
      app: change,
      work: 'select, insert, update, delete',
    },
  },
}
