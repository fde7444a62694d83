import { ofAccountOrArea, ofHousehold } from '#server/platform/database/rights/policies.ts'
import { append, change, type SchemaPart, saysWho } from '#server/platform/database/rights/tables.ts'

export const schema: SchemaPart = {
  tables: {
    export: {
      level: 'shared',
      seen: ofAccountOrArea('requested_by', 'requester_area'),
      app: change,
      work: change,
    },
    export_item: { level: 'household', seen: ofHousehold(), follows: 'household', app: append, work: append },
  },
  kept: {
    accounts: ['export', 'export_item'],
  },
  stays: {
    'export.decided_by': saysWho,
  },
}
