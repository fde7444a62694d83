import type { Cause } from '#contract/common.ts'
import type { CaseStep } from '#contract/work/cases.ts'

export type Player = 'clerk' | 'checker' | 'township' | 'village' | 'team'

/** What became of a worry of one household in the three weeks before the demonstration's day. Days that are left out did not come. */
export interface Story {
  cause: Cause
  text: string
  /** The village's officer reports it, the township sends somebody. */
  reportedOn: string
  visitor: 'village' | 'team'
  visitBy: string
  visitedOn?: string
  settledOn?: string
  steps?: readonly (readonly [day: string, who: Player, step: CaseStep])[]
  pausedOn?: string
}

const upTo = (
  last: CaseStep,
  days: Partial<Record<CaseStep, readonly [string, Player]>>,
): NonNullable<Story['steps']> => {
  const all = Object.entries(days) as [CaseStep, readonly [string, Player]][]
  const end = all.findIndex(([step]) => step === last)
  return all.slice(0, end + 1).map(([step, [day, who]]) => [day, who, step])
}

/** The ones that show most come first: a small demonstration has households for a few only. */
export const stories: readonly Story[] = [
  {
    ...{ cause: 'illness', text: '户主脑梗住院，家里没人照看', reportedOn: '2020-03-04' },
    ...{ visitor: 'village', visitBy: '2020-03-10' },
  },
  {
    ...{ cause: 'accident', text: '在工地摔伤，暂时不能干活', reportedOn: '2020-03-05' },
    ...{ visitor: 'village', visitBy: '2020-03-12', visitedOn: '2020-03-09' },
  },
  {
    ...{ cause: 'epidemic', text: '疫情封路，养的鹅卖不出去', reportedOn: '2020-02-27', visitor: 'village' },
    ...{ visitBy: '2020-03-03', visitedOn: '2020-02-28', settledOn: '2020-03-02' },
    steps: upTo('review', {
      authorise: ['2020-03-03', 'village'],
      compare: ['2020-03-04', 'clerk'],
      review: ['2020-03-05', 'village'],
    }),
  },
  {
    ...{ cause: 'schooling', text: '两个孩子在外读书，学费还没着落', reportedOn: '2020-02-26' },
    ...{ visitor: 'village', visitBy: '2020-03-06' },
  },
  {
    ...{
      cause: 'unstable-job',
      text: '厂里没有复工，两口子都在家',
      reportedOn: '2020-03-03',
      visitor: 'village',
    },
    ...{ visitBy: '2020-03-06', visitedOn: '2020-03-04', settledOn: '2020-03-05' },
  },
  {
    ...{ cause: 'illness', text: '每月透析，药费垫不起', reportedOn: '2020-02-24', visitor: 'village' },
    ...{ visitBy: '2020-02-28', visitedOn: '2020-02-25', settledOn: '2020-02-26' },
    steps: upTo('township-audit', {
      authorise: ['2020-02-26', 'village'],
      compare: ['2020-02-27', 'clerk'],
      review: ['2020-02-28', 'village'],
      publicity: ['2020-02-28', 'village'],
      'township-audit': ['2020-03-06', 'township'],
    }),
  },
  {
    ...{
      cause: 'disability',
      text: '孩子新评了残疾，需要康复',
      reportedOn: '2020-02-26',
      visitor: 'village',
    },
    ...{ visitBy: '2020-03-02', visitedOn: '2020-02-27', settledOn: '2020-02-28' },
    steps: upTo('publicity', {
      authorise: ['2020-02-28', 'village'],
      compare: ['2020-03-02', 'clerk'],
      review: ['2020-03-03', 'village'],
      publicity: ['2020-03-03', 'village'],
    }),
  },
  {
    ...{
      cause: 'business-failure',
      text: '大棚被雪压塌，贷款还没还',
      reportedOn: '2020-03-02',
      visitor: 'village',
    },
    ...{ visitBy: '2020-03-06', visitedOn: '2020-03-04', settledOn: '2020-03-05' },
    steps: upTo('authorise', { authorise: ['2020-03-06', 'village'] }),
  },
  {
    ...{
      cause: 'labour-shortage',
      text: '儿子车祸去世，只剩老人和小孩',
      reportedOn: '2020-02-05',
      visitor: 'village',
    },
    ...{ visitBy: '2020-02-10', visitedOn: '2020-02-06', settledOn: '2020-02-07' },
    steps: upTo('enter', {
      authorise: ['2020-02-07', 'village'],
      compare: ['2020-02-10', 'clerk'],
      review: ['2020-02-11', 'village'],
      publicity: ['2020-02-11', 'village'],
      'township-audit': ['2020-02-17', 'township'],
      'county-approval': ['2020-02-18', 'checker'],
      announce: ['2020-02-19', 'village'],
      enter: ['2020-02-20', 'township'],
    }),
  },
  {
    ...{ cause: 'housing', text: '东屋后墙开裂，雨天漏水', reportedOn: '2020-03-06', visitor: 'team' },
    ...{ visitBy: '2020-03-13' },
  },
  {
    ...{ cause: 'disaster', text: '失火烧了两间房', reportedOn: '2020-02-25', visitor: 'village' },
    ...{ visitBy: '2020-02-28', visitedOn: '2020-02-26', settledOn: '2020-02-27', pausedOn: '2020-02-28' },
  },
]

/** What was handed down on a day: of every ten clues those with these places. */
export const handOuts = [
  { day: '2020-02-24', to: 'township', places: [0], workingDays: 5 },
  { day: '2020-02-28', to: 'township', places: [1, 2], workingDays: 5 },
  { day: '2020-03-05', to: 'township', places: [3, 4, 5, 6], workingDays: 5 },
  { day: '2020-03-06', to: 'village', places: [7, 8, 9], workingDays: 7 },
] as const
