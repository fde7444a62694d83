import { createReadStream } from 'node:fs'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { type FeedsDeps, importFile } from '#server/modules/intake/index.ts'
import { clockAt } from '#server/platform/clock.ts'
import type { Manifest } from './outgoing/deliveries.ts'

interface ImportedFile {
  file: string
  rows: number
  arrivedOn: string
  state: string
}

/**
 * Imports the files of a province in the order in which they arrived, each as of its day, through the same operation as
 * the command line and the web. Goes on after a file that is held or fails; the caller sees its state, and may do something before
 * the files of a day.
 */
export async function importProvince(
  depsOn: (clock: ReturnType<typeof clockAt>) => FeedsDeps,
  folder: string,
  onFile: (imported: ImportedFile) => void | Promise<void> = () => undefined,
  beforeDay: (day: string) => Promise<void> = () => Promise.resolve(),
): Promise<ImportedFile[]> {
  const manifest: Manifest = JSON.parse(await readFile(path.join(folder, 'manifest.json'), 'utf8'))
  const refs = new Map<string, string>()
  const imported: ImportedFile[] = []
  let today = ''
  for (const { file, feed, sheet, area, periodTo, arrivedOn, corrects, rows } of manifest.files) {
    if (arrivedOn !== today) await beforeDay(arrivedOn)
    today = arrivedOn
    const body = createReadStream(path.join(folder, file))
    const { ref, state } = await importFile(
      depsOn(clockAt(arrivedOn)),
      { name: file, body },
      {
        feed,
        area,
        periodTo,
        ...(sheet === null ? {} : { sheet }),
        ...(corrects === null ? {} : { corrects: refs.get(corrects) }),
      },
    )
    refs.set(file, ref)
    imported.push({ file, rows, arrivedOn, state })
    await onFile({ file, rows, arrivedOn, state })
  }
  return imported
}
