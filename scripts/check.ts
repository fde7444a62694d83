import { boundaryFaults } from './boundaries.ts'
import { step } from './step.ts'

/** Everything that can be told without running the product: types, lint and format, boundaries, dead code. */
step('types', 'tsc', ['--noEmit', '-p', '.'])
step('lint and format', 'biome', ['check', '--error-on-warnings', '.'])

const folders = ['contract', 'server', 'web', 'bench', 'demo', 'test', 'scripts']
const report = step('boundaries', 'depcruise', [
  '--config',
  '.dependency-cruiser.cjs',
  '--output-type',
  'json',
  ...folders,
])
const faults = boundaryFaults(report)
if (faults.length > 0) {
  process.stderr.write(`${faults.map((fault) => `✗ ${fault}`).join('\n')}\n✗ boundaries\n`)
  process.exit(1)
}

step('dead code', 'knip', ['--no-progress'])
