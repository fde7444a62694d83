import { expect, test } from 'vitest'
import { contract } from '#contract/index.ts'
import { streams } from '#contract/streams.ts'
import { audit as english } from './en-US.ts'
import { audit as chinese } from './zh-CN.ts'

const actions = Object.entries({ ...contract, streams }).flatMap(([group, routes]) =>
  Object.keys(routes).map((verb) => [group, verb] as const),
)

test.each([
  ['zh-CN', chinese],
  ['en-US', english],
])('every route has its words in the audit of %s', (_language, { group, verb }) => {
  const nameless = actions.filter(([one, done]) => !(one in group && done in verb))
  expect(nameless).toEqual([])
})
