import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, rmSync } from 'node:fs'
import path from 'node:path'
import { boundaryFaults } from './boundaries.ts'
import { root, type Step, sideBySide } from './step.ts'

/**
 * Everything that can be told without running the product: types, lint and format, boundaries, dead code; side by side, and each
 * keeping what it knew of files that did not change (warm: 9 s of processor time, cold: 45 s).
 * `--changed` looks at what differs from the last commit and leaves out what that cannot have broken.
 */
const cache = path.join(root, 'node_modules/.cache')
const folders = ['contract', 'server', 'web', 'bench', 'demo', 'test', 'scripts']
const code = /\.(ts|tsx|mts|cts|cjs|mjs|json)$/

const changed = process.argv.includes('--changed') ? changedFiles() : undefined
const steps: Step[] = []
if (!changed || changed.some((file) => code.test(file)))
  steps.push({ title: 'types', binary: 'tsc', args: ['--noEmit', '-p', '.'] }, boundaries())
steps.push({
  title: 'lint and format',
  binary: 'biome',
  args: ['check', '--error-on-warnings', '--no-errors-on-unmatched', ...(changed ?? ['.'])],
})
if (!changed)
  steps.push({
    title: 'dead code',
    binary: 'knip',
    args: ['--no-progress', '--cache', '--cache-location', path.join(cache, 'knip')],
  })

if (changed?.length === 0) process.stderr.write('nothing differs from the last commit\n')
else if (!(await sideBySide(steps))) process.exit(1)

function boundaries(): Step {
  // What the cruiser knew holds under the same rules and packages only; of a run that was killed nothing is kept.
  const under = ['.dependency-cruiser.cjs', 'tsconfig.json', 'package.json', 'package-lock.json']
  const hash = createHash('sha256')
  for (const file of under) hash.update(readFileSync(path.join(root, file)))
  const kept = path.join(cache, 'depcruise', hash.digest('hex').slice(0, 16))
  if (existsSync(path.join(cache, 'depcruise')) && !existsSync(kept))
    rmSync(path.join(cache, 'depcruise'), { recursive: true })
  const args = ['--config', '.dependency-cruiser.cjs', '--output-type', 'json', '--cache', kept]
  return {
    title: 'boundaries',
    binary: 'depcruise',
    args: [...args, '--cache-strategy', 'content', ...folders],
    faults: boundaryFaults,
  }
}

/** Files that differ from the last commit and are still there, new ones too. */
function changedFiles(): string[] {
  const list = (...args: string[]) =>
    spawnSync('git', args, { cwd: root, encoding: 'utf8' }).stdout.split('\n').filter(Boolean)
  const files = [
    ...list('diff', '--name-only', '--diff-filter=d', 'HEAD'),
    ...list('ls-files', '--others', '--exclude-standard'),
  ]
  return [...new Set(files)]
}
