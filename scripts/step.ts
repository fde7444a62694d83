import { spawnSync } from 'node:child_process'
import path from 'node:path'

export const root = path.resolve(import.meta.dirname, '..')

/** Runs one tool of the project and shows its output only when it fails; returns its output, or exits the process. */
export function step(
  title: string,
  binary: string,
  args: string[],
  options: { show?: boolean } = {},
): string {
  const started = performance.now()
  const run = spawnSync(path.join(root, 'node_modules/.bin', binary), args, {
    cwd: root,
    encoding: 'utf8',
    stdio: options.show ? 'inherit' : 'pipe',
    maxBuffer: 2 ** 28,
  })
  const seconds = ((performance.now() - started) / 1000).toFixed(1)
  if (run.status !== 0) {
    process.stderr.write(`${run.stdout ?? ''}${run.stderr ?? ''}\n✗ ${title} (${seconds} s)\n`)
    process.exit(run.status ?? 1)
  }
  process.stderr.write(`✓ ${title} (${seconds} s)\n`)
  return run.stdout ?? ''
}
