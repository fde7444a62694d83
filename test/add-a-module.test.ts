import { execFile, execFileSync } from 'node:child_process'
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { boundaryFaults } from '../scripts/boundaries.ts'

// The worked example of docs/add-a-module.md, taken from the page, put into a copy of the project and proved there.
const root = path.resolve(import.meta.dirname, '..')
const page = readFileSync(path.join(root, 'docs/add-a-module.md'), 'utf8')
const blocks = [
  ...page.matchAll(/^\*\*`([^`]+)`\*\*(?:, in `\w+` after `(\w+)`)?\n\n```\w+\n([\s\S]*?)```/gm),
].map(([, file = '', after, text = '']) => ({ file, after, text }))
const copy = mkdtempSync(path.join(os.tmpdir(), 'shouwang-add-a-module-'))
const at = (file: string) => path.join(copy, file)
const isNew = ({ file }: { file: string }) => !existsSync(path.join(root, file))

beforeAll(() => {
  const files = execFileSync('git', ['ls-files', '-co', '--exclude-standard'], {
    cwd: root,
    encoding: 'utf8',
  })
  for (const file of files.trim().split('\n'))
    if (existsSync(path.join(root, file))) cpSync(path.join(root, file), at(file))
  symlinkSync(path.join(root, 'node_modules'), at('node_modules'))
  for (const block of blocks) {
    mkdirSync(path.dirname(at(block.file)), { recursive: true })
    writeFileSync(at(block.file), isNew(block) ? block.text : addLines(block))
  }
})
afterAll(() => rmSync(copy, { recursive: true, force: true }))

/** Imports come first, the entry after the one that is named, anything else at the end. */
function addLines({ file, after, text }: (typeof blocks)[number]): string {
  const before = readFileSync(path.join(root, file), 'utf8')
  const [line = '', entry] = text.trimEnd().split('\n')
  if (!entry) return `${before}${line}\n`
  expect(before).toContain(`\n  ${after},\n`)
  return `${line}\n${before.replace(`\n  ${after},\n`, `\n  ${after},\n${entry}\n`)}`
}

/** A tool of the project, run in the copy; nothing of what it keeps reaches the project's own folder. */
async function run(binary: string, args: readonly string[]): Promise<{ ok: boolean; out: string }> {
  const env = { ...process.env, DATABASE_URL: inject('databaseUrl') }
  const tool = path.join(root, 'node_modules/.bin', binary)
  try {
    const done = await promisify(execFile)(tool, [...args], { cwd: copy, env, maxBuffer: 1e8 })
    return { ok: true, out: done.stdout }
  } catch (error) {
    const { stdout, stderr } = error as { stdout: string; stderr: string }
    return { ok: false, out: `${stdout}\n${stderr}` }
  }
}

test('it touches its own folders and a line in each of three lists', () => {
  const own =
    /^(contract\/work\/posts\.ts|migrations\/posts\/\d{4}-create-posts\.sql|(server\/modules|web\/admin)\/posts\/.+)$/
  expect(blocks.filter(isNew).filter(({ file }) => !own.test(file))).toEqual([])
  const lists = blocks.filter((block) => !isNew(block))
  expect(lists.map(({ file }) => file)).toEqual([
    'contract/index.ts',
    'server/modules.ts',
    'web/admin/pages.ts',
  ])
  for (const { text } of lists)
    expect(text.split('\n').filter((line) => line && !line.startsWith('import '))).toHaveLength(1)
})

// Processes of their own, slow where the machine is busy: bounds for what hangs.
const timeout = 1_800_000

describe.concurrent('the house with one room more', { timeout }, () => {
  test('compiles', async () => {
    // What knows of modules, routes and pages; tests and benchmarks would take as long again.
    const include = ['contract', 'server', 'web/admin', 'web/*.d.ts', 'test/leaks/routes.ts']
    const exclude = ['**/*.test.ts', '**/*.test.tsx', 'node_modules', 'dist']
    writeFileSync(
      at('tsconfig.module.json'),
      JSON.stringify({ extends: './tsconfig.json', include, exclude }),
    )
    const answer = await run('tsc', ['--noEmit', '-p', 'tsconfig.module.json', '--incremental', 'false'])
    expect(answer).toEqual({ ok: true, out: '' })
  })

  test('keeps its boundaries', async () => {
    const folders = ['contract', 'server', 'web', 'test']
    const { out } = await run('depcruise', [
      ...['--config', '.dependency-cruiser.cjs', '--output-type', 'json'],
      ...folders,
    ])
    expect(boundaryFaults(out)).toEqual([])
    expect(out).toContain('posts-uses-only-what-stands-before-it')
  })

  test('answers the route, shows the task, gives the file; what holds of all tables and routes holds of its own', async () => {
    const files = ['server/modules/posts', 'catalogue', 'personal-data', 'manifests', 'web/admin/audit']
    const { ok, out } = await run('vitest', ['run', '--no-cache', '--maxWorkers', '1', ...files])
    expect(ok, out).toBe(true)
    expect(out).toMatch(/Test Files .*5 passed/)
  })

  test('has the page in its build', async () => {
    expect(await run('vite', ['build', '--logLevel', 'error'])).toEqual({ ok: true, out: '' })
    expect(readFileSync(at('dist/web/.vite/manifest.json'), 'utf8')).toContain('posts/posts-page.tsx')
  })
})
