import { householdRows } from '#server/platform/database/rights/kinds.ts'
import { ofAccountOrArea } from '#server/platform/database/rights/policies.ts'
import { append, change, recordsWho, type SchemaPart } from '#server/platform/database/rights/tables.ts'

export const schema: SchemaPart = {
  tables: {
    export: {
      level: 'shared',
      seen: ofAccountOrArea('requested_by', 'requester_area'),
      app: change,
      work: change,
    },
    export_item: householdRows(append, { work: append }),
  },
  kept: {
    accounts: ['export', 'export_item'],
  },
  stays: {
    'export.decided_by': recordsWho,
  },
}
