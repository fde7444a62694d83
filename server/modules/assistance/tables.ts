import { ofHousehold } from '#server/platform/database/rights/policies.ts'
import {
  change,
  everything,
  type SchemaPart,
  saysWho,
  type Table,
} from '#server/platform/database/rights/tables.ts'

const rows: Table = {
  level: 'household',
  seen: ofHousehold(),
  follows: 'household',
  app: change,
  work: everything,
}

export const schema: SchemaPart = {
  tables: { plan: rows, measure: rows },
  kept: {
    casework: ['plan', 'measure'],
  },
  stays: {
    'measure.made_by': saysWho,
    'measure.responsible': 'the name beside responsible_user, which changes with it',
  },
}
