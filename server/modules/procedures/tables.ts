import { ofHousehold } from '#server/platform/database/rights/policies.ts'
import {
  append,
  change,
  everything,
  type SchemaPart,
  saysWho,
  type Table,
} from '#server/platform/database/rights/tables.ts'

const ofCase = (app: string): Table => ({
  level: 'household',
  seen: ofHousehold(),
  follows: { through: 'case_file', by: 'case_id', key: 'id' },
  app,
  work: everything,
})

export const schema: SchemaPart = {
  tables: {
    case_file: {
      level: 'household',
      seen: ofHousehold(),
      follows: 'household',
      app: change,
      work: everything,
    },
    case_entry: ofCase(append),
    case_flag: ofCase(change),
    case_objection: ofCase(change),
    case_follower: ofCase('select'),
    authorisation: {
      level: 'household',
      seen: ofHousehold(),
      follows: 'household',
      app: append,
      work: append,
    },
  },
  kept: {
    casework: ['case_file', 'case_entry', 'case_flag', 'case_objection', 'authorisation', 'case_follower'],
  },
  stays: {
    'case_flag.explained_by': saysWho,
    'case_flag.decided_by': saysWho,
    'case_objection.taken_by': saysWho,
    'case_objection.answered_by': saysWho,
    'authorisation.by_user': saysWho,
    'case_entry.by_user': 'the steps stay theirs; who waits for the case is case_follower.user_id',
    'case_follower.instead_of': 'whose steps they are that somebody else waits for',
  },
}
