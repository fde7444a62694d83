import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import { loadPolicyPacks, packInForce, resolveParameters } from '#server/modules/policy/index.ts'
import { PolicyError } from '#server/modules/policy/packs/source-file.ts'
import { findRule, packOn, policyPacks } from '../active-pack.ts'
import { indicatorByName } from '../indicators/catalogue.ts'

const province = 340_000_000_000

let folder: string | undefined
afterEach(() => {
  if (folder) rmSync(folder, { recursive: true, force: true })
  folder = undefined
})

/** A copy of all packs with one text replaced in one file. */
function changed(file: string, from: string, to: string): string {
  folder = mkdtempSync(path.join(os.tmpdir(), 'shouwang-packs-'))
  cpSync('policy', folder, { recursive: true })
  const target = path.join(folder, file)
  const text = readFileSync(target, 'utf8')
  expect(text).toContain(from)
  writeFileSync(target, text.replace(from, to))
  return folder
}

function faultsOf(directory: string) {
  try {
    loadPolicyPacks(directory, indicatorByName)
  } catch (error) {
    if (error instanceof PolicyError) return error.faults
    throw error
  }
  return []
}

describe('the pack of a day', () => {
  test.each([
    ['2014-05-01', 'anhui-2020'],
    ['2019-01-01', 'anhui-2020'],
    ['2020-12-31', 'anhui-2020'],
    ['2021-01-01', 'national-2021'],
    ['2026-11-23', 'national-2021'],
  ])('%s is judged by %s', (day, id) => {
    expect(packOn(day).id).toBe(id)
  })

  test('after the last one ended the last one still counts', () => {
    const packs = policyPacks().map((pack) => ({ ...pack, to: pack.to ?? '2021-12-31' }))
    expect(packInForce(packs, '2022-01-01').id).toBe('national-2021')
  })

  test('the line of 2021 and after, and no limit of scale', () => {
    const line = (day: string) => resolveParameters(packOn(day), day, province).get('monitoringLine')
    expect(['2020-12-31', '2021-01-01', '2022-06-01', '2024-12-31'].map(line)).toEqual([
      600_000, 600_000, 650_000, 840_000,
    ])
    // Nobody set one after that, and the last one is not carried on.
    expect(['2025-01-01', '2026-11-23'].map(line)).toEqual([undefined, undefined])
    const keys = [...packOn('2021-01-01').parameters.keys()]
    expect(keys.filter((key) => key.startsWith('scale'))).toEqual([])
    expect([...packOn('2020-03-10').parameters.keys()]).toContain('scaleRed')
    expect([...packOn('2021-01-01').categories]).toContain('sudden-hardship')
    expect([...packOn('2020-03-10').categories]).not.toContain('sudden-hardship')
  })

  test('a rule is found in the version a signal was judged by', () => {
    const today = packOn('2021-03-10')
    const version = (ruleVersion: number) => {
      const found = findRule(today, { rule: 'R22', ruleVersion })
      return [found?.pack.id, found?.rule.version]
    }
    expect(version(1)).toEqual(['anhui-2020', 1])
    expect(version(2)).toEqual(['national-2021', 2])
    expect(version(9)).toEqual(['national-2021', 2])
    expect(findRule(today, { rule: 'R99', ruleVersion: 1 })).toBeUndefined()
  })
})

describe('what the packs refuse together', () => {
  const pack = 'national-2021/pack.yaml'
  test.each([
    ['days of two packs', pack, 'from: 2021-01-01', 'from: 2020-12-01', pack, 'from', '日期重叠'],
    [
      'a pack without an end before another',
      'anhui-2020/pack.yaml',
      'to: 2020-12-31\n',
      '',
      pack,
      'from',
      '日期重叠',
    ],
    ['a gap between them', pack, 'from: 2021-01-01', 'from: 2021-02-01', pack, 'from', '有空档'],
    [
      'an end before the beginning',
      'anhui-2020/pack.yaml',
      'to: 2020',
      'to: 2018',
      'anhui-2020/pack.yaml',
      'to',
      '起止颠倒',
    ],
    ['another id than the folder', pack, 'id: national-2021', 'id: national-2022', pack, 'id', '与文件夹'],
    [
      'a pack to inherit from that is not there',
      pack,
      'inherits: anhui-2020',
      'inherits: anhui-2019',
      pack,
      'inherits',
      '没有名为“anhui-2019”',
    ],
    [
      'inheriting twice over',
      'anhui-2020/pack.yaml',
      'to: 2020-12-31',
      'to: 2020-12-31\ninherits: national-2021',
      pack,
      'inherits',
      '自己也沿用',
    ],
    [
      'going without what is not there',
      pack,
      'scaleLow',
      'scaleLwo',
      pack,
      'scaleLwo',
      '“scaleLwo”不在沿用的',
    ],
    [
      'a changed rule of the same version',
      'national-2021/rules/R22.yaml',
      'version: 2',
      'version: 1',
      'national-2021/rules/R22.yaml',
      'version',
      '版本却没有更高',
    ],
    [
      'a document named again',
      pack,
      'id: county-plan-2021',
      'id: county-method',
      pack,
      'id: county-method',
      '出现了两次',
    ],
    ['a key it does not know', pack, 'inherits:', 'inherit:', pack, 'inherit:', '不认识的键'],
    [
      'an inherited file at its own place',
      'anhui-2020/rules/R08.yaml',
      '（十一）',
      '（九十）',
      'anhui-2020/rules/R08.yaml',
      'article:',
      '没有列出条款',
    ],
    [
      'a line that is missing',
      'anhui-2020/parameters/lines.yaml',
      'watchBand:',
      'watchBnad:',
      'anhui-2020/parameters/lines.yaml',
      'share: watchBand',
      '没有名为“watchBand”',
    ],
    [
      'a parameter whose values end before the pack does',
      'anhui-2020/parameters/lines.yaml',
      'value: 120, from: 2019-01-01,',
      'value: 120, from: 2019-01-01, to: 2020-12-31,',
      pack,
      'inherits',
      '“watchBand”在 2021-01-01 没有全省的取值',
    ],
  ] as const)('%s, where it stands', (_, file, from, to, at, place, reason) => {
    const directory = changed(file, from, to)
    const faults = faultsOf(directory).filter((one) => one.file === at && one.reason.includes(reason))
    expect(faults).toMatchObject([{ file: at, mend: expect.stringMatching(/./) }])
    const [fault] = faults
    const lines = readFileSync(path.join(directory, at), 'utf8').split('\n')
    expect(lines[(fault?.line ?? 0) - 1]?.slice((fault?.column ?? 0) - 1)).toMatch(new RegExp(`^${place}`))
  })

  test('going without something only makes sense for a pack that inherits', () => {
    const [fault] = faultsOf(
      changed('anhui-2020/pack.yaml', 'to: 2020-12-31', 'to: 2020-12-31\nwithout: [R07]'),
    )
    expect(fault).toMatchObject({ file: 'anhui-2020/pack.yaml', reason: expect.stringContaining('without') })
  })
})
