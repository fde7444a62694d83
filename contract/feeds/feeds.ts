import { z } from 'zod'
import { Day, Department, Division, DivisionCode, Localized, Paging } from '../common.ts'
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
})
export type FeedGuess = z.infer<typeof FeedGuess>

export const SheetInspection = z.object({
  name: z.string(),
  /** Not shown when the file is opened. */
  hidden: z.boolean(),
  headerRow: z.number().int(),
  headers: z.array(z.string()),
  /** First rows with ID numbers, phones and bank cards masked. */
  preview: z.array(z.array(z.string())),
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
  touchedHouseholds: z.number().int(),
  newSignals: z.number().int(),
  newClues: z.number().int(),
})
export type BatchCounts = z.infer<typeof BatchCounts>

export const HoldReason = z.object({
  code: z.enum(['many-rejects', 'many-duplicates', 'many-unmatched']),
  /** Shares 0–1. */
  share: z.number(),
  limit: z.number(),
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
  decision: z.object({ by: z.string(), at: z.iso.datetime(), reason: z.string() }).nullable(),
  /** What went wrong, for state failed. */
  error: z.object({ code: z.string(), details: z.record(z.string(), z.unknown()) }).nullable(),
  openReviews: z.number().int(),
})
export type Batch = z.infer<typeof Batch>

export const RejectReason = z.object({ code: z.string(), column: z.string().nullable(), text: Localized })

/** Where a row stands in its file; `sheet` is null where one sheet was read. */
export const RowPlace = z.object({ sheet: z.string().nullable(), row: z.number().int() })

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
  matchClass: z.enum(['id-only', 'name-birth']),
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
        saveMapping: z.boolean().default(false),
        area: DivisionCode.optional(),
        periodTo: Day.optional(),
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
        rowNos: z.array(z.number().int()).min(1).max(5000),
        decision: z.enum(['accepted', 'declined']),
      }),
    )
    .output(z.object({ decided: z.number().int(), inserted: z.number().int(), newClues: z.number().int() })),
}
