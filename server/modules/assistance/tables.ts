import { householdRows } from '#server/platform/database/rights/kinds.ts'
import { change, recordsWho, type SchemaPart } from '#server/platform/database/rights/tables.ts'

export const schema: SchemaPart = {
  tables: { plan: householdRows(change), measure: householdRows(change) },
  kept: {
    casework: ['plan', 'measure'],
  },
  stays: {
    'measure.made_by': recordsWho,
    'measure.responsible': 'the name beside responsible_user, which changes with it',
  },
}
