import { closeSync, openSync, readdirSync, renameSync, statSync, writeSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import type { Kind } from '../kind.ts'
import type { World } from '../world.ts'

const fullMs = 4000

export const diskKinds: readonly Kind[] = [
  {
    name: 'disk-full',
    ...{ layout: { hasDisk: true }, needsMount: true },
    strike: async ({ disk }) => {
      disk?.fill()
      await delay(fullMs)
      disk?.empty()
    },
  },
  {
    name: 'wal-disk-full',
    ...{ layout: { hasWalDisk: true }, needsMount: true },
    strike: async ({ walDisk }) => {
      walDisk?.fill()
      await delay(fullMs)
      walDisk?.empty()
    },
  },
  {
    name: 'file-system-read-only',
    ...{ layout: { hasDisk: true }, needsMount: true },
    // As the kernel does to a disk that fails; a database whose files cannot be written any more goes with it.
    strike: async (world) => {
      if (!world.disk?.setWritable(false)) await world.killAll()
      world.disk?.setWritable(false)
      await delay(fullMs)
      world.disk?.setWritable(true)
    },
  },
  {
    name: 'files-away',
    // The folder of received files is elsewhere for a moment, as a network drive that was not mounted.
    strike: async ({ dataFolder }) => {
      const folder = path.join(dataFolder, 'files')
      renameSync(folder, `${folder}-away`)
      await delay(fullMs)
      mergeBack(`${folder}-away`, folder)
    },
  },
  {
    name: 'file-missing',
    strike: async (world) => {
      const [newest] = newestFile(world)
      if (newest) renameSync(newest, `${newest}.gone`)
      await delay(500)
    },
  },
  {
    name: 'file-damaged',
    strike: async (world) => {
      const [newest] = newestFile(world)
      if (!newest) return
      const file = openSync(newest, 'r+')
      writeSync(file, Buffer.from('damage'), 0, 6, Math.max(0, (statSync(newest).size >> 1) - 3))
      closeSync(file)
    },
  },
]

/** The file of the batch on its way, where there is one; not a photo, which nobody could send again. */
function newestFile({ dataFolder }: World): string[] {
  const folder = path.join(dataFolder, 'files')
  const names = readdirSync(folder).filter((name) => name.endsWith('.sealed'))
  return names
    .map((name) => path.join(folder, name))
    .filter((file) => statSync(file).size > 60_000)
    .toSorted((a, b) => statSync(b).mtimeMs - statSync(a).mtimeMs)
}

/** What was received meanwhile into a folder made anew stays. */
function mergeBack(from: string, to: string): void {
  for (const name of readdirSync(from)) {
    if (name !== 'partial') renameSync(path.join(from, name), path.join(to, name))
  }
}
