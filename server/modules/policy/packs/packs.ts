import { readdirSync } from 'node:fs'
import path from 'node:path'
import { addDays } from '#contract/days.ts'
import type { PolicyPack, Vocabulary } from '../model.ts'
import { loadPolicyPack } from './load.ts'
import { faultTexts } from './messages.ts'
import { PackFile } from './schema.ts'
import { type Fault, openSourceFile, PolicyError } from './source-file.ts'

/**
 * Every folder inside `folder` is a pack; they follow each other day by day, neither overlapping nor leaving a gap. Earliest
 * first, at least one. Throws {@link PolicyError} with the faults of all of them.
 */
export function loadPolicyPacks(folder: string, vocabulary: Vocabulary): readonly PolicyPack[] {
  const faults: Fault[] = []
  const packs: PolicyPack[] = []
  const names = readdirSync(folder, { withFileTypes: true }).filter((one) => one.isDirectory())
  for (const { name } of names.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
    try {
      const pack = loadPolicyPack(path.join(folder, name), vocabulary)
      if (pack.id !== name) faultOf(name, 'id', faultTexts.folderName(pack.id, name))
      packs.push(pack)
    } catch (error) {
      if (!(error instanceof PolicyError)) throw error
      faults.push(...error.faults.map((one) => ({ ...one, file: path.posix.join(name, one.file) })))
    }
  }
  const heads = names.flatMap(({ name }) => {
    const head = openSourceFile(folder, `${name}/pack.yaml`, []).read(PackFile)
    return head ? [{ ...head, id: name }] : []
  })
  heads.sort(byBeginning)
  for (const [i, pack] of heads.entries()) {
    const before = heads[i - 1]
    if (!before) continue
    const until = before.to ?? '9999-12-31'
    if (pack.from <= until) faultOf(pack.id, 'from', faultTexts.packsOverlap(before.id, before.to ?? '今'))
    else if (pack.from !== addDays(until, 1)) faultOf(pack.id, 'from', faultTexts.packsGap(before.id, until))
  }
  if (faults.length > 0) throw new PolicyError(once(faults))
  if (packs.length === 0) throw new Error(`no policy pack in ${folder}`)
  return packs.toSorted(byBeginning)

  function faultOf(name: string, key: string, text: readonly [string, string]) {
    openSourceFile(folder, `${name}/pack.yaml`, faults).fault([key], text)
  }
}

/** The pack of a day; before the first one begins the first counts, after the last one ends the last. */
export function packInForce(packs: readonly PolicyPack[], day: string): PolicyPack {
  const found = packs.findLast(({ from }) => from <= day) ?? packs[0]
  if (!found) throw new Error('no policy pack')
  return found
}

function byBeginning(a: { from: string }, b: { from: string }): number {
  return a.from < b.from ? -1 : 1
}

/** A fault of an inherited file is found by every pack that inherits it. */
function once(faults: readonly Fault[]): Fault[] {
  return [
    ...new Map(faults.map((one) => [`${one.file}:${one.line}:${one.column} ${one.reason}`, one])).values(),
  ]
}
