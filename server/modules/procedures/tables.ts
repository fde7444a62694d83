import { householdRows, partsOf } from '#server/platform/database/rights/kinds.ts'
import { append, change, recordsWho, type SchemaPart } from '#server/platform/database/rights/tables.ts'

export const schema: SchemaPart = {
  tables: {
    case_file: householdRows(change),
    case_entry: partsOf('case_file', 'case_id', append),
    case_flag: partsOf('case_file', 'case_id', change),
    case_objection: partsOf('case_file', 'case_id', change),
    case_follower: partsOf('case_file', 'case_id', 'select'),
    authorisation: householdRows(append, { work: append }),
  },
  kept: {
    casework: ['case_file', 'case_entry', 'case_flag', 'case_objection', 'authorisation', 'case_follower'],
  },
  stays: {
    'case_flag.explained_by': recordsWho,
    'case_flag.decided_by': recordsWho,
    'case_objection.taken_by': recordsWho,
    'case_objection.answered_by': recordsWho,
    'authorisation.by_user': recordsWho,
    'case_entry.by_user': 'the steps stay theirs; who waits for the case is case_follower.user_id',
    'case_follower.instead_of': 'whose steps they are that somebody else waits for',
  },
}
