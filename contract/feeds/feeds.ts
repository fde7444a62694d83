import { z } from 'zod'
import { ChosenDay, Day, Department, Division, DivisionCode, Localized, Paging, RowNo } from '../common.ts'
import { route } from '../route.ts'

export const FeedColumn = z.object({
  key: z.string(),
  header: z.string(),
  label: Localized,
  aliases: z.array(z.string()),
  type: z.string(),
  required: z.boolean(),
  allowed: z.array(z.string()).nullable(),
})

export const Feed = z.object({
  code: z.string(),
  name: Localized,
  department: Department,
  cadence: z.enum(['daily', 'monthly', 'term', 'yearly', 'event']),
  columns: z.array(FeedColumn),
})
export type Feed = z.infer<typeof Feed>

/** Column key → header of the file. */
export const ColumnMapping = z.record(z.string(), z.string())
export type ColumnMapping = z.infer<typeof ColumnMapping>

/** How well a sheet fits a feed. */
export const FeedGuess = z.object({
  feed: z.string(),
  /** Share of the feed's columns that were found, 0–1. */
  score: z.number(),
  mapping: ColumnMapping,
  saved: z.boolean(),
  missingRequired: z.array(z.string()),
  unknownHeaders: z.array(z.string()),
  /** Unused columns that look like one the feed needs (`like`), or like money: to be mapped or declared not needed. */
  doubtful: z.array(z.object({ header: z.string(), like: z.string().nullable() })),
  /** Money column → median in fen of the last file that was taken in. */
  known: z.record(z.string(), z.number()),
})
export type FeedGuess = z.infer<typeof FeedGuess>

/** A text of the file and its cell, `F2`; null for the name of the file or sheet. */
const Written = z.object({ text: z.string(), cell: z.string().nullable() })

/** Decimal places between fen and the unit: 2 is yuan, 6 ten thousand yuan (`contract/feeds/money-units.ts`). */
const UnitDigits = z.number().int().min(0).max(10)

/** Why the amounts of a file cannot be taken; `other` is the statement it contradicts. */
export const UnitProblem = Written.extend({
  code: z.enum(['unit-contradictory', 'unit-unknown', 'currency-foreign']),
  other: Written.optional(),
})

/** Where a row stands in its file; `sheet` is null where one sheet was read. */
export const RowPlace = z.object({ sheet: z.string().nullable(), row: z.number().int() })

/** Rows that are about nobody, by what they are. */
export const AsideKind = z.enum(['total', 'note', 'signature', 'heading', 'blank'])
export type AsideKind = z.infer<typeof AsideKind>

/** Who says the unit of a money column: its header, the file, or nobody (then it is yuan by the layout of the feed). */
export const UnitStated = z.enum(['header', 'file', 'none'])

export const SheetInspection = z.object({
  name: z.string(),
  /** Not shown when the file is opened. */
  hidden: z.boolean(),
  headerRow: z.number().int(),
  headers: z.array(z.string()),
  /** First rows with ID numbers, phones and bank cards masked. */
  preview: z.array(z.array(z.string())),
  /** What the file says of the unit of all its amounts. */
  unit: Written.extend({ digits: UnitDigits }).nullable(),
  unitProblem: UnitProblem.nullable(),
  /** Columns of figures among the first rows, as amounts: unit, and median in fen. */
  figures: z.array(
    z.object({ header: z.string(), digits: UnitDigits, stated: UnitStated, median: z.number().nullable() }),
  ),
  /** Rows among the first that are no data. */
  asides: z.array(RowPlace.extend({ kind: AsideKind })),
  guesses: z.array(FeedGuess),
})

/** Answer to `PUT /uploads`: the file is kept, nothing is imported yet. */
export const Upload = z.object({
  upload: z.string(),
  fileName: z.string(),
  size: z.number().int(),
  format: z.enum(['csv', 'xlsx', 'xls', 'xlsb', 'xml', 'ods', 'html', 'dbf']),
  encoding: z.string().nullable(),
  sheets: z.array(SheetInspection),
  /** Names of sheets that hold something but no header. */
  others: z.array(z.string()),
  /** The same file came before. */
  sameAs: z.object({ batch: z.uuid(), receivedAt: z.iso.datetime(), state: z.string() }).nullable(),
})
export type Upload = z.infer<typeof Upload>

export const BatchState = z.enum([
  'received',
  'checked',
  'matched',
  'held',
  'merged',
  'unchanged',
  'refused',
  'failed',
])
export type BatchState = z.infer<typeof BatchState>

export const BatchCounts = z.object({
  total: z.number().int(),
  rejected: z.number().int(),
  duplicates: z.number().int(),
  exact: z.number().int(),
  idOnly: z.number().int(),
  nameBirth: z.number().int(),
  unmatched: z.number().int(),
  inserted: z.number().int(),
  superseded: z.number().int(),
  unchanged: z.number().int(),
  /** Older than what is known: kept as the past. */
  late: z.number().int(),
  touchedHouseholds: z.number().int(),
  newSignals: z.number().int(),
  newClues: z.number().int(),
})
export type BatchCounts = z.infer<typeof BatchCounts>

/** Why a batch waits for a person. */
export const HoldReason = z.object({
  code: z.enum([
    'many-rejects',
    'many-duplicates',
    'many-unmatched',
    'figures-moved',
    'figures-tiny',
    'figures-huge',
    'known-emptied',
    'refunds-contradict',
    'count-differs',
  ]),
  /** Shares 0–1; of moved figures how many times larger or smaller they are; of refunds rows and none allowed; of counts stated and found. */
  share: z.number(),
  limit: z.number(),
  /** Header of the column it is about. */
  column: Localized.optional(),
  /** Medians in fen: what was known, what the file says. */
  known: z.number().optional(),
  found: z.number().optional(),
  /** Rows of the file it is about, the first few. */
  rows: z.array(RowPlace).optional(),
})

export const Batch = z.object({
  ref: z.uuid(),
  feed: z.string(),
  feedName: Localized,
  department: Department,
  area: Division,
  fileName: z.string(),
  fileSize: z.number().int(),
  sheet: z.string().nullable(),
  /** The sheets that were read as one table, in their order; null for one. */
  sheets: z.array(z.string()).nullable(),
  /** Sheets that hold something and were not read. */
  leftSheets: z.array(z.string()),
  /** Rows that were read though the file hides them; null until it is checked. */
  hiddenRows: z.number().int().nullable(),
  state: BatchState,
  receivedAt: z.iso.datetime(),
  receivedBy: z.string().nullable(),
  asOf: Day,
  mergedAt: z.iso.datetime().nullable(),
  /** Of the running stage; null when nothing runs. */
  progress: z
    .object({
      stage: z.enum(['check', 'match', 'merge', 'screen']),
      rows: z.number().int(),
      /** 0–1 of the whole way. */
      share: z.number(),
    })
    .nullable(),
  /** Stage → milliseconds. */
  stageTimes: z.record(z.string(), z.number()),
  /** null until that stage is done. */
  counts: BatchCounts.partial(),
  holdReasons: z.array(HoldReason),
  /** Every money column that was read: its unit, who says so, medians in fen. */
  figures: z.array(
    z.object({
      column: z.string(),
      label: Localized,
      digits: UnitDigits,
      stated: UnitStated,
      median: z.number().nullable(),
      known: z.number().nullable(),
    }),
  ),
  /** What the file says of the unit of its amounts. */
  unit: Written.extend({ digits: UnitDigits }).nullable(),
  /** Rows that are no data and count nowhere: how many of each kind, and the first of them. */
  asides: z.object({
    counts: z.partialRecord(AsideKind, z.number().int()),
    rows: z.array(RowPlace.extend({ kind: AsideKind })),
  }),
  /** Columns of the file that nothing was read from. */
  unusedHeaders: z.array(z.string()),
  decision: z.object({ by: z.string(), at: z.iso.datetime(), reason: z.string() }).nullable(),
  /** What went wrong, for state failed. */
  error: z.object({ code: z.string(), details: z.record(z.string(), z.unknown()) }).nullable(),
  openReviews: z.number().int(),
  /** Refunds whose bill is not known: they take nothing back until it comes. The first few are named. */
  waitingRefunds: z.object({ count: z.number().int(), rows: z.array(RowPlace) }),
})
export type Batch = z.infer<typeof Batch>

export const RejectReason = z.object({ code: z.string(), column: z.string().nullable(), text: Localized })

export const Reject = z.object({
  /** Of the batch; in a file of several sheets not the row of its sheet. */
  rowNo: z.number().int(),
  place: RowPlace,
  /** The row as sent, ID numbers, phones and bank cards masked on screen; the download has it whole. */
  cells: z.array(z.string()),
  /** Positions of the offending cells. */
  marked: z.array(z.number().int()),
  reasons: z.array(RejectReason),
  /** The cells were erased when their time was over. */
  erased: z.boolean(),
})

export const Review = z.object({
  rowNo: z.number().int(),
  /** Where the row stands in its file. */
  rowPlace: RowPlace,
  matchClass: z.enum(['id-only', 'name-birth', 'second-head', 'number-of-another', 'two-households']),
  /** The row of the same file it was held against. */
  otherRow: RowPlace.nullable(),
  nameInFile: z.string(),
  nameInRegistry: z.string(),
  idNumberMasked: z.string(),
  place: z.string(),
  household: z.uuid(),
})

export const feeds = {
  list: route('GET', '/feeds', 'any', 'Feeds one may send, with their columns', 'none').output(z.array(Feed)),
}

const ref = z.object({ ref: z.uuid() })
const withReason = ref.extend({ reason: z.string().trim().min(1).max(500) })

export const batches = {
  create: route('POST', '/batches', 'batch.send', 'Import a sheet of an uploaded file')
    .input(
      z.object({
        upload: z.string(),
        feed: z.string(),
        sheet: z.string().optional(),
        /** Several sheets to be read as one table; all that hold it where neither is named. */
        sheets: z.array(z.string()).min(1).max(200).optional(),
        mapping: ColumnMapping.optional(),
        /** Doubtful columns the sender declares not needed. */
        leaveOut: z.array(z.string()).optional(),
        saveMapping: z.boolean().default(false),
        area: DivisionCode.optional(),
        periodTo: ChosenDay.optional(),
        corrects: z.uuid().optional(),
      }),
    )
    .output(z.object({ ref: z.uuid(), state: BatchState })),
  list: route('GET', '/batches', 'batch.read', 'Batches, newest first', 'none')
    .input(z.object({ feed: z.string().optional(), state: z.array(BatchState).optional(), ...Paging }))
    .output(z.object({ total: z.number().int(), rows: z.array(Batch) })),
  get: route('GET', '/batches/{ref}', 'batch.read', 'One batch with the progress of its stages', 'none')
    .input(ref)
    .output(Batch),
  release: route('POST', '/batches/{ref}/release', 'batch.decide', 'Release a held batch, with a reason')
    .input(withReason)
    .output(z.object({ state: BatchState })),
  refuse: route('POST', '/batches/{ref}/refuse', 'batch.decide', 'Refuse a held batch, with a reason')
    .input(withReason)
    .output(z.object({ state: BatchState })),
  rejects: route('GET', '/batches/{ref}/rejects', 'batch.read', 'Rejected rows with their reasons')
    .input(ref.extend(Paging))
    .output(z.object({ total: z.number().int(), headers: z.array(z.string()), rows: z.array(Reject) })),
  reviews: route('GET', '/batches/{ref}/reviews', 'batch.decide', 'Rows whose match a person must decide')
    .input(ref.extend(Paging))
    .output(z.object({ total: z.number().int(), rows: z.array(Review) })),
  review: route('POST', '/batches/{ref}/reviews', 'batch.decide', 'Accept or decline uncertain matches')
    .input(
      ref.extend({
        rowNos: z.array(RowNo).min(1).max(5000),
        decision: z.enum(['accepted', 'declined']),
      }),
    )
    .output(z.object({ decided: z.number().int(), inserted: z.number().int(), newClues: z.number().int() })),
}
