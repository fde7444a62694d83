import { spawnSync } from 'node:child_process'
import { auditVerdict } from './audit-verdict.ts'
import { root } from './step.ts'

// npm run audit: exit code 0 checked and nothing to do, 1 a known high or critical weakness with a fix, 3 not checked.
const run = spawnSync('npm', ['audit', '--json'], {
  cwd: root,
  encoding: 'utf8',
  timeout: 120_000,
  maxBuffer: 2 ** 28,
})
const { exit, lines } = auditVerdict(run.stdout ?? '')
process.stdout.write(`${lines.join('\n')}\n`)
process.exit(exit)
