import type { StoredFile } from '#server/platform/files/file-store.ts'
import { unreadable } from '../problems.ts'

/** Formats that cannot be read as a stream, and are small: old workbooks hold 65,536 rows, pages less. */
const largestFile = 128 * 1024 * 1024

export function readWhole(file: StoredFile): Promise<Buffer> {
  if (file.size > largestFile) throw unreadable('too-large', { what: 'file', limit: largestFile })
  return file.read(0, file.size)
}
