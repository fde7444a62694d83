import { ofCountyAround, ofHousehold, ofWholeCounty } from '#server/platform/database/rights/policies.ts'
import {
  append,
  change,
  everything,
  type SchemaPart,
  saysWho,
} from '#server/platform/database/rights/tables.ts'

const renew = 'select, insert, delete'
const throughClue = { through: 'clue', by: 'clue_id', key: 'id' }
const tally = {
  level: 'household',
  seen: ofWholeCounty,
  adds: ofCountyAround,
  app: append,
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
    // Made anew by whoever changed a clue or a spell, at the end of the transaction.
    household_clues: { level: 'household', seen: ofHousehold(), app: renew, work: everything },
    clue_span: { level: 'household', seen: ofHousehold(), app: renew, work: everything },
    clue_span_tally: tally,
  },
  kept: {
    clues: ['clue', 'clue_event', 'clue_report', 'clue_shield', 'household_clues', 'clue_span'],
    nobody: ['clue_tally', 'clue_day_tally', 'clue_span_tally'],
  },
  stays: {
    'clue.decided_by': saysWho,
    'clue_event.by_user': saysWho,
    'clue_report.by_user': saysWho,
  },
}
