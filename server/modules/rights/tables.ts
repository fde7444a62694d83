import { ofAccountOrArea, ofHousehold } from '#server/platform/database/rights/policies.ts'
import { append, change, type SchemaPart, type Table } from '#server/platform/database/rights/tables.ts'

const decided = 'select, insert, update (state, assignee, outcome, proposed_by, decided_by, closed_at)'
const kept = (rights: string): Table => ({
  level: 'household',
  seen: ofHousehold(),
  follows: 'household',
  app: rights,
  work: rights,
})

export const schema: SchemaPart = {
  tables: {
    correction: kept(decided),
    correction_step: { ...kept(append), follows: { through: 'correction', by: 'correction_id', key: 'id' } },
    break_glass: {
      level: 'shared',
      seen: ofAccountOrArea('user_id', 'user_area'),
      app: 'select',
      work: change,
    },
    retention_run: { level: 'shared', work: change },
    // Sessions are taken under the sign-in's role, in one transaction with their count.
    retention_result: { level: 'shared', work: change, auth: 'select, update (taken, finished_at)' },
  },
}
