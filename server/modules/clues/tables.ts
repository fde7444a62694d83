import { ofHousehold, ofWholeCounty } from '#server/platform/database/rights/policies.ts'
import { append, change, everything, type SchemaPart } from '#server/platform/database/rights/tables.ts'

const throughClue = { through: 'clue', by: 'clue_id', key: 'id' }
const tally = { level: 'household', seen: ofWholeCounty, app: 'select', work: everything } as const

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
    household_clues: { level: 'household', seen: ofHousehold(), app: 'select', work: everything },
    clue_span: { level: 'household', seen: ofHousehold(), app: 'select', work: everything },
    clue_span_tally: tally,
  },
  functions: {
    'clue_spans_of(integer[], bigint[])': ['work'],
    'follow_clue_spans(integer[], bigint[])': ['work'],
  },
}
