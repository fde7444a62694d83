import { householdRows, partsOf } from '#server/platform/database/rights/kinds.ts'
import { forSignedIn, ofCounty, ofHousehold } from '#server/platform/database/rights/policies.ts'
import { everything, type SchemaPart } from '#server/platform/database/rights/tables.ts'

const rights = { app: 'select', work: everything }

export const schema: SchemaPart = {
  tables: {
    // Computed anew for a household that moved, its village with it.
    indicator: { level: 'household', seen: ofHousehold(), ...rights },
    indicator_coverage: { level: 'household', seen: ofCounty, ...rights },
    screening_run: { level: 'shared', seen: forSignedIn, ...rights },
    rule_coverage: { level: 'household', seen: ofCounty, ...rights },
    signal: householdRows('select'),
    signal_evidence: partsOf('signal', 'signal_id', 'select'),
  },
  kept: {
    facts: ['indicator', 'signal', 'signal_evidence'],
    nobody: ['screening_run', 'indicator_coverage', 'rule_coverage'],
  },
}
