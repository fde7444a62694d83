import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { boundaryFaults } from './boundaries.ts'
import { root } from './step.ts'

const made: string[] = []
afterEach(() => {
  for (const folder of made.splice(0)) rmSync(folder, { recursive: true })
})

/** Cruises files laid out as in the project, under the project's own rules. */
function cruise(files: Record<string, string>): string[] {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'shouwang-boundaries-'))
  made.push(folder)
  for (const [name, text] of Object.entries({ ...files, 'tsconfig.json': '{}', 'package.json': '{}' })) {
    mkdirSync(path.join(folder, path.dirname(name)), { recursive: true })
    writeFileSync(path.join(folder, name), text)
  }
  const config = path.join(root, '.dependency-cruiser.cjs')
  const { stdout } = spawnSync(
    path.join(root, 'node_modules/.bin/depcruise'),
    ['--config', config, '--output-type', 'json', '.'],
    { cwd: folder, encoding: 'utf8' },
  )
  return boundaryFaults(stdout)
}

test('each kind of breach is named with both files, and too few modules are a fault too', () => {
  const faults = cruise({
    'server/platform/database/db.ts': "import '../../modules/feeds/index.ts'",
    'server/modules/feeds/index.ts': "import '../clues/inside.ts'",
    'server/modules/clues/inside.ts': 'export const one = 1',
    'demo/lives/living/health.ts': "import '../../../server/modules/screening/index.ts'",
    'server/modules/screening/index.ts': 'export const screening = 1',
    'web/page.ts': "import '../server/platform/database/db.ts'",
    'contract/a.ts': "import type { B } from './b.ts'\nexport type A = B",
    'contract/b.ts': "import type { A } from './a.ts'\nexport type B = A",
  })
  expect(faults).toContain(
    'platform-knows-no-module: server/platform/database/db.ts -> server/modules/feeds/index.ts',
  )
  expect(faults).toContain(
    'feeds-uses-only-what-stands-before-it: server/modules/feeds/index.ts -> server/modules/clues/inside.ts',
  )
  expect(faults).toContain(
    'a-module-has-one-door: server/modules/feeds/index.ts -> server/modules/clues/inside.ts',
  )
  expect(faults).toContain('web-is-a-client: web/page.ts -> server/platform/database/db.ts')
  expect(faults).toContain('no-circles: contract/a.ts -> contract/b.ts')
  expect(faults).toContain(
    'a-world-of-its-own: demo/lives/living/health.ts -> server/modules/screening/index.ts',
  )
  expect(faults).toContain('only 8 modules were cruised')
})

test('folders that import each other are a fault, inside a module and between modules, though no file does', () => {
  const faults = cruise({
    'server/modules/clues/detail/detail.ts': "import '../list/rows.ts'",
    'server/modules/clues/list/rows.ts': 'export const rows = []',
    'server/modules/clues/list/list.ts': "import '../filter/filter.ts'",
    'server/modules/clues/filter/filter.ts': "import type { Words } from '../detail/words.ts'",
    'server/modules/clues/detail/words.ts': 'export interface Words {}',
    'server/modules/clues/index.ts': "import './list/list.ts'",
    'server/modules/visits/index.ts': "import '../clues/index.ts'",
    'server/modules/clues/places.ts': "import '../visits/index.ts'",
    'server/modules/clues/list/list.test.ts': "import '../later/later.ts'",
    'server/modules/clues/later/later.ts': "import '../list/rows.ts'",
  }).filter((fault) => fault.startsWith('no-folder-circles'))
  const modules = 'server/modules'
  const clues = `${modules}/clues`
  expect(faults).toEqual([
    `no-folder-circles: ${clues} <-> ${modules}/visits (${clues}/places.ts -> ${modules}/visits/index.ts)`,
    `no-folder-circles: ${clues}/detail <-> ${clues}/list (${clues}/detail/detail.ts -> ${clues}/list/rows.ts)`,
    `no-folder-circles: ${clues}/filter <-> ${clues}/detail (${clues}/filter/filter.ts -> ${clues}/detail/words.ts)`,
    `no-folder-circles: ${clues}/list <-> ${clues}/filter (${clues}/list/list.ts -> ${clues}/filter/filter.ts)`,
    `no-folder-circles: ${modules}/visits <-> ${clues} (${modules}/visits/index.ts -> ${clues}/index.ts)`,
  ])
})
