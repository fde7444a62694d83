import { buffer, text } from 'node:stream/consumers'
import { read, utils } from '@e965/xlsx'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Role } from '#contract/access/capabilities.ts'
import { roles } from '#contract/access/capabilities.ts'
import { areaScope } from '#server/modules/divisions/index.ts'
import type { Services } from '#server/platform/http/rpc.ts'
import { openTestApp } from '#test/harness/app.ts'
import { openTestDatabase, type TestDatabase } from '#test/harness/database.ts'
import { contextFor } from '#test/leaks/drive.ts'
import { seeded } from '#test/leaks/random.ts'
import { buildWorld, type Caller, type World } from '#test/leaks/world.ts'
import { findMarks } from '../marks.ts'
import { exportFile, requestExport } from '../operations.ts'
import type { FileForm } from './file-of.ts'

let t: TestDatabase
let server: Awaited<ReturnType<typeof openTestApp>>
let services: Services
let world: World
const linquan = 341_221_000_000

beforeAll(async () => {
  t = await openTestDatabase()
  server = await openTestApp(t)
  const exportLimits = {
    ...server.services.exportLimits,
    exportApprovalRows: 100_000,
    takenPerDay: 1e9,
    takenPerMonth: 1e9,
    takenAreaPerDay: 1e9,
  }
  services = { ...server.services, exportLimits }
  world = await buildWorld(t.database, seeded(3), { households: 300, accounts: 48, vault: services.vault })
})
afterAll(async () => {
  await server.close()
  await t.close()
})

/** What one person takes adds up: another test is another person. */
function as(role: Role, area = linquan, index = 0) {
  const base = world.callers[index] as Caller
  const { deps, scope } = contextFor(services, {
    ...base,
    role,
    area,
    scope: areaScope(area),
    department: null,
  })
  return { deps, scope, me: { ...base, role, area, scope: areaScope(area), department: null } }
}

async function take(viewer: ReturnType<typeof as>, kind: string, filter: object, form: FileForm) {
  const { id, rows } = await requestExport(viewer, services.exportSources, services.exportLimits, {
    ...{ kind, filter: { ...filter }, purpose: '核对名单' },
  })
  return { rows, ...(await exportFile(viewer, services.exportSources, id, form)) }
}

const filters: Record<string, () => object> = {
  'visits-due': () => ({ area: linquan }),
  facts: () => ({
    household: world.households.find(({ village }) => Math.floor(village / 1e6) === 341_221)?.ref,
  }),
  income: () => filters.facts?.() ?? {},
  reviews: () => ({ batch: world.batches[0]?.ref }),
}

const growing = new Set(['audit', 'exports'])

describe('every list there is', () => {
  const kinds = [
    'clues',
    'households',
    'people',
    'cases',
    'visits-due',
    'plans',
    'spells',
    'workbench',
    'area-tasks',
    'accounts',
    'account-requests',
    'audit',
    'exports',
    'corrections',
    'break-glass',
    'unmatched-declarations',
    'batches',
    'facts',
    'income',
  ]
  it.each(kinds)('%s leaves as a workbook that holds as many rows as the list counts', async (kind) => {
    const source = services.exportSources[kind]
    const needed = typeof source?.capability === 'string' ? [source.capability] : (source?.capability ?? [])
    const { capabilities } = await import('#contract/access/capabilities.ts')
    const role = roles.find(
      (one) =>
        needed.some((capability) => capabilities[capability].includes(one as never)) &&
        capabilities['export.request'].includes(one as never),
    )
    const viewer = as(role ?? 'clerk')
    const { body, rows, fileName } = await take(viewer, kind, filters[kind]?.() ?? {}, {
      format: 'xlsx',
      language: 'zh',
    })
    expect(fileName).toMatch(/\.xlsx$/)
    const book = read(await buffer(body))
    const cells = utils.sheet_to_json<unknown[]>(book.Sheets[book.SheetNames[0] ?? ''] ?? {}, {
      header: 1,
      defval: null,
    })
    const lines = cells.map(([first]) => String(first ?? ''))
    const foot = lines.findIndex((line) => /^共 \d+ 行/.test(line))
    const written = Number(/^共 (\d+) 行/.exec(lines[foot] ?? '')?.[1])
    // That it was requested and fetched stands in these two itself.
    if (!growing.has(kind)) expect(written).toBe(rows)
    expect(lines[foot + 1]).toMatch(/^导出编号 E\d+-\d.*用途：核对名单/)
    const summed = lines[foot - 1] === '合计' ? 1 : 0
    expect(foot - 2 - summed).toBe(written)
  })

  it('are all of them, but for those that go back to their sender', () => {
    expect(Object.keys(services.exportSources).toSorted()).toEqual(
      [...kinds, 'rejects', 'reviews'].toSorted(),
    )
  })
})

it('sums, masks and marks are the screen’s, in the language of who takes it', async () => {
  const clerk = as('clerk', linquan, 1)
  const { body, rows } = await take(clerk, 'people', {}, { format: 'xlsx', language: 'en' })
  const content = await buffer(body)
  const book = read(content)
  const cells = utils.sheet_to_json<Record<string, string>>(book.Sheets[book.SheetNames[0] ?? ''] ?? {}, {
    range: 1,
  })
  expect(Object.keys(cells[0] ?? {})).toEqual(
    expect.arrayContaining(['Household number', 'Name', 'ID number', 'Sex']),
  )
  const below = cells.map((row) => row['Household number'] ?? '')
  expect(below.filter((line) => /^Export E\d+-\d.*Purpose: 核对名单/.test(line))).toHaveLength(1)
  const numbers = cells.slice(0, rows).flatMap((row) => row['ID number'] ?? [])
  expect(numbers.length).toBeGreaterThan(0)
  expect(numbers.filter((number) => !number.includes('*'))).toEqual([])
  expect(findMarks(cells.map((row) => row.Name ?? '').join('\n'))[0]?.times).toBe(rows)
})

it('the register names what was taken as the lists themselves do, in both languages', async () => {
  const clerk = as('clerk', linquan, 4)
  await take(clerk, 'people', {}, { format: 'csv', language: 'zh' })
  for (const [language, title] of [
    ['zh', '人员'],
    ['en', 'People'],
  ] as const) {
    const { body } = await take(clerk, 'exports', {}, { format: 'csv', language })
    expect(await text(body)).toMatch(new RegExp(`^E\\d+-\\d,${title},`, 'm'))
  }
})

it('the audit says in words who did what, and in codes what its filter takes', async () => {
  const csv = await text(
    (await take(as('audit-admin', linquan, 10), 'audit', {}, { format: 'csv', language: 'zh' })).body,
  )
  expect(csv).toMatch(/,导出 · 申请,exports\.request,/)
  const english = await take(as('audit-admin', linquan, 10), 'audit', {}, { format: 'csv', language: 'en' })
  expect(await text(english.body)).toMatch(/,audit administrator,.*,Exports · downloaded,exports\.download,/)
})

it('income of a household leaves window by window in 元, as it was known', async () => {
  const [one] = world.households.filter(({ village }) => Math.floor(village / 1e6) === 341_221)
  if (!one) throw new Error('no household')
  const income = async (filter: object) =>
    text((await take(as('clerk', linquan, 11), 'income', filter, { format: 'csv', language: 'zh' })).body)
  const wage = ((1_200_000 + (one.id % 1_000_000)) / 100).toFixed(2)
  expect(await income({ household: one.ref })).toContain(`,2018-10-01,2019-09-30,${wage},`)
  expect(await income({ household: one.ref, knownOn: '2019-09-30' })).not.toContain(wage)
})

it('people are added up only where no household stands twice', async () => {
  const clerk = as('clerk', linquan, 5)
  const sums = async (kind: string) =>
    (await text((await take(clerk, kind, {}, { format: 'csv', language: 'zh' })).body)).includes('　人口 ')
  expect([await sums('households'), await sums('clues')]).toEqual([true, false])
})

describe('administrators', () => {
  const csv: FileForm = { format: 'csv', language: 'zh' }
  it.each([
    ['system-admin', ['account-requests', 'accounts', 'exports']],
    ['security-admin', ['account-requests', 'accounts', 'exports', 'break-glass']],
    ['audit-admin', ['audit', 'exports']],
  ] as const)('%s takes away what it looks after, and no list of households', async (role, own) => {
    const viewer = as(role, linquan, 6)
    const taken: string[] = []
    for (const kind of Object.keys(services.exportSources)) {
      try {
        const { body } = await take(viewer, kind, filters[kind]?.() ?? {}, csv)
        await text(body)
        taken.push(kind)
      } catch (error) {
        expect(error).toMatchObject({ code: 'not-allowed' })
      }
    }
    expect(taken.toSorted()).toEqual([...own].toSorted())
  })

  it('take what waits for a second person, in words, and no request for a household', async () => {
    for (const [username, role] of [
      ['village.waits', 'village'],
      ['household.waits', 'household'],
    ])
      await t.database.pool.query(
        `insert into account_request (kind, username, name, role, area, requested_by, expires_at)
         values ('create', $1, '新人', $2, $3, $4, now() + interval '1 day')`,
        [
          username,
          role,
          world.villages.find((code) => Math.floor(code / 1e6) === 341_221),
          world.callers[8]?.userId,
        ],
      )
    const listed = async (role: Role, index: number) =>
      text((await take(as(role, linquan, index), 'account-requests', {}, csv)).body)
    const taken = await listed('security-admin', 12)
    expect(taken).toMatch(/^新人,village\.waits,新建账号,,,村信息员,/m)
    expect(taken).not.toContain('household.waits')
    expect(await listed('leader', 13)).toContain('household.waits')
  })

  it('take away no account of a household, also where they ask for nothing else', async () => {
    const { rows } = await t.database.pool.query<{ username: string }>(
      `update account a set role = 'household', area = $1, department = null from auth_user u
       where u.id = a.user_id and a.user_id = $2 returning u.username`,
      [world.villages.find((code) => Math.floor(code / 1e6) === 341_221), world.callers[7]?.userId],
    )
    const name = rows[0]?.username ?? ''
    const listed = async (role: Role, index: number, filter = {}) =>
      text((await take(as(role, linquan, index), 'accounts', filter, csv)).body)
    expect(await listed('leader', 8)).toContain(name)
    expect(await listed('system-admin', 9)).not.toContain(name)
    expect(await listed('system-admin', 9, { role: ['household'] })).not.toContain(name)
  })
})

it('a list on paper holds every row, and its head on each sheet', async () => {
  const { body, isPage } = await take(
    as('clerk', linquan, 2),
    'households',
    {},
    { format: 'print', language: 'zh' },
  )
  const page = await text(body)
  expect(isPage).toBe(true)
  expect(page).toContain('<thead>')
  expect(page).toContain('/print/print.css')
  expect(page).not.toMatch(/<script(?! defer src=)/)
})
