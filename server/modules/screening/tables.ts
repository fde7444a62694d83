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
    signal: { level: 'household', seen: ofHousehold(), follows: 'household', ...rights },
    signal_evidence: {
      level: 'household',
      seen: ofHousehold(),
      follows: { through: 'signal', by: 'signal_id', key: 'id' },
      ...rights,
    },
  },
  kept: {
    facts: ['indicator', 'signal', 'signal_evidence'],
    nobody: ['screening_run', 'indicator_coverage', 'rule_coverage'],
  },
}
