import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { beganOf, runs } from '../processes/began.ts'

/**
 * Who looks after an embedded server: one process starts it again when it falls and stops it when it leaves. Others that use it are
 * written down beside; who leaves, or was killed, is followed by one of them. A command that found the server of a killed process would
 * take it along when it ends, from under the one that was started meanwhile.
 */
export interface Membership {
  /** Whether this process looks after the server; takes it up where nobody does any more. */
  isOwner(): boolean
  /** Hands over to another that uses it. Answers whether the server is to be stopped, for nobody does. */
  leave(): boolean
}

const ownerFile = (root: string) => path.join(root, 'postgres-owner')
const memberPrefix = 'postgres-user-'

/** A process by number and start, for a number comes again. */
const ownLine = () => `${process.pid} ${beganOf(process.pid) ?? ''}`

const read = (file: string) => (existsSync(file) ? readFileSync(file, 'utf8') : '')

function isAlive(line: string): boolean {
  const [number, ...began] = line.split(' ')
  const pid = Number(number)
  // Where a system does not say when a process began, that it lives must do.
  return pid > 0 && runs(pid) && (beganOf(pid) ?? '') === began.join(' ')
}

/** Whether somebody looks after the server of a folder, so that one only joins. */
export const isOwned = (root: string) => isAlive(read(ownerFile(root)))

/** Whether that is this very process, by an earlier call. */
export const isOwnedHere = (root: string) => read(ownerFile(root)) === ownLine()

export function own(root: string): void {
  writeFileSync(ownerFile(root), ownLine())
}

/** A full disk takes no note, and keeps nobody from the work that may free it. */
function note(file: string, line: string): void {
  try {
    writeFileSync(file, line, { mode: 0o600 })
  } catch {
    // Whoever is not written down inherits where it finds nobody alive.
  }
}

/** From now on this process uses the server, and may follow who looks after it. */
export function join(root: string): Membership {
  const line = ownLine()
  const file = path.join(root, `${memberPrefix}${process.pid}`)
  note(file, line)
  return {
    isOwner() {
      if (read(ownerFile(root)) === line) return true
      if (isOwned(root)) return false
      note(ownerFile(root), line)
      return true
    },
    leave() {
      rmSync(file, { force: true })
      if (read(ownerFile(root)) !== line) return false
      const [heir] = members(root)
      if (heir) note(ownerFile(root), heir)
      else rmSync(ownerFile(root), { force: true })
      return heir === undefined
    },
  }
}

/** Those that live; notes of killed processes are removed. */
function members(root: string): string[] {
  const files = readdirSync(root).filter((name) => name.startsWith(memberPrefix))
  return files.flatMap((name) => {
    const line = read(path.join(root, name))
    if (isAlive(line)) return [line]
    rmSync(path.join(root, name), { force: true })
    return []
  })
}
