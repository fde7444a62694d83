import { globSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import type { Module } from '#server/manifest/module.ts'
import { modules } from '#server/modules.ts'

const all: readonly Module[] = modules
const web = path.resolve(import.meta.dirname, '../web/admin')

test('every kind of work that a module brings has a folder of pages that says what it is, and no other has', async () => {
  const kinds = all.flatMap(({ tasks = [] }) => tasks.map(({ kind }) => kind))
  expect(new Set(kinds).size).toBe(kinds.length)
  const faces = []
  for (const file of globSync('*/tasks.ts', { cwd: web, exclude: ['shell'] })) {
    const { tasks }: { tasks: { kind: string }[] } = await import(path.join(web, file))
    faces.push(...tasks.map(({ kind }) => kind))
    expect(readFileSync(path.join(web, path.dirname(file), 'page.tsx'), 'utf8')).toMatch(
      /export \{ tasks \} from|export const tasks\b/,
    )
  }
  expect(faces.toSorted()).toEqual(kinds.toSorted())
})
