import { householdRows, partsOf } from '#server/platform/database/rights/kinds.ts'
import { ofAccountOrArea } from '#server/platform/database/rights/policies.ts'
import { append, changeOnly, recordsWho, type SchemaPart } from '#server/platform/database/rights/tables.ts'

const decided = 'select, insert, update (state, assignee, outcome, proposed_by, decided_by, closed_at)'

export const schema: SchemaPart = {
  tables: {
    correction: householdRows(decided, { work: decided }),
    correction_step: { ...partsOf('correction', 'correction_id', append), work: append },
    break_glass: {
      level: 'shared',
      seen: ofAccountOrArea('user_id', 'user_area'),
      app: 'select',
      work: changeOnly('ended_at', 'reviewed_by', 'reviewed_at', 'remark'),
    },
    retention_run: {
      level: 'shared',
      work: changeOnly('state', 'decided_by', 'decided_at', 'reason', 'finished_at'),
    },
    // Sessions are taken under the sign-in's role, in one transaction with their count.
    retention_result: {
      level: 'shared',
      work: changeOnly('taken', 'finished_at'),
      auth: 'select, update (taken, finished_at)',
    },
  },
  kept: {
    casework: ['correction', 'correction_step'],
    accounts: ['break_glass', 'retention_run'],
    nobody: ['retention_result'],
  },
  stays: {
    'break_glass.reviewed_by': recordsWho,
    'correction.opened_by': recordsWho,
    'correction.decided_by': recordsWho,
    'correction_step.by_user': recordsWho,
    'retention_run.decided_by': recordsWho,
    'correction.proposed_by': 'of two people one proposes and another decides: a proposal has one author',
    'retention_run.requested_by': 'whoever approves, the run goes on without them',
    'break_glass.user_id': 'opened by a person in need, for hours; it ends by itself',
  },
}
