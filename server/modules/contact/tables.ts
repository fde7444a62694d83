import { everything, type SchemaPart, saysWho } from '#server/platform/database/rights/tables.ts'

export const schema: SchemaPart = {
  tables: {
    // Nobody's data until it has found its household: read by the work alone.
    declaration: { level: 'household', work: everything },
  },
  kept: {
    'declaration-marks': ['declaration'],
  },
  stays: {
    'declaration.settled_by': saysWho,
  },
}
