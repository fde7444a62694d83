import { execFile } from 'node:child_process'
import path from 'node:path'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'
import { openTestDatabase } from '#test/harness/database.ts'

const root = path.resolve(import.meta.dirname, '..')

/** A benchmark as it is started from the command line; without a database it makes a server of its own where it needs one. */
async function bench(
  name: string,
  options: readonly string[],
  databaseUrl?: string,
): Promise<Record<string, unknown>> {
  const { DATABASE_URL: _, ...rest } = process.env
  const env = databaseUrl === undefined ? rest : { ...rest, DATABASE_URL: databaseUrl }
  const args = ['bench/main.ts', name, ...options, '--json']
  const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: root, env, maxBuffer: 2 ** 26 })
  return JSON.parse(stdout.trim().split('\n').at(-1) ?? '')
}

/** The same over a small province in a database of its own. */
async function benchIn(name: string, ...options: string[]): Promise<Record<string, unknown>> {
  const t = await openTestDatabase()
  try {
    return await bench(name, options, t.database.url)
  } finally {
    await t.close()
  }
}

describe('benchmarks still run, and find what they compare equal', () => {
  it('screening', async () => {
    const { households, equal, hits, batchSignals } = await benchIn('screening', '--households', '400')
    expect({ households, equal }).toEqual({ households: 400, equal: true })
    expect(hits).toBeGreaterThan(0)
    expect(batchSignals).toBeGreaterThanOrEqual(0)
  })

  it('rebuild', async () => {
    const { households, equal, facts } = await benchIn('rebuild', '--households', '400')
    expect({ households, equal }).toEqual({ households: 400, equal: true })
    expect(facts).toBeGreaterThan(400)
  })

  it('restore', async () => {
    const figures = await bench('restore', ['--households', '400'])
    expect(figures).toMatchObject({ households: 400, verified: true })
    expect(Number(figures.restored)).toBeGreaterThan(100)
    expect(Number(figures.lostSeconds)).toBeLessThan(60)
    for (const figure of ['backupSeconds', 'restoreSeconds', 'tarRatio'])
      expect(Number(figures[figure]), figure).toBeGreaterThan(0)
  })

  it('import', async () => {
    expect(await benchIn('import', '--households', '300', '--rows', '500')).toMatchObject({
      rows: 500,
      state: 'merged',
    })
  })

  it('xlsx-out: memory does not grow with the rows', async () => {
    const small = await bench('xlsx-out', ['--rows', '2000'])
    const large = await bench('xlsx-out', ['--rows', '20000'])
    expect([small.rows, large.rows]).toEqual([2000, 20_000])
    expect(Number(large.peakMb)).toBeLessThan(Number(small.peakMb) + 100)
  })

  it('fuzz: no question has no answer, and no answer shows what is not its asker’s', async () => {
    const { routes, requests, answered, ...found } = await benchIn(
      'fuzz',
      '--rows',
      '1500',
      '--households',
      '200',
    )
    expect({ requests, ...found }).toEqual({ requests: 1500, serverErrors: 0, leaks: 0 })
    expect(routes).toBeGreaterThan(100)
    // Most would say little if hardly any came through.
    expect(answered).toBeGreaterThan(250)
  })
})
