import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import { describeFeeds } from '#server/modules/feeds/index.ts'
import { resolveForCounties, resolveParameters, viewPack } from '#server/modules/policy/index.ts'
import { loadPolicyPack } from '#server/modules/policy/packs/load.ts'
import { PolicyError } from '#server/modules/policy/packs/source-file.ts'
import { evaluateRule } from '#server/modules/policy/rules/index.ts'
import { policyPacks } from '../active-pack.ts'
import { indicatorByName } from '../indicators/catalogue.ts'

const root = 'policy/anhui-2020'
const province = 340_000_000_000
const linquan = 341_221_000_000

let folder: string | undefined
afterEach(() => {
  if (folder) rmSync(folder, { recursive: true, force: true })
  folder = undefined
})

/** A copy of the pack with one text replaced in one file. */
function changed(file: string, from: string, to: string): string {
  folder = mkdtempSync(path.join(os.tmpdir(), 'shouwang-policy-'))
  cpSync(root, folder, { recursive: true })
  const target = path.join(folder, file)
  const text = readFileSync(target, 'utf8')
  expect(text).toContain(from)
  writeFileSync(target, text.replace(from, to))
  return folder
}

function faultsOf(directory: string) {
  try {
    loadPolicyPack(directory, indicatorByName)
  } catch (error) {
    if (error instanceof PolicyError) return error.faults
    throw error
  }
  return []
}

describe.each(policyPacks())('$id', (one) => {
  test('every example of every rule comes out as it says', () => {
    const values = resolveParameters(one, one.from, province)
    for (const rule of one.rules)
      for (const { title, expect: wanted, indicators } of rule.examples) {
        const verdict = evaluateRule(rule, values, indicators)
        const got = verdict.outcome === 'hit' ? rule.cases[verdict.case - 1]?.level : verdict.outcome
        expect({ rule: rule.id, title, got }).toEqual({ rule: rule.id, title, got: wanted })
      }
  })

  test('rules read as sentences without a gap', () => {
    for (const { explanation, clears } of viewPack(one, indicatorByName, one.from).rules)
      for (const text of [explanation, clears]) expect(`${text.zh}${text.en}`).not.toMatch(/[{}]/)
  })

  test('each parameter shows one value in force, with its article; one of each year none where none was set', () => {
    const unset = one.id === 'national-2021' ? ['povertyStandard', 'monitoringLine', 'watchLine'] : []
    for (const { key, values } of viewPack(one, indicatorByName, one.to ?? '2026-11-23').parameters) {
      const n = unset.includes(key) ? 0 : 1
      expect({ key, n: values.filter(({ current }) => current).length }).toEqual({ key, n })
      for (const { source } of values) expect(source.article).not.toBe('')
    }
  })

  test('every feed says how often it comes and how old it may get', () => {
    for (const { code } of describeFeeds())
      for (const what of ['cadence', 'maxAge'])
        expect([...one.parameters.keys()]).toContain(`feed.${code}.${what}`)
  })

  test('every cause is met by some measure, and nothing on the check list excludes by itself', () => {
    expect([...one.measures.causes.keys()].toSorted()).toEqual(one.causes.map(({ id }) => id).toSorted())
    expect(one.checklist.map(({ id, effect }) => `${id} ${effect}`)).toEqual(
      Array.from({ length: 10 }, (_, i) => `N${String(i + 1).padStart(2, '0')} flag`),
    )
  })
})

describe('the pack of 2020', () => {
  const pack = loadPolicyPack(root, indicatorByName)

  test('the monitoring line moves with the day, and the watch line follows it', () => {
    const on = (day: string) => {
      const values = resolveParameters(pack, day, province)
      return [values.get('monitoringLine'), values.get('watchLine')]
    }
    expect(on('2020-03-10')).toEqual([500_000, 600_000])
    expect(on('2020-06-29')).toEqual([500_000, 600_000])
    expect(on('2020-06-30')).toEqual([600_000, 720_000])
  })

  test('rules read as sentences with the figures in force', () => {
    const rules = viewPack(pack, indicatorByName, '2020-03-10').rules
    const r01 = rules.find(({ id }) => id === 'R01')
    expect(r01?.cases[0]?.words.zh).toBe('当年住院自付合计达到 5,000 元，并且（是建档立卡户，或者是监测户）')
    expect(r01?.explanation.zh).toBe('张某家 2020 年住院自付合计 6,200 元，达到警戒线 5,000 元。')
  })
})

describe('place and date', () => {
  const line = 'status: unverified, note: 2020 年上半年各地多用 5000 元 }'
  const local = (division: string, value: number, from: string) =>
    `    - { value: ${value}, from: ${from}, to: 2020-12-31, division: '${division}', document: project-default, article: 预警阈值, status: unverified }`

  test('county beats city beats province', () => {
    const pack = loadPolicyPack(
      changed(
        'parameters/lines.yaml',
        line,
        [line, local('3412', 5200, '2020-01-01'), local('341221', 5400, '2020-03-01')].join('\n'),
      ),
      indicatorByName,
    )
    const at = (division: number, day: string) => resolveParameters(pack, day, division).get('monitoringLine')
    expect(at(linquan, '2020-03-10')).toBe(540_000)
    expect(at(linquan, '2020-02-29')).toBe(520_000)
    expect(at(341_222_000_000, '2020-03-10')).toBe(520_000)
    expect(at(340_828_000_000, '2020-03-10')).toBe(500_000)

    const counties = resolveForCounties(pack, '2020-03-10', [341_221, 341_222, 340_828])
    expect(counties.uniform.has('monitoringLine')).toBe(false)
    expect(counties.uniform.get('incomeDrop')).toBe(3000)
    expect(counties.varying.get(341_221)).toEqual(
      new Map([
        ['monitoringLine', 540_000],
        ['watchLine', 648_000],
      ]),
    )
    const same = resolveForCounties(pack, '2020-03-10', [341_222, 341_204])
    expect(same.varying.size).toBe(0)
    expect(same.uniform.get('monitoringLine')).toBe(520_000)
  })

  test('overlapping dates at one place are refused where they stand', () => {
    const [fault] = faultsOf(
      changed('parameters/lines.yaml', line, `${line}\n${local('34', 5100, '2020-05-01')}`),
    )
    expect(fault?.file).toBe('parameters/lines.yaml')
    expect(fault?.reason).toContain('重叠')
    expect(fault?.mend).toContain('to')
  })
})

describe('what the loader refuses', () => {
  const lineCondition = "{ indicator: netIncomePerHead, is: '<', param: monitoringLine }"
  test.each([
    ['an unknown key', 'rules/R01.yaml', 'version: 2', 'version: 2\nversoin: 2', 'versoin', '不认识的键'],
    [
      'an unknown indicator',
      'rules/R22.yaml',
      'when: { indicator: netIncomePerHead',
      'when: { indicator: netIncomePerHaed',
      'indicator: netIncomePerHaed',
      '没有名为“netIncomePerHaed”',
    ],
    [
      'an unknown parameter',
      'rules/R22.yaml',
      'param: watchLine',
      'param: watchLien',
      'param: watchLien',
      '没有名为',
    ],
    ['an empty group', 'rules/R22.yaml', lineCondition, '{ all: [] }', 'all:', '对所有人成立'],
    ['a condition it does not know', 'rules/R22.yaml', lineCondition, '{ some: [] }', 'some', '不认识的键'],
    [
      'units that differ',
      'rules/R22.yaml',
      'watchLine }',
      'joblessMonths }',
      'param: joblessMonths',
      '单位对不上',
    ],
    [
      'yes greater than no',
      'rules/R02.yaml',
      "monitored, is: '='",
      "monitored, is: '>'",
      "is: '>'",
      '不能比大小',
    ],
    ['two right sides', 'rules/R22.yaml', 'watchLine }', 'watchLine, value: 5 }', 'when:', '不止一个'],
    [
      'a missing kind of example',
      'rules/R04.yaml',
      'expect: cannot-judge, indicators: { newMajorIllnessMembers: null }',
      'expect: miss, indicators: { newMajorIllnessMembers: 0 }',
      'examples:',
      '缺少一个“无法判定”',
    ],
    [
      'a wrong example',
      'rules/R22.yaml',
      'netIncomePerHead: 9500',
      'netIncomePerHead: 5',
      'expect:',
      '算出来是 red',
    ],
    [
      'wrong needs',
      'rules/R05.yaml',
      'needs: [medical-insurance]',
      'needs: [illness]',
      'needs:',
      'needs 写的是 illness',
    ],
    [
      'a sample of another province that calls itself verified',
      'parameters/thresholds.yaml',
      'document: county-method, article: 部门筛查标准, status: sample',
      'document: county-method, article: 部门筛查标准, status: verified',
      'status: verified',
      '是外省的',
    ],
    [
      'a sample of no other province',
      'rules/R05.yaml',
      'status: verified',
      'status: sample',
      'status: sample',
      '没有写明是哪个外省的',
    ],
    [
      'a figure of one year that goes on',
      'parameters/lines.yaml',
      'from: 2020-01-01, to: 2020-12-31',
      'from: 2020-01-01',
      'from: 2020-01-01',
      '没有到 2020 年内为止',
    ],
    ['an unknown article', 'rules/R08.yaml', '（十一）', '（九十）', 'article:', '没有列出条款'],
    ['broken YAML', 'rules/R08.yaml', 'needs: [school-enrolment]', 'needs: [school-enrolment', '', 'YAML'],
    [
      'a fraction of a fen',
      'parameters/thresholds.yaml',
      ' 5000,',
      ' 5000.001,',
      'value: 5000.001',
      '写不进去',
    ],
    ['an unknown placeholder', 'rules/R08.yaml', '{name}家有', '{naem}家有', 'zh:', '{naem}'],
    [
      'a kind it cannot erase',
      'retention.yaml',
      'key: facts',
      'key: fatcs',
      'key:',
      '不认识的留存规则“fatcs”',
    ],
    ['a kind left out', 'retention.yaml', 'key: audit', 'key: clues', '- key', '没有写“audit”的留存期限'],
    [
      'the audit erased',
      'retention.yaml',
      'action: keep\n  why: { zh: 法定',
      'action: delete-rows\n  why: { zh: 法定',
      'action: delete-rows',
      '“audit”不能这样清除',
    ],
    [
      'erasing after no time',
      'retention.yaml',
      'months: 24',
      'months: null',
      'months: null',
      '月数与做法不符',
    ],
    [
      'a cause that no measure meets',
      'measures.yaml',
      '  water: { types: [water], document: national-checks, article: 措施对应, status: verified }\n',
      '',
      'causes:',
      '“water”',
    ],
    [
      'a measure without a name',
      'measures.yaml',
      'id: relocation,',
      'id: housing,',
      'types:',
      '“relocation”',
    ],
    [
      'a measure named twice',
      'measures.yaml',
      'id: relocation,',
      'id: housing,',
      'id: housing',
      '出现了两次',
    ],
    ['a measure it does not know', 'measures.yaml', 'types: [water]', 'types: [wells]', 'wells', '取值不对'],
    ['an item listed twice', 'checklist.yaml', 'id: N02', 'id: N01', 'id: N01', '出现了两次'],
    ['an effect it does not know', 'checklist.yaml', 'effect: flag', 'effect: exclude', 'effect', '取值不对'],
    [
      'an item without its article',
      'checklist.yaml',
      'article: 核查清单',
      'article: 清单',
      'article:',
      '没有列出条款',
    ],
    ['no hotline', 'pack.yaml', "hotline: '12317'", '# none', 'id:', '缺少“hotline”'],
  ] as const)('%s, at its place', (_, file, from, to, place, reason) => {
    const directory = changed(file, from, to)
    const fault = faultsOf(directory).find((one) => one.reason.includes(reason))
    expect(fault).toMatchObject({ file, mend: expect.stringMatching(/./) })
    const lines = readFileSync(path.join(directory, file), 'utf8').split('\n')
    const at = lines[(fault?.line ?? 0) - 1]?.slice((fault?.column ?? 0) - 1) ?? 'no such line'
    expect(at.slice(0, place.length)).toBe(place)
  })

  test('a parameter that a rule needs and nobody wrote', () => {
    const faults = faultsOf(changed('parameters/lines.yaml', 'incomeDrop:', 'incomeDorp:'))
    expect(faults).toContainEqual(
      expect.objectContaining({ file: 'rules/R23.yaml', mend: '是不是“incomeDorp”？' }),
    )
  })

  test('a parameter that nobody reads', () => {
    const faults = faultsOf(changed('parameters/windows.yaml', 'waterWindow:', 'waterWindwo:'))
    expect(faults.map(({ reason }) => reason).toSorted()).toEqual([
      '参数“waterWindwo”没有规则也没有程序用到',
      '程序需要参数“waterWindow”，政策包没有写',
    ])
  })

  test('a typing error names what was probably meant', () => {
    const [fault] = faultsOf(
      changed('rules/R22.yaml', 'indicator: netIncomePerHead', 'indicator: netIncomePerHaed'),
    )
    expect(fault?.mend).toBe('是不是“netIncomePerHead”？')
  })
})
