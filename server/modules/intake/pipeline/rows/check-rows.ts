import { type ColumnMapping, compileRowCheck, type Value } from '#server/modules/feeds/checks/index.ts'
import { readRows } from '#server/modules/readers/index.ts'
import { openStoredFile } from '#server/platform/files/file-store.ts'
import type { FeedsDeps } from '../../deps.ts'
import type { Intake } from '../intake.ts'
import type { Progress } from '../progress.ts'
import type { StageWriter } from './stage-writer.ts'

/** What is read from where; `headers` and `mapping` give each column its place. */
export function columnPlaces({ headers, mapping }: Pick<Intake, 'headers' | 'mapping'>): ColumnMapping {
  const places: Record<string, { index: number; header: string }> = {}
  for (const [key, header] of Object.entries(mapping)) {
    const index = headers.indexOf(header)
    if (index >= 0) places[key] = { index, header }
  }
  return places
}

/** Reads and checks the whole file: sound rows to be staged, the others to go back with their reasons. */
export async function checkRows(
  deps: FeedsDeps,
  writer: StageWriter,
  intake: Intake,
  progress: Progress,
): Promise<{ total: number; rejected: number; hidden: number }> {
  const limits = deps.intake.limits(intake.asOf, intake.area)
  const check = compileRowCheck(intake.feed, columnPlaces(intake), {
    today: intake.asOf,
    settlementToleranceFen: limits.settlementToleranceFen,
  })
  const values: Value[] = []
  let total = 0
  let rejected = 0
  let hidden = 0

  const file = await openStoredFile(deps.fileDirectory, deps.vault.fileKeys(), intake.fileRef)
  try {
    for await (const { firstRowNo, rows, merged, hidden: some = 0 } of readRows(file, intake)) {
      hidden += some
      for (let i = 0; i < rows.length; i++) {
        const cells = rows[i] ?? []
        const reasons = check(cells, values, merged?.get(i))
        if (reasons) {
          rejected++
          writer.reject(firstRowNo + i, reasons, cells)
        } else {
          writer.sound(firstRowNo + i, values)
        }
        if ((i & 255) === 255) await writer.flow()
      }
      total += rows.length
      await writer.flow()
      progress.rows(total, total / Math.max(intake.rowEstimate, total))
    }
    await writer.finish()
  } catch (error) {
    await writer.abort()
    throw error
  } finally {
    await file.close()
  }
  return { total, rejected, hidden }
}
