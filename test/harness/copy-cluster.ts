import { execFileSync } from 'node:child_process'
import { mkdirSync } from 'node:fs'

/** Files, owners and rights of a cluster that does not run, into a folder that may be there. */
export function copyCluster(from: string, to: string): void {
  mkdirSync(to, { recursive: true, mode: 0o700 })
  execFileSync('cp', ['-a', `${from}/.`, to])
}
