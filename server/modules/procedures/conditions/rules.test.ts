import { expect, test } from 'vitest'
import { addMonths, monthsBetween, resolutionChecks, reviewChecks } from './rules.ts'

test('numbers of a review, months, and what neither source nor visitor told', () => {
  const policy = { quorumBp: 6667, majorityBp: 5000 }
  const held = (due: number, present: number, agreed: number) => {
    const { quorum, majority } = reviewChecks({ due, present, agreed }, policy)
    return [quorum.holds, majority.holds]
  }
  expect(held(30, 20, 11)).toEqual([true, true])
  expect(held(30, 19, 19)).toEqual([false, true])
  expect(held(30, 20, 10)).toEqual([true, false])
  expect([monthsBetween('2020-03-20', '2020-09-19'), monthsBetween('2020-03-20', '2020-09-20')]).toEqual([
    5, 6,
  ])
  expect([addMonths('2020-08-31', 6), addMonths('2020-01-31', 1)]).toEqual(['2021-02-28', '2020-02-29'])
  const facts = {
    ...{
      monthsSince: 6,
      monthsNeeded: 6,
      netIncomePerHeadFen: null,
      lineFen: 600_000,
      uninsured: null,
      dropouts: 0,
    },
    ...{
      dwellingGrade: 2,
      waterSafe: true,
      seenGood: new Set(['medical']),
      seenProblems: 0,
      members: 2,
      metAnybody: true,
      visited: true,
      measures: 1,
      unfinished: 0,
    },
    ...{ openClues: 0, labourless: false },
  }
  const failing = (change: Partial<typeof facts>) =>
    resolutionChecks({ ...facts, ...change })
      .filter(({ holds }) => !holds)
      .map(({ guard }) => guard)
  expect(failing({})).toEqual(['income-unknown'])
  expect(failing({ seenGood: new Set(['medical', 'income']) })).toEqual([])
  expect(failing({ seenGood: new Set(['income']), labourless: true })).toEqual([
    'insurance-unknown',
    'guaranteed',
  ])
})
