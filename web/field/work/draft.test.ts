import { expect, it } from 'vitest'
import { VisitReport, visitItems } from '#contract/work/visits.ts'
import {
  type Draft,
  draftOfReport,
  fitsVisit,
  itemKeys,
  lackingSteps,
  lacksOf,
  newDraft,
  nobody,
  stepsOf,
  toReport,
} from './draft.ts'

const clue = '018f0000-0000-7000-8000-000000000001'
const visit = {
  id: '018f0000-0000-7000-8000-0000000000aa',
  version: 3,
  clues: [{ id: clue, cause: 'illness' as const, level: 'red' as const, why: { zh: '', en: '' } }],
}
const names = { own: '王一', household: '张三' }
const stroke: [number, number][] = [
  [0, 0],
  [1000, 400],
]

function full(): Draft {
  return {
    ...newDraft(visit, new Date('2020-03-10T01:00:00Z')),
    secondVisitor: ' 李二 ',
    met: nobody,
    items: Object.fromEntries(itemKeys.map((item) => [item, { result: 'good' as const, note: '' }])),
    findings: { [clue]: { outcome: 'exclude', reason: 'cost-reimbursed', note: '' } },
    signatures: { 'first-visitor': [stroke], 'second-visitor': [stroke] },
  }
}

it('asks every item the contract knows', () => {
  expect(itemKeys).toEqual(visitItems)
  expect(stepsOf(visit)).toHaveLength(visitItems.length + 6)
})

it('makes a report the contract takes', () => {
  expect(lackingSteps(full(), visit, names.own)).toEqual([])
  const report = toReport(full(), visit, names, new Date('2020-03-10T02:00:00Z'))
  expect(VisitReport.parse(report)).toEqual(report)
  expect(report).toMatchObject({ secondVisitor: '李二', met: null })
  expect(report.signatures.map(({ name }) => name)).toEqual(['王一', '李二'])
})

it('says what is missing', () => {
  const empty = newDraft(visit, new Date())
  expect(lackingSteps(empty, visit, names.own)).toEqual(
    stepsOf(visit).filter((step) => /^(who|item|clue|signatures)/.test(step)),
  )
  expect(lacksOf({ ...full(), secondVisitor: '王一' }, 'who', names.own)).toEqual(['second-visitor-self'])
  const problem = { ...full(), items: { food: { result: 'problem' as const, note: ' ' } } }
  expect(lacksOf(problem, 'item:food', names.own)).toEqual(['item-note'])
  const finding = (more: Partial<Draft['findings'][string]>) =>
    lacksOf(
      { ...full(), findings: { [clue]: { outcome: 'exclude', reason: null, note: '', ...more } } },
      `clue:${clue}`,
      names.own,
    )
  expect(finding({})).toEqual(['exclude-reason'])
  expect(finding({ reason: 'other' })).toEqual(['finding-note'])
  expect(finding({ outcome: 'solved' })).toEqual(['finding-note', 'finding-proof'])
  const proof = { department: 'YB' as const, doneOn: '2020-03-05', document: '结算单' }
  expect(finding({ outcome: 'solved', note: '已补报', proof: { ...proof, document: ' ' } })).toEqual([
    'finding-proof',
  ])
  expect(finding({ outcome: 'solved', note: '已补报', proof })).toEqual([])
  expect(finding({ outcome: 'confirm' })).toEqual([])
})

it('comes back to the form when the visit has other clues now', () => {
  const report = toReport(full(), visit, names, new Date())
  expect(fitsVisit(report, visit)).toBe(true)
  const more = { ...visit, version: 4, clues: [...visit.clues, { ...visit.clues[0], id: visit.id }] as never }
  expect(fitsVisit(report, more)).toBe(false)
  const again = draftOfReport(report, more, [])
  expect(again).toMatchObject({ version: 4, report: report.report, met: nobody })
  expect(lackingSteps(again, more, names.own)).toEqual([`clue:${visit.id}`])
})
