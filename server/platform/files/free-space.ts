import { statfs } from 'node:fs/promises'
import path from 'node:path'

/** Less than this, and work begun now may not end: a file on its way, a merge, the log of the database. */
const leastBytes = 256 * 2 ** 20
/** Of a small disk. */
const leastShare = 0.02

/** Whether the disk of a folder, which need not be there yet, has room for what comes. */
export async function hasRoom(folder: string): Promise<boolean> {
  try {
    const { bavail, blocks, bsize } = await statfs(folder)
    return bavail * bsize >= Math.min(leastBytes, blocks * bsize * leastShare)
  } catch (error) {
    const above = path.dirname(folder)
    if (above === folder || !(error instanceof Error && 'code' in error && error.code === 'ENOENT'))
      throw error
    return hasRoom(above)
  }
}
