import { expect, test } from 'vitest'
import { packOn } from '../active-pack.ts'
import { describeEvidence } from '../indicators/evidence-words.ts'
import { explainSignal } from './explain.ts'

const pack = packOn('2020-03-10')
const name = { zh: '张某', en: 'Zhang' }

test('a signal reads as a sentence with its figure, its limit and what would clear it', () => {
  const figures = { inpatientSelfPaidYear: 620_050, registered: true, monitored: false }
  const signal = {
    rule: 'R01',
    ruleVersion: 1,
    caseNo: 1,
    figures,
    measured: 620_050,
    threshold: 500_000,
    margin: 1.2401,
    spokeOn: '2019-12-28',
  }
  expect(explainSignal(pack, signal, name)).toMatchObject({
    title: { zh: '住院自付年累计过高' },
    sentence: {
      zh: '张某家 2019 年住院自付合计 6,200.5 元，达到警戒线 5,000 元。',
      en: "In 2019 Zhang's family has itself paid 6,200.5 yuan for hospital stays; the warning line is 5,000 yuan.",
    },
    clears: { zh: expect.stringMatching(/降到 5,000 元 ?以下/) },
    source: { article: '部门筛查标准', status: 'sample' },
    measure: { unit: 'fen', value: 620_050, threshold: 500_000, margin: 1.2401 },
  })
})

test('litres come out whole, yes and no without a measure, a grade as its letter', () => {
  const water = { rule: 'R12', ruleVersion: 1, figures: {}, margin: 0.9971, spokeOn: '2019-01-05' }
  const dry = explainSignal(pack, { ...water, caseNo: 3, measured: 349, threshold: 350 }, name)
  expect(dry.sentence.zh).toMatch(/^张某家每人每天只有 34\.9 升 ?水（2019 年 1 月测得），不够 35 升。$/)
  expect(dry.measure).toMatchObject({ value: 34.9, threshold: 35 })
  const bad = explainSignal(pack, { ...water, caseNo: 1, measured: 1, threshold: 1 }, name)
  expect(bad).toMatchObject({
    sentence: { zh: '张某家的饮用水 2019 年 1 月水质检测不合格。' },
    measure: null,
  })
  const house = {
    rule: 'R10',
    ruleVersion: 1,
    caseNo: 1,
    figures: {},
    measured: 4,
    threshold: 4,
    margin: null,
    spokeOn: '2020-02-10',
  }
  expect(explainSignal(pack, house, name).sentence.zh).toBe('张某家住的房子 2020 年 2 月鉴定为 D 级危房。')
})

test('a rule the pack does not have is an error, not a silence', () => {
  const signal = {
    rule: 'R99',
    ruleVersion: 1,
    caseNo: 1,
    figures: {},
    measured: 1,
    threshold: 1,
    margin: null,
    spokeOn: '2020-02-10',
  }
  expect(() => explainSignal(pack, signal, name)).toThrow(/R99/)
})

test('evidence reads in the words of its department', () => {
  const stay = {
    fact: 'medical_settlement',
    happenedOn: '2020-02-01',
    amountFen: 320_000,
    detail: { visitKind: 'inpatient', hospital: '县人民医院' },
  }
  expect(describeEvidence(stay)).toEqual({
    zh: '住院，县人民医院，个人自付 3,200 元',
    en: 'Inpatient, 县人民医院, paid by the family 3,200 yuan',
  })
  const cut = { fact: 'water_survey', happenedOn: null, amountFen: null, detail: { cutFrom: '2020-03-01' } }
  expect(describeEvidence(cut).zh).toBe('停水 2020-03-01 至 尚未恢复')
})
