import { globSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { contract } from '#contract/index.ts'
import { actionGroups, actionVerbs, actionWords } from '#contract/protection/audit-words.ts'
import { streams } from '#contract/streams.ts'

const actions = Object.entries({ ...contract, streams }).flatMap(([group, routes]) =>
  Object.keys(routes).map((verb) => [group, verb] as const),
)
const folders = path.resolve(import.meta.dirname, '../..')

test('every route has its words in the audit, or those of its folder of pages', async () => {
  const brought: Record<string, unknown> = {}
  for (const file of globSync('*/locales/actions.ts', { cwd: folders }))
    Object.assign(brought, (await import(path.join(folders, file))).actionNames)
  const nameless = actions.filter(
    ([group, verb]) =>
      !(
        (group in actionGroups || group in brought) &&
        (verb in actionVerbs || `${group}.${verb}` in brought)
      ),
  )
  expect(nameless).toEqual([])
})

test.each([
  ['zh', '线索 · 派发'],
  ['en', 'Clues · dispatched'],
] as const)('an action is read in words, in %s', (language, words) => {
  expect(actionWords('clues.dispatch', language)).toBe(words)
  expect(actionWords('clues', language)).toBe(words.split(' · ')[0])
  expect(actionWords('posts.begin', language)).toBe('posts · begin')
  expect(actionWords('posts.begin', language, (key) => ({ posts: 'P', 'posts.begin': 'B' })[key])).toBe(
    'P · B',
  )
})
