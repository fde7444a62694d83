import { step } from './step.ts'

/** Everything that can be told without running the product: types, lint and format, boundaries, dead code. */
step('types', 'tsc', ['--noEmit', '-p', '.'])
step('lint and format', 'biome', ['check', '--error-on-warnings', '.'])

const folders = ['contract', 'server', 'web', 'bench', 'test', 'scripts']
const report = step('boundaries', 'depcruise', [
  '--config',
  '.dependency-cruiser.cjs',
  '--output-type',
  'json',
  ...folders,
])
// A cruiser that understood nothing also finds nothing wrong.
const cruised = (JSON.parse(report) as { summary: { totalCruised: number } }).summary.totalCruised
if (cruised < 50) {
  process.stderr.write(`✗ boundaries: only ${cruised} modules were cruised\n`)
  process.exit(1)
}

step('dead code', 'knip', ['--no-progress'])
