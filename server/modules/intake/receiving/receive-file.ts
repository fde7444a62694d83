import type { Readable } from 'node:stream'
import { sql } from 'kysely'
import type { Upload } from '#contract/feeds/feeds.ts'
import type { AreaScope } from '#server/modules/divisions/index.ts'
import { type FeedDefinition, feeds } from '#server/modules/feeds/index.ts'
import type { InspectedSheet, OtherSheet } from '#server/modules/readers/index.ts'
import type { Clock } from '#server/platform/clock.ts'
import { type Db, inTransaction } from '#server/platform/database/db.ts'
import { AppError } from '#server/platform/errors.ts'
import { removeStoredFile, storeFile } from '#server/platform/files/file-store.ts'
import { cleanFileName } from '#server/platform/text.ts'
import type { FeedsDeps } from '../deps.ts'
import { findKnownFigures } from '../figures/known-figures.ts'
import { readSheetFigures, type SheetFigures } from '../figures/sheet-figures.ts'
import { fileWorkHere } from '../pipeline/file-work.ts'
import { doubtfulColumns } from './doubtful-columns.ts'
import { type FeedGuess, guessFeeds, headerDigest, type WrittenAs } from './guess-feed.ts'
import { maskCells, secretPlaces } from './mask-cells.ts'
import { findSameFile, findSavedMappings, type KeptSheet } from './queries.ts'

/** Who sends or looks: the account (null for the command line), where it may look, and its department if it has one. */
export interface Sender {
  userId: string | null
  scope: AreaScope
  area: number
  department: string | null
}

export interface ReceivedFile {
  name: string
  body: Readable
  maxBytes?: number
}

/** The feeds an account may send: a department its own, the others all. */
export function feedsOf(sender: Pick<Sender, 'department'>): FeedDefinition[] {
  return feeds.filter((feed) => sender.department === null || feed.department === sender.department)
}

/**
 * Keeps the file encrypted, inspects it and proposes a feed for each sheet. Nothing is imported yet.
 * Throws `file-too-large`, `file-empty`, `file-unreadable`, `header-not-found`; then nothing is kept.
 */
export async function receiveFile(
  deps: FeedsDeps,
  sender: Sender,
  { name: sentName, body, maxBytes }: ReceivedFile,
): Promise<Upload> {
  const name = cleanFileName(sentName)
  const stored = await storeFile(deps.fileDirectory, deps.vault.fileKeys(), body, maxBytes)
  try {
    const inspection = await (deps.fileWork ?? fileWorkHere(deps)).inspect(stored.ref, name)
    if (!inspection.ok) throw new AppError(inspection.code, inspection.details)
    const { format, encoding, others } = inspection
    const sheets = await Promise.all(
      inspection.sheets.map((sheet) => readSheet(deps, sender, sheet, { name, format, encoding })),
    )
    await inTransaction(deps.database, async ({ db }) => {
      await keepUpload(db, deps.clock, sender, { ...stored, name, format, encoding, sheets, others })
      await deps.audit.record(db, {
        action: 'uploads.receive',
        object: { kind: 'upload', ref: stored.ref },
        after: { fileName: name, size: stored.size, sm3: stored.sm3 },
      })
    })
    return {
      upload: stored.ref,
      fileName: name,
      size: stored.size,
      format,
      encoding,
      sheets: await Promise.all(sheets.map((sheet) => describeSheet(deps, sender, sheet))),
      others: others.map((other) => other.name),
      sameAs: await findSameFile(deps.database.db, sender, stored.sm3),
    }
  } catch (error) {
    await removeStoredFile(deps.fileDirectory, stored.ref)
    throw error
  }
}

interface KeptUpload {
  ref: string
  name: string
  size: number
  sm3: string
  format: string
  encoding: string | null
  sheets: (InspectedSheet & Pick<SheetFigures, 'unit' | 'unitProblem' | 'numeric' | 'basis'>)[]
  others: OtherSheet[]
}

async function keepUpload(db: Db, clock: Clock, sender: Sender, upload: KeptUpload) {
  const sheets: KeptSheet[] = upload.sheets.map(
    ({ name, hidden, mergesRows, headerRow, headers, rowEstimate, unit, unitProblem, numeric, basis }) => ({
      ...{ name, hidden, mergesRows, headerRow, headers, rowEstimate },
      ...{ unit, unitProblem, numeric, basis },
    }),
  )
  await sql`
    insert into upload (ref, file_name, file_size, file_sm3, format, encoding, sheets, others, received_at, received_by)
    values (${upload.ref}, ${upload.name}, ${upload.size}, ${upload.sm3}, ${upload.format}, ${upload.encoding},
      ${JSON.stringify(sheets)}, ${JSON.stringify(upload.others)}, ${clock.now()}, ${sender.userId})`.execute(
    db,
  )
}

type ReadSheet = InspectedSheet & SheetFigures & { guesses: FeedGuess[] }

/** A sheet with what it most likely is, and what it says of its figures. */
async function readSheet(
  { database }: FeedsDeps,
  sender: Sender,
  sheet: InspectedSheet,
  file: WrittenAs & { name: string },
): Promise<ReadSheet> {
  const saved = await findSavedMappings(database.db, headerDigest(sheet.headers))
  const guesses = guessFeeds(feedsOf(sender), sheet.headers, saved, file)
  const [best] = guesses
  const feed = best && feeds.find(({ code }) => code === best.feed)
  const likely = best && feed && { feed, mapping: best.mapping }
  return { ...sheet, guesses, ...readSheetFigures(sheet, file.name, likely) }
}

async function describeSheet({ database }: FeedsDeps, sender: Sender, sheet: ReadSheet) {
  const { name, hidden, headerRow, headers, guesses, unit, unitProblem, figures, asides, numeric } = sheet
  const known = await findKnownFigures(
    database.db,
    guesses.map((guess) => guess.feed),
    sender.area,
  )
  const secrets = new Set(
    guesses.flatMap((guess) => {
      const feed = feeds.find(({ code }) => code === guess.feed)
      return feed ? [...secretPlaces(feed, guess.mapping, headers)] : []
    }),
  )
  return {
    name,
    hidden,
    headerRow,
    headers,
    preview: sheet.preview.map((cells) => maskCells(cells, secrets)),
    ...{ unit, unitProblem, figures },
    asides: asides.map(({ rowNo, kind }) => ({ sheet: null, row: rowNo, kind })),
    guesses: guesses.map((guess) => {
      const feed = feeds.find(({ code }) => code === guess.feed)
      const medians = Object.entries(known.get(guess.feed) ?? {}).flatMap(([key, { median }]) =>
        median === null ? [] : [[key, median] as const],
      )
      return {
        ...guess,
        doubtful:
          feed && !guess.saved ? doubtfulColumns(feed, { headers, figures: numeric }, guess.mapping) : [],
        known: Object.fromEntries(medians),
      }
    }),
  }
}

/** Codes of the feeds a department sends; null for all, where an account belongs to none. */
export function feedCodesOf(department: string | null): string[] | null {
  return department === null ? null : feedsOf({ department }).map(({ code }) => code)
}
