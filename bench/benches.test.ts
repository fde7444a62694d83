import { spawnSync } from 'node:child_process'
import path from 'node:path'
import { describe, expect, it } from 'vitest'

const root = path.resolve(import.meta.dirname, '..')

/** A benchmark as it is started from the command line, over a small province in a database of its own. */
function bench(name: string, ...options: string[]): Record<string, unknown> {
  const { DATABASE_URL: _, ...env } = process.env
  const run = spawnSync(process.execPath, ['bench/main.ts', name, ...options, '--json'], {
    cwd: root,
    env,
    encoding: 'utf8',
  })
  if (run.status !== 0) throw new Error(run.stderr)
  return JSON.parse(run.stdout.trim().split('\n').at(-1) ?? '')
}

describe('benchmarks still run, and find what they compare equal', () => {
  it('screening', () => {
    const { households, equal, hits, batchSignals } = bench('screening', '--households', '400')
    expect({ households, equal }).toEqual({ households: 400, equal: true })
    expect(hits).toBeGreaterThan(0)
    expect(batchSignals).toBeGreaterThanOrEqual(0)
  })

  it('rebuild', () => {
    const { households, equal, facts } = bench('rebuild', '--households', '400')
    expect({ households, equal }).toEqual({ households: 400, equal: true })
    expect(facts).toBeGreaterThan(400)
  })

  it('restore', () => {
    const figures = bench('restore', '--households', '400')
    expect(figures).toMatchObject({ households: 400, verified: true })
    expect(Number(figures.restored)).toBeGreaterThan(100)
    expect(Number(figures.lostSeconds)).toBeLessThan(60)
    for (const figure of ['backupSeconds', 'restoreSeconds', 'tarRatio'])
      expect(Number(figures[figure]), figure).toBeGreaterThan(0)
  })

  it('import', () => {
    expect(bench('import', '--households', '300', '--rows', '500')).toMatchObject({
      rows: 500,
      state: 'merged',
    })
  })

  it('xlsx-out: memory does not grow with the rows', () => {
    const small = bench('xlsx-out', '--rows', '2000')
    const large = bench('xlsx-out', '--rows', '20000')
    expect([small.rows, large.rows]).toEqual([2000, 20_000])
    expect(Number(large.peakMb)).toBeLessThan(Number(small.peakMb) + 100)
  })

  it('fuzz: no question has no answer, and no answer shows what is not its asker’s', () => {
    const { routes, requests, answered, ...found } = bench('fuzz', '--rows', '1500', '--households', '200')
    expect({ requests, ...found }).toEqual({ requests: 1500, serverErrors: 0, leaks: 0 })
    expect(routes).toBeGreaterThan(100)
    // Most would say little if hardly any came through.
    expect(answered).toBeGreaterThan(250)
  })
})
