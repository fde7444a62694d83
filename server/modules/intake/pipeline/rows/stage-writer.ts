import type pg from 'pg'
import type { Reason, Value } from '#server/modules/feeds/checks/index.ts'
import { type CopyWriter, copyField, openCopy } from '#server/platform/database/copy.ts'
import { copyBuffer } from '#server/platform/database/copy-buffer.ts'
import type { Vault } from '#server/platform/keys/crypto.ts'
import { addsUpMembers, type Intake } from '../intake.ts'
import { createStage, type IntakeTables, isRegistryFeed, stageColumns } from '../tables.ts'
import { compileLine } from './row-lines.ts'

const bufferLength = 256 * 1024
const sendAt = 128 * 1024
/** Rejected rows wait in memory up to so many characters. */
const rejectsAtMost = 4 * 1024 * 1024
/**
 * Rows to a chunk: merging one keeps the database about as long busy as reading the next keeps this process, and its hash of
 * persons is built eight times in a million rows.
 */
const chunkRows = 125_000

/** Takes over the staged rows of one table; resolves when it is ready for the next. */
export type TakeChunk = (table: string) => Promise<void>

export interface StageWriter {
  sound(rowNo: number, values: readonly Value[]): void
  reject(rowNo: number, reasons: readonly Reason[], cells: readonly string[]): void
  /** To be called now and then; resolves late when the database is behind. */
  flow(): Promise<void>
  /** Everything is stored and every chunk taken. */
  finish(): Promise<void>
  abort(): Promise<void>
}

/**
 * Writes sound rows to staging tables and rejected ones to theirs, over one connection. A full chunk is handed on and merged
 * while the next is read; files of the registry, and those that may name each member of a household, stay in one, for their rows must be
 * looked at together.
 */
export function openStageWriter(
  client: pg.PoolClient,
  vault: Vault,
  tables: IntakeTables,
  intake: Intake,
  takeChunk: TakeChunk,
): StageWriter {
  const { feed } = intake
  const columns = stageColumns(feed)
    .map(({ column }) => column)
    .join(', ')
  const limit = isRegistryFeed(feed) || addsUpMembers(intake) ? Number.POSITIVE_INFINITY : chunkRows
  const line = compileLine(feed, vault)
  const pool = bufferPool()
  const lines = copyBuffer(pool.take())
  let copy: CopyWriter | undefined
  let chunk = 0
  let created = false
  let staged = 0
  let rejects = ''
  let taking: Promise<void> = Promise.resolve()

  async function send() {
    if (lines.length === 0) return
    if (!created) await createStage(client, tables.stage(chunk), feed)
    created = true
    copy ??= openCopy(client, `${tables.stage(chunk)} (${columns})`)
    const full = lines.swap(pool.take())
    await copy.write(full, () => pool.release(full))
  }
  async function endCopy() {
    await send()
    await copy?.finish()
    copy = undefined
  }
  async function storeRejects() {
    if (rejects === '') return
    await endCopy()
    // PostgreSQL copies into no table with row-level security.
    await client.query(`create temporary table if not exists rejected as
        select batch_id, row_no, reasons, row_cipher from batch_reject with no data;
      truncate rejected`)
    const copying = openCopy(client, 'rejected (batch_id, row_no, reasons, row_cipher)')
    await copying.write(rejects)
    await copying.finish()
    await client.query(`insert into batch_reject (batch_id, area, feed, row_no, reasons, row_cipher)
      select r.batch_id, b.area, b.feed, r.row_no, r.reasons, r.row_cipher from rejected r join batch b
        on b.id = r.batch_id;
      truncate rejected`)
    rejects = ''
  }
  async function handOn() {
    await endCopy()
    if (!created) return
    const table = tables.stage(chunk)
    chunk++
    created = false
    staged = 0
    await taking
    taking = takeChunk(table)
    // Reported by the next await; until then it must not count as unhandled.
    taking.catch(() => undefined)
  }
  return {
    sound(rowNo, values) {
      line(lines, rowNo, values)
      staged++
    },
    reject(rowNo, reasons, cells) {
      const sealed = vault.encrypt(JSON.stringify(cells)).toString('hex')
      rejects += `${intake.id}\t${rowNo}\t${copyField(JSON.stringify(reasons))}\t\\\\x${sealed}\n`
    },
    async flow() {
      if (lines.length >= sendAt) await send()
      if (rejects.length >= rejectsAtMost) await storeRejects()
      if (staged >= limit) await handOn()
    },
    async finish() {
      await handOn()
      await storeRejects()
      await taking
    },
    async abort() {
      await copy?.abort()
      await taking.catch(() => undefined)
    },
  }
}

/** Buffers in turn, so that memory stays where it is however long the file. */
function bufferPool() {
  const free: Buffer[] = []
  return {
    take: () => free.pop() ?? Buffer.allocUnsafeSlow(bufferLength),
    release(part: Buffer) {
      const whole = Buffer.from(part.buffer)
      if (whole.length === bufferLength) free.push(whole)
    },
  }
}
