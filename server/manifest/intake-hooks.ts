import type { Clock } from '#server/platform/clock.ts'
import type { Session } from '#server/platform/database/db.ts'
import type { HouseholdFollower } from '#server/platform/projections/due.ts'
import type { HouseholdMover } from '#server/platform/projections/move-households.ts'
import type { HouseholdPlace, RowExchange } from '#server/platform/row-exchange.ts'

/** What a merged batch changed. */
export interface Merged {
  batchId: number
  feed: string
  follows: FollowUp
  /** The households whose facts it changed, each once. */
  touched: RowExchange<HouseholdPlace>
  asOf: string
}

export interface IntakeLimits {
  /** Shares 0–1 above which a batch waits for a person. */
  rejectShare: number
  duplicateShare: number
  unmatchedShare: number
  /** Fewer abnormal rows than this never hold a batch, whatever their share. */
  holdMinimumRows: number
  settlementToleranceFen: number
  /** Share of an area's counties that a file must speak of to cover the whole area. */
  coverageShare: number
  figures: {
    /** A median so many times larger or smaller than the known one holds a batch. */
    shiftFactor: number
    /** The same between files of other people's bills, which differ more. */
    eventShiftFactor: number
    /** Pairs of rows about the same household or person, and rows of a file, below which no median is compared. */
    minimumPairs: number
    minimumRows: number
    /** Share of known values above which their absence holds a batch. */
    emptiedShare: number
    /** Medians below it, in a file without a unit or in yuan and with nothing known to compare, hold it. */
    unstatedMinimumFen: number
    /** A median above it is in another unit than it says, whatever is known. */
    medianMaximumFen: number
  }
}

/** What follows the merge of a feed's batch: its rows are judged by the rules, or recorded as reports for people. Its definition names which. */
export type FollowUp = 'screening' | 'reports'

/** One module's share of what follows a merge, in the transaction that merges; the modules' shares run from the lowest up. */
export interface MergeStep {
  follows: FollowUp
  run(session: Session, merged: Merged, clock: Clock): Promise<{ newSignals?: number; newClues?: number }>
}

/** What the modules above the intake do and know, collected by `server/assembly.ts` so that the arrows point one way. */
export interface IntakeHooks {
  /** Policy in force on a day in a division. */
  limits(day: string, division: number): IntakeLimits
  /** What is made of households' spells above the registry. */
  followSpells: HouseholdFollower
  /** Takes households to another county with all that any module keeps about them. */
  moveHouseholds: HouseholdMover
  /** Refreshes indicators, judges, raises clues; inside the transaction that merges the batch. */
  afterMerge(session: Session, merged: Merged): Promise<{ newSignals: number; newClues: number }>
}

declare module '#server/platform/http/rpc.ts' {
  interface Services {
    intake: IntakeHooks
  }
}
