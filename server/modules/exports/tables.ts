import { householdRows } from '#server/platform/database/rights/kinds.ts'
import { ofAccount, ofAccountOrArea } from '#server/platform/database/rights/policies.ts'
import {
  append,
  change,
  everything,
  recordsWho,
  type SchemaPart,
} from '#server/platform/database/rights/tables.ts'

export const schema: SchemaPart = {
  tables: {
    export: {
      level: 'shared',
      seen: ofAccountOrArea('requested_by', 'requester_area'),
      app: change,
      work: change,
    },
    taken: { level: 'local', seen: ofAccount('user_id'), app: change, work: everything },
    export_item: householdRows(append, { work: append }),
  },
  kept: {
    accounts: ['export', 'export_item', 'taken'],
  },
  stays: {
    'export.decided_by': recordsWho,
    'taken.user_id': recordsWho,
  },
}
