import { access, constants, statfs } from 'node:fs/promises'
import path from 'node:path'
import { isDiskReadOnly } from '../database/away.ts'

/** Less than this, and work begun now may not end: a file on its way, a merge, the log of the database. */
const leastBytes = 256 * 2 ** 20
/** Of a small disk. */
const leastShare = 0.02

/** Whether the disk of a folder, which need not be there yet, takes what comes. */
export async function lookAtDisk(folder: string): Promise<'room' | 'full' | 'read-only'> {
  try {
    await access(folder, constants.W_OK)
    const { bavail, blocks, bsize } = await statfs(folder)
    return bavail * bsize >= Math.min(leastBytes, blocks * bsize * leastShare) ? 'room' : 'full'
  } catch (error) {
    if (isDiskReadOnly(error)) return 'read-only'
    const above = path.dirname(folder)
    if (above === folder || !(error instanceof Error && 'code' in error && error.code === 'ENOENT'))
      throw error
    return lookAtDisk(above)
  }
}
