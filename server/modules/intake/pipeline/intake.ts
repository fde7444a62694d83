import { sql } from 'kysely'
import { type FeedDefinition, findFeed } from '#server/modules/feeds/index.ts'

import type { FileUnit } from '#server/modules/feeds/units/index.ts'
import type { FileEncoding, FileFormat, SheetLayout } from '#server/modules/readers/index.ts'

import type { Db } from '#server/platform/database/db.ts'

export type BatchState =
  | 'received'
  | 'checked'
  | 'matched'
  | 'held'
  | 'merged'
  | 'unchanged'
  | 'refused'
  | 'failed'

/** A batch as its processing sees it. */
export interface Intake {
  id: number
  feed: FeedDefinition
  area: number
  periodTo: string | null
  fileRef: string
  format: FileFormat
  encoding: FileEncoding | null
  sheet: string | null
  /** Several sheets read as one table. */
  layouts: SheetLayout[] | null
  mergesRows: boolean
  headerRow: number
  headers: string[]
  /** Column key → header of the file. */
  mapping: Record<string, string>
  /** What the file says of the unit of its amounts. */
  unit: FileUnit | null
  corrects: number | null
  state: BatchState
  asOf: string
  /** Day of the file's word: the end of the period it names, else its day; of a correction that of the file it corrects. */
  wordOn: string
  rowEstimate: number
  /** A person has seen the abnormal shares and let it go on. */
  released: boolean
}

/** What a whole household has may come by member, where the columns name no head. */
export const addsUpMembers = ({ feed, mapping }: Pick<Intake, 'feed' | 'mapping'>): boolean =>
  feed.ofMembers === true && !mapping.name?.includes('户主')

/** States in which a batch waits for nobody and goes on by itself. */
export const unfinished: readonly BatchState[] = ['received', 'checked', 'matched']

export async function getIntake(db: Db, batchId: number): Promise<Intake> {
  const { rows } = await sql<Omit<Intake, 'feed'> & { feed: string }>`
    with recursive word as (
      select corrects, as_of, period_to, 0 as back from batch where id = ${batchId}
      union all
      select b.corrects, b.as_of, b.period_to, w.back + 1 from word w join batch b on b.id = w.corrects
      where w.period_to is null
    )
    select id, feed, area, period_to, file_ref, format, encoding, sheet, layouts, merges_rows,
      header_row, headers, mapping, unit,
      corrects, state, as_of, row_estimate,
      (select least(w.period_to, w.as_of) from word w order by w.back desc limit 1) as word_on,
      decided_at is not null as released
    from batch where id = ${batchId}`.execute(db)
  const row = rows[0]
  const feed = row && findFeed(row.feed)
  if (!row || !feed) throw new Error(`batch ${batchId} is missing or of an unknown feed`)
  return { ...row, feed }
}
