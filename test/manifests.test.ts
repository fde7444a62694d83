import { expect, test } from 'vitest'
import type { Module } from '#server/manifest/module.ts'
import { modules } from '#server/modules.ts'
import { taskFaces } from '#web/admin/shell/tasks.ts'

const all: readonly Module[] = modules

test('every kind of work that a module brings has a folder of pages that says what it is, and no other has', () => {
  const kinds = all.flatMap(({ tasks = [] }) => tasks.map(({ kind }) => kind))
  expect(new Set(kinds).size).toBe(kinds.length)
  expect(taskFaces.map(({ kind }) => kind).toSorted()).toEqual(kinds.toSorted())
})
