import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { opendir, readFile, stat } from 'node:fs/promises'
import path from 'node:path'
import type { Repository } from './parts/repository.ts'
import { DamagedPiece } from './parts/seal-box.ts'
import { filePart } from './parts/store.ts'

const reference = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}'
const received = new RegExp(`^(${reference})\\.(sealed|key)$`)

/**
 * Keeps one received file, or its key: both are sealed already and are taken as they lie there. A file never changes. Its key is
 * wrapped anew when data keys change, and kept once for each: an instant of the past knows only the data keys of its time. Answers
 * whether it was new; false too for what is no received file, and for what was erased meanwhile.
 */
export async function keepReceivedFile(
  { store, folder }: Repository,
  source: string,
  name: string,
): Promise<boolean> {
  const [, ref = '', kind] = received.exec(name) ?? []
  const from = path.join(source, name)
  const found = kind ? await stat(from).catch(() => undefined) : undefined
  if (!found) return false
  const part = kind === 'key' ? await keyPart(ref, from) : filePart(name)
  if (!part || (await store.sizeOf(part)) === found.size) return false
  await store.copy(part, from)
  if (folder) await compare(from, path.join(folder, part))
  return true
}

/** The first byte of a wrapped key names the data key. */
async function keyPart(ref: string, file: string): Promise<string | undefined> {
  const bytes = await readFile(file).catch(() => undefined)
  return bytes?.length ? filePart(`${ref}.key.${bytes[0]}`) : undefined
}

/** Reads back what was written. */
async function compare(from: string, to: string) {
  const [source, copy] = await Promise.all([digestOf(from), digestOf(to)])
  if (source && source !== copy) throw new DamagedPiece(`${to} is not what was written`)
}

async function digestOf(file: string): Promise<string | undefined> {
  const hash = createHash('sha256')
  try {
    for await (const part of createReadStream(file, { highWaterMark: 2 ** 20 })) hash.update(part as Buffer)
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw error
  }
  return hash.digest('hex')
}

/** Keeps all of a folder, one after the other, so that a million of them take no memory. */
export async function keepReceivedFiles(
  repository: Repository,
  source: string,
): Promise<{ files: number; added: number }> {
  const count = { files: 0, added: 0 }
  const folder = await opendir(source).catch(() => undefined)
  if (!folder) return count
  for await (const { name } of folder) {
    if (name.endsWith('.sealed')) count.files += 1
    if (await keepReceivedFile(repository, source, name)) count.added += 1
  }
  return count
}
