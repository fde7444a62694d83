import { globSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import ts from 'typescript'
import { describe, expect, test } from 'vitest'
import type { Module } from '#server/manifest/module.ts'
import { modules } from '#server/modules.ts'

const root = path.resolve(import.meta.dirname, '..')
const folder = path.join(root, 'server/modules')
const read = (file: string) => readFileSync(path.join(root, file), 'utf8')
const names = (modules as readonly Module[]).map(({ name }) => name)

/** Names that a door hands out, types too; a star would hide how many. */
function exportsOf(file: string): number {
  const source = ts.createSourceFile(file, read(file), ts.ScriptTarget.Latest)
  return source.statements.reduce((sum, statement) => {
    if (!ts.isExportDeclaration(statement)) return sum + (ts.isImportDeclaration(statement) ? 0 : 1)
    const { exportClause } = statement
    if (!exportClause) return sum + 100
    return sum + (ts.isNamedExports(exportClause) ? exportClause.elements.length : 1)
  }, 0)
}

/** Lines of code of a module, its tests left out. */
const linesOf = (name: string) =>
  globSync('**/*.ts', { cwd: path.join(folder, name) })
    .filter((file) => !file.includes('.test.'))
    .reduce((sum, file) => sum + readFileSync(path.join(folder, name, file), 'utf8').split('\n').length, 0)

describe('the house', () => {
  test('lists every module there is, in the order the boundaries hold', () => {
    const { forbidden } = createRequire(import.meta.url)('../.dependency-cruiser.cjs') as {
      forbidden: { name: string }[]
    }
    const checked = forbidden.flatMap(
      ({ name }) => /^(.+)-uses-only-what-stands-before-it$/.exec(name)?.[1] ?? [],
    )
    expect(checked).toEqual(names)
    expect(globSync('*/', { cwd: folder }).toSorted()).toEqual(names.toSorted())
  })

  test('has doors of at most fifteen names', () => {
    const doors = globSync('server/modules/{*,*/*}/index.ts', { cwd: root })
    expect(doors.length).toBeGreaterThanOrEqual(names.length)
    expect(doors.map((door) => [door, exportsOf(door)] as const).filter(([, count]) => count > 15)).toEqual(
      [],
    )
  })

  test('has no module with more than fifteen hundredths of the module code', () => {
    const sizes = names.map((name) => ({ name, lines: linesOf(name) }))
    const whole = sizes.reduce((sum, { lines }) => sum + lines, 0)
    expect(sizes.filter(({ lines }) => lines > whole * 0.15)).toEqual([])
  })

  test('has no folder of more than thirteen files beside their tests', () => {
    const counts = new Map<string, number>()
    for (const file of globSync('{server,contract,web,demo}/**/*.{ts,tsx}', { cwd: root })) {
      if (!file.includes('.test.')) counts.set(path.dirname(file), (counts.get(path.dirname(file)) ?? 0) + 1)
    }
    expect([...counts].filter(([, count]) => count > 13)).toEqual([])
  })

  test('draws the rows of records by one table', () => {
    const own = globSync('web/**/*.tsx', { cwd: root }).filter((file) =>
      /<table className="record-list/.test(read(file)),
    )
    expect(own).toEqual([])
  })
})
