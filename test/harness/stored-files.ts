import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { openStoredFile, type StoredFile, storeFile } from '#server/platform/files/file-store.ts'
import { openVault } from '#server/platform/keys/crypto.ts'

const keys = openVault(Buffer.alloc(32, 1)).fileKeys()

/** Stores bytes as received files and opens them; `close` removes all. */
export async function openFileShelf() {
  const dir = await mkdtemp(join(tmpdir(), 'shelf-'))
  const files: StoredFile[] = []
  return {
    async store(bytes: Buffer | AsyncIterable<Buffer>) {
      const { ref } = await storeFile(dir, keys, Readable.from(Buffer.isBuffer(bytes) ? [bytes] : bytes))
      const file = await openStoredFile(dir, keys, ref)
      files.push(file)
      return file
    },
    async close() {
      for (const file of files) await file.close()
      await rm(dir, { recursive: true })
    },
  }
}

export async function collect<T>(source: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = []
  for await (const each of source) all.push(each)
  return all
}

/** Bytes that were never stored, as an opened file: for thousands of small ones. */
export function memoryFile(bytes: Buffer): StoredFile {
  return {
    ref: 'memory',
    size: bytes.length,
    async *chunks(start = 0, end = bytes.length) {
      if (end > start) yield bytes.subarray(start, end)
    },
    stream: (start = 0, end = bytes.length) => Readable.from([bytes.subarray(start, end)]),
    read: async (offset, length) => bytes.subarray(offset, offset + length),
    close: async () => undefined,
  }
}
