import { householdRows, tally } from '#server/platform/database/rights/kinds.ts'
import { ofHousehold, ofVillageLeft } from '#server/platform/database/rights/policies.ts'
import { change, everything, type SchemaPart } from '#server/platform/database/rights/tables.ts'

export const schema: SchemaPart = {
  tables: {
    household: {
      level: 'household',
      seen: ofHousehold('id'),
      app: 'select, update (category, risk)',
      work: everything,
    },
    person: householdRows('select'),
    // Found by the number alone, whatever the county: a copy of it lies everywhere.
    person_index: {
      level: 'shared',
      seen: ofHousehold(),
      follows: { through: 'person', by: 'id_index', key: 'id_index' },
      app: 'select',
      work: everything,
    },
    // Read by those who look at a past day, who see everything.
    membership_end: { level: 'household', work: everything },
    household_move: { level: 'household', seen: ofVillageLeft, app: 'select', work: everything },
    // A spell stays where it was: moving elsewhere ends it.
    category_spell: { level: 'household', seen: ofHousehold(), app: change, work: everything },
    category_tally: tally,
    household_tally: tally,
  },
  functions: { 'follow_households(integer[], bigint[])': ['work'] },
  kept: {
    facts: ['household', 'person', 'person_index', 'membership_end', 'household_move'],
    casework: ['category_spell'],
    nobody: ['category_tally', 'household_tally'],
  },
}
