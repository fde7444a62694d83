import { type CopyWriter, copyField, openCopy } from '#server/platform/copy.ts'
import { copyBuffer } from '#server/platform/copy-buffer.ts'
import { inSession, type Session } from '#server/platform/db.ts'
import { openStoredFile } from '#server/platform/file-store.ts'
import { type ColumnMapping, compileRowCheck, type Reason, type Value } from '../checks/index.ts'
import type { FeedsDeps } from '../deps.ts'
import { readRows } from '../readers/index.ts'
import type { Intake } from './intake.ts'
import type { Progress } from './progress.ts'
import { compileLine } from './row-lines.ts'
import { type IntakeTables, stageColumns } from './tables.ts'

const chunkLength = 128 * 1024

/** What is read from where; `headers` and `mapping` give each column its place. */
export function columnPlaces({ headers, mapping }: Pick<Intake, 'headers' | 'mapping'>): ColumnMapping {
  const places: Record<string, { index: number; header: string }> = {}
  for (const [key, header] of Object.entries(mapping)) {
    const index = headers.indexOf(header)
    if (index >= 0) places[key] = { index, header }
  }
  return places
}

/** Reads and checks the whole file: sound rows into the staging table, the others back with their reasons. */
export async function checkRows(
  deps: FeedsDeps,
  session: Session,
  tables: IntakeTables,
  intake: Intake,
  progress: Progress,
): Promise<{ total: number; rejected: number }> {
  const { feed } = intake
  const limits = deps.intake.limits(intake.asOf, intake.area)
  const check = compileRowCheck(feed, columnPlaces(intake), {
    today: intake.asOf,
    settlementToleranceFen: limits.settlementToleranceFen,
  })
  const line = compileLine(feed, deps.vault)
  const values: Value[] = []
  let total = 0
  let rejected = 0

  const file = await openStoredFile(deps.fileDirectory, deps.vault.fileKeys(), intake.fileRef)
  const columns = stageColumns(feed).map(({ column }) => column)
  const stage = openCopy(session.client, `${tables.stage} (${columns.join(', ')})`)
  const rejects = openRejects(deps, intake.id)
  const pool = bufferPool()
  const lines = copyBuffer(pool.take())
  const send = () => {
    const full = lines.swap(pool.take())
    return stage.write(full, () => pool.give(full))
  }
  try {
    for await (const { firstRowNo, rows } of readRows(file, intake)) {
      for (let i = 0; i < rows.length; i++) {
        const cells = rows[i] ?? []
        const reasons = check(cells, values)
        if (reasons) {
          rejected++
          rejects.add(firstRowNo + i, reasons, cells)
        } else {
          line(lines, firstRowNo + i, values)
        }
        if (lines.length >= chunkLength) await send()
      }
      total += rows.length
      await rejects.flush(false)
      progress.rows(total, total / Math.max(intake.rowEstimate, total))
    }
    await send()
    await stage.finish()
    await rejects.finish()
  } catch (error) {
    await Promise.all([stage.abort(), rejects.abort()])
    throw error
  } finally {
    await file.close()
  }
  return { total, rejected }
}

/** Buffers in turn, so that memory stays where it is however long the file. */
function bufferPool() {
  const free: Buffer[] = []
  return {
    take: () => free.pop() ?? Buffer.allocUnsafeSlow(chunkLength * 2),
    give(part: Buffer) {
      const whole = Buffer.from(part.buffer)
      if (whole.length === chunkLength * 2) free.push(whole)
    },
  }
}

interface Rejects {
  add(rowNo: number, reasons: readonly Reason[], cells: readonly string[]): void
  flush(all: boolean): Promise<void>
  finish(): Promise<void>
  abort(): Promise<void>
}

/** Rejected rows go over a second connection, taken when the first one comes. */
function openRejects({ database, vault }: FeedsDeps, batchId: number): Rejects {
  let lines = ''
  let copy: CopyWriter | undefined
  let ended: Promise<void> = Promise.resolve()
  let release: () => void = () => undefined

  async function open(): Promise<CopyWriter> {
    return new Promise((resolve, reject) => {
      ended = inSession(database, async ({ client }) => {
        const held = new Promise<void>((done) => {
          release = done
        })
        resolve(openCopy(client, 'batch_reject (batch_id, row_no, reasons, row_cipher)'))
        await held
      })
      ended.catch(reject)
    })
  }
  async function flush(all: boolean) {
    if (lines === '' || (!all && lines.length < chunkLength)) return
    copy ??= await open()
    await copy.write(lines)
    lines = ''
  }
  return {
    add(rowNo, reasons, cells) {
      const sealed = vault.encrypt(JSON.stringify(cells)).toString('hex')
      lines += `${batchId}\t${rowNo}\t${copyField(JSON.stringify(reasons))}\t\\\\x${sealed}\n`
    },
    flush,
    async finish() {
      await flush(true)
      await copy?.finish()
      release()
      await ended
    },
    async abort() {
      await copy?.abort()
      release()
      await ended.catch(() => undefined)
    },
  }
}
