import { text } from 'node:stream/consumers'
import { parse } from 'csv-parse/sync'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Role } from '#contract/access/capabilities.ts'
import { areaScope } from '#server/modules/divisions/index.ts'
import type { Services } from '#server/platform/http/rpc.ts'
import { openTestApp } from '#test/harness/app.ts'
import { openTestDatabase, type TestDatabase } from '#test/harness/database.ts'
import { contextFor } from '#test/leaks/drive.ts'
import { seeded } from '#test/leaks/random.ts'
import { buildWorld, type Caller, type World } from '#test/leaks/world.ts'
import { findMarks, findNumbers } from './marks.ts'
import { decide, exportFile, exportNow, requestExport, searchExports } from './operations.ts'

let t: TestDatabase
let server: Awaited<ReturnType<typeof openTestApp>>
let services: Services
let world: World
const linquan = 341_221_000_000

beforeAll(async () => {
  t = await openTestDatabase()
  server = await openTestApp(t)
  services = { ...server.services, exportLimits: { ...server.services.exportLimits, exportApprovalRows: 50 } }
  world = await buildWorld(t.database, seeded(3), { households: 360, accounts: 48, vault: services.vault })
})
afterAll(async () => {
  await server.close()
  await t.close()
})

/** An account of the world as another role or of another place. */
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
const request = (viewer: ReturnType<typeof as>, filter = {}, kind: 'clues' | 'households' = 'clues') =>
  requestExport(viewer, services.exportSources, services.exportLimits, { kind, filter, purpose: '入户核实' })
const fetch = async (viewer: ReturnType<typeof as>, id: string) => {
  const { fileName, body } = await exportFile(viewer, services.exportSources, id)
  return { fileName, content: await text(body) }
}
const village = () => world.villages.find((code) => code > linquan) ?? 0

describe('an export', () => {
  it('of few rows is ready at once, and says who took it, visibly and hidden', async () => {
    const clerk = as('clerk')
    const one = await request(clerk, { clues: { area: village() } })
    expect(one).toMatchObject({ state: 'ready', limit: 50, mayDownload: true })
    const { fileName, content } = await fetch(clerk, one.id)
    expect(fileName).toBe(`线索-2020-03-10-${one.number}.csv`)
    const lines: string[][] = parse(content, { bom: true, relax_column_count: true })
    expect(lines).toHaveLength(one.rows + 2)
    expect(lines.at(-1)?.[0]).toMatch(
      new RegExp(`^导出编号 ${one.number}.*${clerk.me.username}.*用途：入户核实`),
    )
    expect(lines[1]?.[0]).toMatch(/^'\d{19}$/)
    const marks = findMarks(content)
    expect(marks).toEqual([{ serial: findNumbers(content)[0], times: one.rows }])
    // Somebody copies three rows into a letter: they still tell.
    expect(
      findMarks(
        lines
          .slice(5, 8)
          .map((cells) => cells.join('\t'))
          .join('\n'),
      )[0],
    ).toMatchObject({ times: 3 })
    const { rows } = await t.database.pool.query(
      'select count(*)::int as n from export_item where export_id = $1',
      [one.id],
    )
    expect(rows[0].n).toBe(one.rows)
  })

  it('is on record for its households although whoever fetches it breaks off', async () => {
    const clerk = as('clerk')
    const one = await request(clerk, { clues: { area: village() } })
    const { body } = await exportFile(clerk, services.exportSources, one.id)
    const parts = body[Symbol.asyncIterator]()
    // The head, then the rows.
    await parts.next()
    await parts.next()
    const { rows } = await t.database.pool.query(
      'select count(*)::int as n from export_item where export_id = $1',
      [one.id],
    )
    body.destroy()
    expect(rows[0].n).toBe(one.rows)
  })

  it('of many rows waits for a second person of the area, who is not the requester', async () => {
    const clerk = as('clerk')
    const one = await request(clerk)
    expect(one).toMatchObject({ state: 'pending', mayDownload: false, mayDecide: false })
    await expect(fetch(clerk, one.id)).rejects.toMatchObject({ code: 'export-not-ready' })
    // The same person with the right to approve, and an approver of another county.
    await expect(decide(as('checker'), { id: one.id, approve: true, reason: '' })).rejects.toMatchObject({
      code: 'same-person',
    })
    await expect(
      decide(as('checker', 340_123_000_000, 1), { id: one.id, approve: true, reason: '' }),
    ).rejects.toMatchObject({ code: 'not-found' })
    const checker = as('checker', linquan, 1)
    expect(
      (await searchExports(checker, { toDecide: true, page: 1, size: 10 })).rows.map(({ id }) => id),
    ).toContain(one.id)
    await expect(decide(checker, { id: one.id, approve: false, reason: '' })).rejects.toMatchObject({
      code: 'reason-required',
    })
    expect(await decide(checker, { id: one.id, approve: true, reason: '' })).toMatchObject({
      state: 'ready',
      mayDownload: false,
    })
    await expect(decide(checker, { id: one.id, approve: false, reason: '晚了' })).rejects.toMatchObject({
      code: 'export-not-pending',
    })
    await expect(fetch(checker, one.id)).rejects.toMatchObject({ code: 'not-allowed' })
    const { content } = await fetch(clerk, one.id)
    expect(parse(content, { bom: true, relax_column_count: true })).toHaveLength(one.rows + 2)
  })

  it('cannot be approved by the requester, even past the operation', async () => {
    const one = await request(as('clerk'))
    await expect(
      t.database.pool.query(
        "update export set state = 'ready', decided_by = requested_by, decided_at = now() where id = $1",
        [one.id],
      ),
    ).rejects.toThrow(/check constraint/)
  })

  it('that grew above the limit since is not handed out', async () => {
    const clerk = as('clerk')
    const one = await request(clerk, { clues: { area: village() } })
    const smaller = { ...clerk, deps: { ...clerk.deps } }
    await t.database.pool.query('update export set row_limit = 1 where id = $1', [one.id])
    await expect(fetch(smaller, one.id)).rejects.toMatchObject({ code: 'export-grown' })
  })

  it('lapses after its days', async () => {
    const clerk = as('clerk')
    const one = await request(clerk, { clues: { area: village() } })
    await t.database.pool.query("update export set expires_at = '2020-03-09' where id = $1", [one.id])
    await expect(fetch(clerk, one.id)).rejects.toMatchObject({ code: 'export-not-ready' })
    expect(
      (await searchExports(clerk, { state: ['expired'], page: 1, size: 10 })).rows.map(({ id }) => id),
    ).toEqual([one.id])
  })

  it('contains what its requester sees, never more, and never begins a cell like a formula', async () => {
    const township = as('township', Math.floor(village() / 1000) * 1000)
    await t.database.pool.query("update household set head_name = '=1+1' where village = $1", [village()])
    const one = await request(township, {}, 'households')
    expect(one.state).toBe('pending')
    await decide(as('checker', linquan, 1), { id: one.id, approve: true, reason: '' })
    const rows: Record<string, string>[] = parse((await fetch(township, one.id)).content, {
      bom: true,
      columns: true,
      relax_column_count: true,
    })
    const codes = rows.slice(0, -1).map((row) => Number(row.行政区划代码?.slice(1)))
    expect(codes.every((code) => code >= township.scope.from && code <= township.scope.to)).toBe(true)
    expect(rows.flatMap(Object.values).filter((cell) => /^[=+\-@]/.test(cell))).toEqual([])
    expect(rows.some((row) => row.户主姓名?.startsWith("'=1+1"))).toBe(true)
  })

  it('of rejected rows needs nobody for one’s own file, and a second person for another’s', async () => {
    const { rows } = await t.database.pool.query(
      `update batch set rejected_rows = 60 where area = $1 and feed = 'medical-settlement' returning ref`,
      [linquan],
    )
    const request = { kind: 'rejects' as const, filter: { batch: rows[0].ref }, purpose: '改正退回的行' }
    const clerk = as('clerk')
    await expect(
      exportNow(clerk, services.exportSources, services.exportLimits, request),
    ).rejects.toMatchObject({ code: 'export-needs-approval' })
    await t.database.pool.query('update batch set received_by = $2 where ref = $1', [
      rows[0].ref,
      clerk.me.userId,
    ])
    const { body } = await exportNow(clerk, services.exportSources, services.exportLimits, request)
    const lines: string[][] = parse(await text(body), { bom: true })
    expect(lines).toHaveLength(2)
    expect(findMarks(lines[1]?.at(-1) ?? '')).toHaveLength(1)
    expect(findMarks(lines[1]?.slice(0, -1).join('') ?? '')).toEqual([])
  })

  it('is written down with number, purpose and rows', async () => {
    const { rows } = await t.database.pool.query(
      `select distinct action, reason from audit_entry where action in ('exports.request', 'exports.download')
       order by action, reason`,
    )
    expect(rows).toEqual([
      { action: 'exports.download', reason: '入户核实' },
      { action: 'exports.download', reason: '改正退回的行' },
      { action: 'exports.request', reason: '入户核实' },
      { action: 'exports.request', reason: '改正退回的行' },
    ])
  })
})
