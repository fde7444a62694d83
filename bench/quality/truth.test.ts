import { mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import type { Home } from '#demo/lives/index.ts'
import { generateProvince, noDirt, ordinaryDirt } from '#demo/province/index.ts'
import { readThresholds } from './thresholds.ts'
import { type Truth, truthOf, truthRules } from './truth.ts'

const root = mkdtempSync(path.join(os.tmpdir(), 'shouwang-truth-'))
afterAll(() => rmSync(root, { recursive: true, force: true }))

async function truthsOn(asOf: string, dirt: typeof noDirt): Promise<Truth[]> {
  const policy = readThresholds(asOf)
  const truths: Truth[] = []
  const onHome = (home: Home) => {
    const truth = truthOf(home, asOf, policy, dirt)
    if (truth) truths.push(truth)
  }
  // The files are not what is looked at; the smallest of them will do.
  const out = path.join(root, asOf)
  await generateProvince({ households: 4000, seed: 1, asOf, out, dirt, feeds: ['complaint'], onHome })
  return truths
}

describe('the truth about the rules', () => {
  it.each(['2020-03-10', '2020-12-31'])(
    'knows households for every rule on %s, and no rule is met by most',
    async (day) => {
      const truths = await truthsOn(day, noDirt)
      expect(truths.length).toBeGreaterThan(3500)
      for (const rule of truthRules) {
        const met = truths.filter(({ meets }) => meets.includes(rule)).length
        // By the end of the year the epidemic is over in the province.
        const least = rule === 'R07' && day > '2020-06-30' ? 0 : 1
        expect([rule, met >= least, met < truths.length * 0.2]).toEqual([rule, true, true])
      }
      // What nobody stated yet is known of nobody: households founded since the last statement; nor is a supply nobody looked at for long.
      const unstated = truths.filter(({ unknown }) => unknown.some((rule) => rule !== 'R12'))
      for (const { unknown } of unstated)
        expect(unknown.filter((rule) => rule !== 'R12')).toEqual(['R17', 'R22', 'R23'])
      expect(unstated.length).toBeLessThan(truths.length * 0.05)
    },
  )

  it('says nothing of water where the source has fallen silent', async () => {
    const truths = await truthsOn('2020-03-10', ordinaryDirt)
    const late = truths.filter(({ unknown }) => unknown.includes('R11'))
    expect(new Set(late.map(({ village }) => Math.floor(village / 1e8)))).toEqual(new Set([3416, 3408]))
    expect(late.flatMap(({ meets }) => meets).filter((rule) => rule === 'R11' || rule === 'R12')).toEqual([])
  })
})
