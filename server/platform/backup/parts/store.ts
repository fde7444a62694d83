import { randomUUID } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { type FileHandle, mkdir, open, rename, rm, stat } from 'node:fs/promises'
import path from 'node:path'
import { pipeline } from 'node:stream/promises'
import { type Pack, pack } from 'tar-stream'
import { writeWhole } from '../../files/file-keys.ts'

/** Where the parts of a backup go: a folder, or a stream of them for another machine. */
export interface Store {
  /** Length of the part, undefined where there is none. */
  sizeOf(name: string): Promise<number | undefined>
  /** The part is there whole, and on the disk, or not at all. */
  write(name: string, bytes: Buffer): Promise<void>
  /** The same from a file, of any size. */
  copy(name: string, file: string): Promise<void>
}

export const piecePart = (tag: string) => `pieces/${tag.slice(0, 2)}/${tag}`
export const filePart = (name: string) => `files/${name.slice(0, 2)}/${name}`

/** What an interrupted write leaves behind begins so. */
export const partialPrefix = 'partial-'

export function folderStore(folder: string): Store {
  return {
    sizeOf: (name) =>
      stat(path.join(folder, name)).then(
        ({ size }) => size,
        () => undefined,
      ),
    write: (name, bytes) => place(folder, name, (handle) => writeWhole(handle, bytes)),
    copy: (name, file) =>
      place(folder, name, async (handle) => {
        for await (const part of createReadStream(file, { highWaterMark: 2 ** 20 }))
          await writeWhole(handle, part as Buffer)
      }),
  }
}

const made = new Set<string>()

async function place(folder: string, name: string, fill: (handle: FileHandle) => Promise<void>) {
  const target = path.join(folder, name)
  const parent = path.dirname(target)
  if (!made.has(parent)) await mkdir(parent, { recursive: true, mode: 0o700 })
  made.add(parent)
  const partial = path.join(folder, `${partialPrefix}${randomUUID()}`)
  const handle = await open(partial, 'wx', 0o600)
  try {
    await fill(handle)
    await handle.datasync()
    await handle.close()
    await rename(partial, target)
  } catch (error) {
    await handle.close().catch(() => undefined)
    await rm(partial, { force: true })
    // A disk that was unmounted and comes back has none of them.
    made.clear()
    throw error
  }
}

/** The same parts as a tar stream: unpacked into a folder it is what {@link folderStore} would have made. */
export function streamStore(output: NodeJS.WritableStream): Store & { end(): Promise<void> } {
  const tar: Pack = pack()
  const piped = new Promise<void>((resolve, reject) => {
    output.on('error', reject)
    tar.on('error', reject)
    tar.on('end', resolve)
  })
  piped.catch(() => undefined)
  tar.pipe(output as never)
  const sizes = new Map<string, number>()
  let last: Promise<void> = Promise.resolve()
  /** One entry after the other: a tar has no place for two at a time. */
  const next = (name: string, size: number, add: () => Promise<void>) => {
    if (sizes.has(name)) return last
    sizes.set(name, size)
    last = last.then(add)
    return Promise.race([last, piped])
  }
  return {
    sizeOf: async (name) => sizes.get(name),
    write: (name, bytes) =>
      next(
        name,
        bytes.length,
        () =>
          new Promise<void>((resolve, reject) => {
            tar.entry({ name, mode: 0o600 }, bytes, (error) => (error ? reject(error) : resolve()))
          }),
      ),
    async copy(name, file) {
      const { size } = await stat(file)
      await next(name, size, () => pipeline(createReadStream(file), tar.entry({ name, size, mode: 0o600 })))
    },
    async end() {
      await last
      tar.finalize()
      await piped
    },
  }
}
