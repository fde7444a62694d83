import type pg from 'pg'
import { readRows } from '#server/modules/readers/index.ts'
import { openCopy } from '#server/platform/database/copy.ts'
import { openStoredFile } from '#server/platform/files/file-store.ts'
import type { FeedsDeps } from '../../deps.ts'
import type { Intake } from '../intake.ts'
import { createOriginal, createRefused, type IntakeTables } from '../tables.ts'

const page = 50_000

const rowsPerBlock = 2 ** 16

/** Row numbers wanted again, a bit each, in blocks: between the rows of one sheet and the next lies a wide gap. */
export class RowSet {
  private blocks = new Map<number, Uint8Array>()
  last = 0

  add(rowNo: number) {
    const number = Math.floor(rowNo / rowsPerBlock)
    const bits = this.blocks.get(number) ?? new Uint8Array(rowsPerBlock / 8)
    this.blocks.set(number, bits)
    const at = (rowNo % rowsPerBlock) >> 3
    bits[at] = (bits[at] ?? 0) | (1 << (rowNo & 7))
    this.last = Math.max(this.last, rowNo)
  }

  has(rowNo: number): boolean {
    const bits = this.blocks.get(Math.floor(rowNo / rowsPerBlock))
    return ((bits?.[(rowNo % rowsPerBlock) >> 3] ?? 0) & (1 << (rowNo & 7))) !== 0
  }
}

export async function wantedRows(client: pg.PoolClient, tables: IntakeTables): Promise<RowSet> {
  const wanted = new RowSet()
  for (const table of [tables.review, tables.refused]) {
    for (let after = 0, more = true; more; ) {
      const { rows } = await client.query<{ row_no: number }>(
        `select row_no from ${table} where row_no > $1 order by row_no limit ${page}`,
        [after],
      )
      for (const { row_no } of rows) wanted.add(row_no)
      after = rows.at(-1)?.row_no ?? after
      more = rows.length === page
    }
  }
  return wanted
}

/**
 * Reads the file a second time for the rows that go back or wait for a decision, and seals them into `original`. Runs beside
 * the merging transaction, so that it costs no time; few files have so many such rows that all must be kept. Answers whether
 * there were any.
 */
export async function sealOriginals(
  deps: FeedsDeps,
  client: pg.PoolClient,
  tables: IntakeTables,
  intake: Intake,
  wanted: RowSet,
): Promise<boolean> {
  if (wanted.last === 0) return false
  await createOriginal(client, tables)
  const file = await openStoredFile(deps.fileDirectory, deps.vault.fileKeys(), intake.fileRef)
  const copy = openCopy(client, `${tables.original} (row_no, row_cipher)`)
  try {
    for await (const { firstRowNo, rows } of readRows(file, intake)) {
      if (firstRowNo > wanted.last) break
      let lines = ''
      for (const [i, cells] of rows.entries()) {
        if (!wanted.has(firstRowNo + i)) continue
        lines += `${firstRowNo + i}\t\\\\x${deps.vault.encrypt(JSON.stringify(cells)).toString('hex')}\n`
      }
      if (lines !== '') await copy.write(lines)
    }
    await copy.finish()
  } catch (error) {
    await copy.abort()
    throw error
  } finally {
    await file.close()
  }
  return true
}

/** Takes the refused rows out of a transaction that is about to be rolled back; answers how to put them in again. */
export async function rescueRefused(
  client: pg.PoolClient,
  tables: IntakeTables,
): Promise<(writer: pg.PoolClient) => Promise<void>> {
  const pages: string[] = []
  for (let after = 0, more = true; more; ) {
    const { rows } = await client.query<{ page: string | null; last: number | null }>(
      `select json_agg(r)::text as page, max(r.row_no) as last
       from (select * from ${tables.refused} where row_no > $1 order by row_no limit ${page}) r`,
      [after],
    )
    const [found] = rows
    if (found?.page) pages.push(found.page)
    after = found?.last ?? after
    more = found?.page !== null && found?.page !== undefined
  }
  return async (writer) => {
    await createRefused(writer, tables)
    for (const rows of pages) {
      await writer.query(
        `insert into ${tables.refused} select * from json_populate_recordset(null::${tables.refused}, $1::json)`,
        [rows],
      )
    }
  }
}

/** Puts the rows with uncertain matches on the list of those who decide. */
export async function keepReviews(client: pg.PoolClient, tables: IntakeTables, batchId: number) {
  await client.query(
    `insert into batch_review (batch_id, area, feed, row_no, county, household_id, person_id, match_class, other_row,
       row_cipher)
     select b.id, b.area, b.feed, v.row_no, v.county, v.household_id, v.person_id, v.match_class, v.other_row,
       o.row_cipher
     from ${tables.review} v join ${tables.original} o using (row_no) join batch b on b.id = $1`,
    [batchId],
  )
}

/** Sends back the rows that contradict the file or the registry. */
export async function keepRefused(client: pg.PoolClient, tables: IntakeTables, batchId: number) {
  await client.query(
    `insert into batch_reject (batch_id, area, feed, row_no, reasons, row_cipher)
     select b.id, b.area, b.feed, r.row_no, jsonb_build_array(jsonb_strip_nulls(jsonb_build_object(
       'code', r.code, 'key', r.key, 'detail', r.other::text))), o.row_cipher
     from ${tables.refused} r join ${tables.original} o using (row_no) join batch b on b.id = $1`,
    [batchId],
  )
}
