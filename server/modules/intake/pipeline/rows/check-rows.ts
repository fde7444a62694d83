import { compileRowCheck, unreadableName, type Value } from '#server/modules/feeds/checks/index.ts'
import { readRows } from '#server/modules/readers/index.ts'
import { openStoredFile } from '#server/platform/files/file-store.ts'
import type { FeedsDeps } from '../../deps.ts'
import { columnPlaces } from '../../figures/column-places.ts'
import { openRowFigures, type RowFigures } from '../../figures/row-figures.ts'
import type { Intake } from '../intake.ts'
import type { Progress } from '../progress.ts'
import { openShapeCheck } from './row-shapes.ts'
import type { StageWriter } from './stage-writer.ts'

/** Reads and checks the whole file: sound rows to be staged, the others to go back with their reasons, what is no data noted. */
export async function checkRows(
  deps: FeedsDeps,
  writer: StageWriter,
  intake: Intake,
  progress: Progress,
): Promise<{ total: number; rejected: number; unreadable: number; hidden: number; seen: RowFigures }> {
  const limits = deps.intake.limits(intake.asOf, intake.area)
  const check = compileRowCheck(intake.feed, columnPlaces(intake), {
    today: intake.asOf,
    settlementToleranceFen: limits.settlementToleranceFen,
  })
  const seen = openRowFigures(intake.feed, intake)
  const { unitOfRow } = seen
  const values: Value[] = []
  let done = 0
  let total = 0
  let rejected = 0
  let unreadable = 0
  const nameAt = intake.feed.columns.findIndex(({ key, use }) => key === 'name' && use === 'match')
  let hidden = 0
  const file = await openStoredFile(deps.fileDirectory, deps.vault.fileKeys(), intake.fileRef)
  const shapeFault = openShapeCheck(intake, () => readRows(file, intake))
  try {
    for await (const { firstRowNo, rows, merged, faults, hidden: some = 0 } of readRows(file, intake)) {
      hidden += some
      for (let i = 0; i < rows.length; i++) {
        const cells = rows[i] ?? []
        const fault = faults?.get(i)
        if (fault !== 'quote' && seen.aside(firstRowNo + i, cells) !== undefined) continue
        total++
        unitOfRow?.(firstRowNo + i, cells)
        const reasons = (await shapeFault(cells, fault)) ?? check(cells, values, merged?.get(i))
        if (reasons) {
          rejected++
          writer.reject(firstRowNo + i, reasons, cells)
        } else {
          if (values[nameAt] === unreadableName) unreadable++
          writer.sound(firstRowNo + i, values)
          seen.sound(values)
        }
        if ((i & 255) === 255) await writer.flow()
      }
      done += rows.length
      await writer.flow()
      progress.rows(done, done / Math.max(intake.rowEstimate, done))
    }
    await writer.finish()
  } catch (error) {
    await writer.abort()
    throw error
  } finally {
    await file.close()
  }
  return { total, rejected, unreadable, hidden, seen }
}
