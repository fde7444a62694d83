import { householdRows } from '#server/platform/database/rights/kinds.ts'
import { ofAccount, ofAccountOrArea } from '#server/platform/database/rights/policies.ts'
import {
  append,
  change,
  changeOnly,
  recordsWho,
  type SchemaPart,
} from '#server/platform/database/rights/tables.ts'

const decided = ['state', 'decided_by', 'decided_at', 'decision_reason', 'downloads', 'last_download_at']

export const schema: SchemaPart = {
  tables: {
    export: {
      level: 'shared',
      seen: ofAccountOrArea('requested_by', 'requester_area'),
      app: changeOnly(...decided),
      work: changeOnly(...decided, 'requested_by', 'requester_area'),
    },
    taken: { level: 'local', seen: ofAccount('user_id'), app: change, work: 'select' },
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
