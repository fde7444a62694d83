import { ofAccount } from '#server/platform/database/rights/policies.ts'
import { change, type SchemaPart, saysWho } from '#server/platform/database/rights/tables.ts'

export const schema: SchemaPart = {
  tables: {
    field_device: {
      level: 'shared',
      seen: ofAccount('user_id'),
      app: change,
      work: 'select, insert, update, delete',
    },
  },
  kept: {
    'revoked-devices': ['field_device'],
  },
  stays: {
    'field_device.revoked_by': saysWho,
    'field_device.user_id': 'a telephone is taken back from its owner by revoking it',
  },
}
