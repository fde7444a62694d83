import { inCounty, ofHousehold, ofWholeCounty } from '#server/platform/database/rights/policies.ts'
import { append, change, everything, type SchemaPart } from '#server/platform/database/rights/tables.ts'

const throughClue = { through: 'clue', by: 'clue_id', key: 'id' }
// Counted by whoever changes a clue of the county, seen by those who see the county whole.
const tally = {
  level: 'household',
  seen: ofWholeCounty,
  adds: inCounty,
  app: append,
  work: everything,
} as const

const madeAnew = {
  level: 'household',
  seen: ofHousehold(),
  app: 'select, insert, delete',
  work: everything,
} as const

export const schema: SchemaPart = {
  tables: {
    // A clue's village is changed by its own writer, with all that is counted from it.
    clue: { level: 'household', seen: ofHousehold(), app: change, work: everything },
    clue_event: {
      level: 'household',
      seen: ofHousehold(),
      follows: throughClue,
      app: append,
      work: everything,
    },
    clue_report: {
      level: 'household',
      seen: ofHousehold(),
      follows: throughClue,
      app: append,
      work: everything,
    },
    clue_shield: {
      level: 'household',
      seen: ofHousehold(),
      follows: 'household',
      app: append,
      work: everything,
    },
    clue_tally: tally,
    clue_day_tally: tally,
    household_clues: madeAnew,
    clue_span: madeAnew,
    clue_span_tally: tally,
  },
  functions: {
    'clue_spans_of(integer[], bigint[])': ['work'],
    'follow_clue_spans(integer[], bigint[])': ['work'],
  },
}
