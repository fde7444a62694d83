import { expect, test } from 'vitest'
import { resolutionChecks, reviewChecks } from './rules.ts'

test('numbers of a review, and what neither source nor visitor reported', () => {
  const policy = { quorumBp: 6667, majorityBp: 5000 }
  const vote = (due: number, present: number, agreed: number) => {
    const { quorum, majority } = reviewChecks({ due, present, agreed }, policy)
    return [quorum.passed, majority.passed]
  }
  expect(vote(30, 20, 11)).toEqual([true, true])
  expect(vote(30, 19, 19)).toEqual([false, true])
  expect(vote(30, 20, 10)).toEqual([true, false])
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
      .filter(({ passed }) => !passed)
      .map(({ guard }) => guard)
  expect(failing({})).toEqual(['income-unknown'])
  expect(failing({ seenGood: new Set(['medical', 'income']) })).toEqual([])
  expect(failing({ seenGood: new Set(['income']), labourless: true })).toEqual([
    'insurance-unknown',
    'guaranteed',
  ])
})
