import { householdRows, partsOf, tally } from '#server/platform/database/rights/kinds.ts'
import { ofHousehold } from '#server/platform/database/rights/policies.ts'
import {
  append,
  change,
  everything,
  recordsWho,
  type SchemaPart,
} from '#server/platform/database/rights/tables.ts'

const renew = 'select, insert, delete'

export const schema: SchemaPart = {
  tables: {
    // A clue's village is changed by its own writer, with all that is counted from it.
    clue: { level: 'household', seen: ofHousehold(), app: change, work: everything },
    clue_event: partsOf('clue', 'clue_id', append),
    clue_report: partsOf('clue', 'clue_id', append),
    clue_shield: householdRows(append),
    clue_tally: tally,
    clue_day_tally: tally,
    // Made anew by whoever changed a clue or a spell, at the end of the transaction.
    household_clues: { level: 'household', seen: ofHousehold(), app: renew, work: everything },
    clue_span: { level: 'household', seen: ofHousehold(), app: renew, work: everything },
    clue_span_tally: tally,
  },
  kept: {
    clues: ['clue', 'clue_event', 'clue_report', 'clue_shield', 'household_clues', 'clue_span'],
    nobody: ['clue_tally', 'clue_day_tally', 'clue_span_tally'],
  },
  stays: {
    'clue.decided_by': recordsWho,
    'clue_event.by_user': recordsWho,
    'clue_report.by_user': recordsWho,
  },
}
