import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { ensureChromium } from './chromium.ts'
import { root, step } from './step.ts'

/** Everything: static checks, the tests on a real database, the tests in a real browser. Ends with `N passed, N failed`. */
const chromium = ensureChromium()
step('static checks', 'node', ['scripts/check.ts'], { show: true })
step('web build', 'node', ['scripts/build-web.ts'], { show: true })

const folder = mkdtempSync(path.join(os.tmpdir(), 'shouwang-results-'))
const env = { ...process.env, CHROMIUM: chromium, FORCE_COLOR: '0' }

interface Counts {
  passed: number
  failed: number
}

function run(binary: string, args: string[], extra: Record<string, string>): number {
  const done = spawnSync(path.join(root, 'node_modules/.bin', binary), args, {
    cwd: root,
    stdio: 'inherit',
    env: { ...env, ...extra },
  })
  return done.status ?? 1
}

function vitest(): Counts {
  const output = path.join(folder, 'vitest.json')
  const status = run(
    'vitest',
    ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${output}`],
    {},
  )
  const report = JSON.parse(readFileSync(output, 'utf8')) as {
    numPassedTests: number
    numFailedTests: number
    success: boolean
  }
  // A file that cannot be loaded has no failed test, but the run has failed.
  const failed = report.numFailedTests + (report.numFailedTests === 0 && status !== 0 ? 1 : 0)
  return { passed: report.numPassedTests, failed }
}

function playwright(): Counts {
  const output = path.join(folder, 'playwright.json')
  const status = run('playwright', ['test', '--reporter=list,json'], { PLAYWRIGHT_JSON_OUTPUT_FILE: output })
  const { stats } = JSON.parse(readFileSync(output, 'utf8')) as {
    stats: { expected: number; unexpected: number; flaky: number }
  }
  const failed = stats.unexpected + stats.flaky
  return { passed: stats.expected, failed: failed + (failed === 0 && status !== 0 ? 1 : 0) }
}

const counts = [vitest(), playwright()]
rmSync(folder, { recursive: true, force: true })
const passed = counts.reduce((sum, one) => sum + one.passed, 0)
const failed = counts.reduce((sum, one) => sum + one.failed, 0)
process.stdout.write(`\n${passed} passed, ${failed} failed\n`)
process.exit(failed > 0 || passed === 0 ? 1 : 0)
