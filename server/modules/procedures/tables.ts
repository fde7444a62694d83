import { ofHousehold } from '#server/platform/database/rights/policies.ts'
import {
  append,
  change,
  everything,
  type SchemaPart,
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
}
