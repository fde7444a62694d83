import { describe, expect, it } from 'vitest'
import type { Policy } from '#contract/feeds/policy.ts'
import { feedFreshness, groupOf, parametersOf, searchPolicy } from './search-policy.ts'

const text = (en: string) => ({ zh: en, en })
const parameter = (key: string): Policy['parameters'][number] => ({
  key,
  label: text(key),
  unit: 'days',
  values: [],
})
const source = {
  document: text('method'),
  number: null,
  article: 'a',
  status: 'verified' as const,
  sampleOf: null,
}
const rule = (id: string, title: string): Policy['rules'][number] => ({
  ...{ id, version: 1, title: text(title), cause: 'water', levels: [], needs: [], cases: [] },
  ...{ explanation: text(''), clears: text(''), source, examples: [], openSignals: 0 },
})
const policy: Policy = {
  ...{ id: 'p', title: text('p'), from: '2020-01-01', to: null, inForce: true, day: '2020-03-10' },
  ...{ packs: [], samples: [], categories: [], documents: [] },
  parameters: [parameter('monitoringLine'), parameter('feed.water.maxAge'), parameter('feed.water.cadence')],
  rules: [rule('R11', 'Water cut'), rule('R12', 'Water quality')],
  causes: [{ id: 'water', name: text('Drinking water'), plain: text('') }],
  measures: {
    types: [
      { id: 'water', name: text('Safe water'), kind: 'guarantee', title: text('Connect the supply') },
      { id: 'health', name: text('Health'), kind: 'guarantee', title: text('Contracted doctor') },
    ],
    causes: [{ cause: 'water', types: ['water'], source }],
  },
  checklist: [
    {
      id: 'N02',
      title: text('Car'),
      scope: 'vehicles',
      effect: 'flag',
      explain: text('When bought'),
      source,
    },
  ],
}

describe('the policy page', () => {
  it('finds what contains every word, the cause included', () => {
    expect(searchPolicy(policy, 'water CUT').rules.map(({ id }) => id)).toEqual(['R11'])
    expect(searchPolicy(policy, 'drinking').rules).toHaveLength(2)
    expect(searchPolicy(policy, '').parameters).toHaveLength(3)
    expect(searchPolicy(policy, 'nowhere').rules).toEqual([])
  })

  it('finds measures by what they do and by the cause they meet, and items by their question', () => {
    expect(searchPolicy(policy, 'doctor').measures).toMatchObject({ types: [{ id: 'health' }], causes: [] })
    expect(searchPolicy(policy, 'drinking').measures.causes).toHaveLength(1)
    expect(searchPolicy(policy, 'bought').checklist.map(({ id }) => id)).toEqual(['N02'])
  })

  it('makes one row of the two parameters of a feed and keeps them out of the groups', () => {
    expect(feedFreshness(policy.parameters)).toMatchObject([
      { feed: 'water', cadence: { key: 'feed.water.cadence' }, maxAge: { key: 'feed.water.maxAge' } },
    ])
    expect(parametersOf(policy.parameters, 'thresholds')).toEqual([])
  })

  it.each([
    ['povertyStandard', 'lines'],
    ['clueMergeWindow', 'procedure'],
    ['rigidSpendingWindow', 'windows'],
    ['feedRejectShareLimit', 'quality'],
    ['dispatchLimit', 'procedure'],
    ['waterCutDays', 'thresholds'],
    ['publicityDays', 'casework'],
    ['reviewQuorum', 'casework'],
    ['lockoutMinutes', 'security'],
  ])('puts %s among %s', (key, group) => {
    expect(groupOf(key)).toBe(group)
  })
})
