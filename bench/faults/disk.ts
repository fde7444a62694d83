import { execFileSync, spawnSync } from 'node:child_process'
import { closeSync, existsSync, mkdirSync, openSync, renameSync, rmSync, writeSync } from 'node:fs'
import path from 'node:path'

/** A small disk of its own below a folder, so that it can run full without the machine's. Needs the right to mount. */
export interface Disk {
  /** Takes all the room there is. */
  fill(): void
  /** Gives it back. */
  empty(): void
  /** Whether what lies there can be written. */
  setWritable(isWritable: boolean): boolean
  remove(): void
}

export const canMount = process.getuid?.() === 0

export function mountDisk(folder: string, megabytes: number): Disk {
  mkdirSync(folder, { recursive: true })
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m,mode=0755`, 'tmpfs', folder])
  const ballast = path.join(folder, 'ballast')
  let isThere = true
  const remove = () => {
    if (isThere) spawnSync('umount', ['-l', folder])
    isThere = false
  }
  // A run that breaks off leaves no disk behind.
  process.once('exit', remove)
  return {
    fill() {
      const file = openSync(ballast, 'a')
      const piece = Buffer.alloc(256 * 1024)
      try {
        for (;;) writeSync(file, piece)
      } catch {
        // Full, which was the aim.
      } finally {
        closeSync(file)
      }
    },
    empty: () => rmSync(ballast, { force: true }),
    setWritable: (isWritable) =>
      spawnSync('mount', ['-o', `remount,${isWritable ? 'rw' : 'ro'}`, folder]).status === 0,
    remove: () => {
      process.off('exit', remove)
      remove()
    },
  }
}

/** Moves what lies in a folder to a disk of its own that takes the folder's place. */
export function mountInPlace(folder: string, megabytes: number): Disk {
  const aside = `${folder}-aside`
  if (!existsSync(folder)) mkdirSync(folder, { recursive: true, mode: 0o700 })
  renameSync(folder, aside)
  const disk = mountDisk(folder, megabytes)
  execFileSync('cp', ['-a', `${aside}/.`, folder])
  rmSync(aside, { recursive: true })
  return disk
}

/** With owners and rights as they are. */
export function copyFolder(from: string, to: string): void {
  mkdirSync(to, { recursive: true })
  execFileSync('cp', ['-a', `${from}/.`, to])
}
