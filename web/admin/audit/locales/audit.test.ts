import { globSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { contract } from '#contract/index.ts'
import { streams } from '#contract/streams.ts'
import { audit as english } from './en-US.ts'
import { audit as chinese } from './zh-CN.ts'

const actions = Object.entries({ ...contract, streams }).flatMap(([group, routes]) =>
  Object.keys(routes).map((verb) => [group, verb] as const),
)
const folders = path.resolve(import.meta.dirname, '../..')

test.each([
  ['zh-CN', chinese],
  ['en-US', english],
])(
  'every route has its words in the audit of %s, or those of its folder of pages',
  async (_language, { group, verb }) => {
    const brought: Record<string, unknown> = {}
    for (const file of globSync('*/locales/actions.ts', { cwd: folders }))
      Object.assign(brought, (await import(path.join(folders, file))).actionNames)
    const nameless = actions.filter(
      ([one, done]) => !((one in group || one in brought) && (done in verb || `${one}.${done}` in brought)),
    )
    expect(nameless).toEqual([])
  },
)
