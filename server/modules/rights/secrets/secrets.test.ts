import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type Role, roles } from '#contract/access/capabilities.ts'
import { areaScope } from '#server/modules/divisions/index.ts'
import type { Services } from '#server/platform/http/rpc.ts'
import { openTestApp } from '#test/harness/app.ts'
import { openTestDatabase, type TestDatabase } from '#test/harness/database.ts'
import { callRoute, contextFor } from '#test/leaks/drive.ts'
import { seeded } from '#test/leaks/random.ts'
import { buildWorld, type Caller, type Household, type World } from '#test/leaks/world.ts'

let t: TestDatabase
let server: Awaited<ReturnType<typeof openTestApp>>
let services: Services
let world: World
let own: Household
let foreign: Household
const linquan = 341_221_000_000

beforeAll(async () => {
  t = await openTestDatabase()
  server = await openTestApp(t)
  services = {
    ...server.services,
    secretLimits: { revealsPerDay: 3, breakGlassPerDay: 3, breakGlassMinutes: 60 },
  }
  world = await buildWorld(t.database, seeded(5), { households: 240, accounts: 48, vault: services.vault })
  own = world.households.find(({ village }) => Math.floor(village / 1e6) === 341_221) as Household
  foreign = world.households.find(({ village }) => Math.floor(village / 1e6) === 340_123) as Household
})
afterAll(async () => {
  await server.close()
  await t.close()
})

const as = (role: Role, index: number, area = linquan): Caller => ({
  ...(world.callers[index] as Caller),
  ...{ role, area, scope: areaScope(area), department: null, granted: new Set() },
})
const call = (caller: Caller, name: Parameters<typeof callRoute>[2], question: unknown) =>
  callRoute(services, caller, name, question)
const entries = async (action: string) =>
  (
    await t.database.pool.query(
      'select outcome, household_ref, detail, reason from audit_entry where action = $1 order by id',
      [action],
    )
  ).rows

describe('reveal', () => {
  it('shows one number in full for a purpose, writes it down without the number, and ends after so many', async () => {
    const clerk = as('clerk', 0)
    const phone = { ref: own.ref, field: 'phone', purpose: 'contact' }
    expect(await call(clerk, 'secrets.reveal', phone)).toMatchObject({
      ok: true,
      value: { value: expect.stringMatching(/^1990000\d{4}$/), left: 2 },
    })
    const { rows } = await t.database.pool.query('select ref from person where household_id = $1 limit 1', [
      own.id,
    ])
    const idNumber = await call(clerk, 'secrets.reveal', {
      ref: own.ref,
      field: 'id-number',
      person: rows[0].ref,
      purpose: 'verify-identity',
    })
    expect(idNumber).toMatchObject({ ok: true, value: { value: expect.stringMatching(/^\d{18}$/), left: 1 } })
    expect(await call(clerk, 'secrets.reveal', { ...phone, purpose: 'other' })).toMatchObject({
      ok: false,
      code: 'reason-required',
    })
    await call(clerk, 'secrets.reveal', { ...phone, purpose: 'other', note: '寄送衣物' })
    expect(await call(clerk, 'secrets.reveal', phone)).toMatchObject({
      ok: false,
      code: 'reveal-limit',
      data: { perDay: 3 },
    })
    const written = await entries('secrets.reveal')
    expect(written.map(({ detail }) => detail.field)).toEqual(['phone', 'id-number', 'phone'])
    expect(written.every(({ household_ref }) => household_ref === own.ref)).toBe(true)
    expect(JSON.stringify(written)).not.toMatch(/\d{11}/)
  })

  it('counts every one of many at once', async () => {
    const clerk = as('clerk', 1)
    const answers = await Promise.all(
      Array.from({ length: 8 }, () =>
        call(clerk, 'secrets.reveal', { ref: own.ref, field: 'phone', purpose: 'contact' }),
      ),
    )
    expect(answers.filter(({ ok }) => ok)).toHaveLength(3)
  })

  it('knows nothing of households outside, and is for some roles only', async () => {
    expect(
      await call(as('clerk', 2), 'secrets.reveal', { ref: foreign.ref, field: 'phone', purpose: 'contact' }),
    ).toMatchObject({ ok: false, code: 'not-found' })
    for (const role of ['leader', 'supervisor', 'audit-admin', 'department'] as const) {
      expect(
        await call(as(role, 3), 'secrets.reveal', { ref: own.ref, field: 'phone', purpose: 'contact' }),
      ).toMatchObject({ ok: false, code: 'not-allowed' })
    }
  })
})

describe('no list and no detail', () => {
  it('shows any role an ID number, a telephone or a bank card in full', async () => {
    const numbers = new Set<string>()
    const { rows } = await t.database.pool.query(
      'select id_cipher as c from person union all select phone_cipher from household',
    )
    for (const { c } of rows) numbers.add(services.vault.decrypt(c))
    for (const [index, role] of roles.entries()) {
      const caller = { ...as(role, index % world.callers.length), granted: new Set([own.id]) }
      await t.database.pool.query(
        `insert into household_access (county, household_id, village, user_id, kind) values ($1, $2, $3, $4, 'helper')
         on conflict do nothing`,
        [own.county, own.id, own.village, caller.userId],
      )
      const { rows: clues } = await t.database.pool.query('select id from clue where county = $1 limit 1', [
        own.county,
      ])
      const answers = await Promise.all([
        call(caller, 'households.get', { ref: own.ref }),
        call(caller, 'households.list', {}),
        call(caller, 'clues.list', {}),
        call(caller, 'clues.get', { id: clues[0].id }),
        call(caller, 'batches.list', {}),
        call(caller, 'accounts.list', {}),
      ])
      const text = JSON.stringify(answers)
      for (const number of numbers) expect(text.includes(number), `${role} ${number}`).toBe(false)
    }
  })

  it('shows an onlooker even parts of them', async () => {
    const answers = await call(as('supervisor', 4), 'households.get', { ref: own.ref })
    const { value } = answers as { value: { phone: string; members: { idNumber: string }[] } }
    expect(
      [value.phone, ...value.members.map(({ idNumber }) => idNumber)].every((shown) => shown === '****'),
    ).toBe(true)
    expect(await call(as('clerk', 5), 'households.get', { ref: own.ref })).toMatchObject({
      value: { phone: expect.stringMatching(/^199\*{4}\d{4}$/) },
    })
  })
})

describe('break-glass', () => {
  let index = 10
  let clerk: Caller
  beforeEach(() => {
    clerk = as('clerk', index++)
  })
  const open = (caller: Caller, number: string, minutes = 30) =>
    call(caller, 'breakGlass.open', { number, reason: '跨县搬迁户的医疗救助核对', minutes })

  it('opens one household outside, reads it like any other, and ends', async () => {
    expect(await call(clerk, 'households.get', { ref: foreign.ref })).toMatchObject({ code: 'not-found' })
    const opened = await open(clerk, foreign.number)
    expect(opened).toMatchObject({ ok: true, value: { household: foreign.ref, mayEnd: true, reads: 0 } })
    expect(await call(clerk, 'households.get', { ref: foreign.ref })).toMatchObject({
      ok: true,
      value: { headName: foreign.name },
    })
    const other = world.households.find(
      ({ village, id }) => village === foreign.village && id !== foreign.id,
    ) as Household
    expect(await call(clerk, 'households.get', { ref: other.ref })).toMatchObject({ code: 'not-found' })
    expect(await call(as('clerk', 40), 'households.get', { ref: foreign.ref })).toMatchObject({
      code: 'not-found',
    })
    const { id } = (opened as { value: { id: string } }).value
    expect(await call(clerk, 'breakGlass.end', { id })).toMatchObject({
      ok: true,
      value: { mayEnd: false, reads: 1 },
    })
    expect(await call(clerk, 'households.get', { ref: foreign.ref })).toMatchObject({ code: 'not-found' })
  })

  it('lapses by itself', async () => {
    await open(clerk, foreign.number)
    await t.database.pool.query(
      `update household_access set until = now() - interval '1 second', from_at = now() - interval '1 hour'
       where user_id = $1`,
      [clerk.userId],
    )
    expect(await call(clerk, 'households.get', { ref: foreign.ref })).toMatchObject({ code: 'not-found' })
    const { deps } = contextFor(services, clerk).granted
    const { rows } = await deps.database.pool.query('select count(*)::int as n from household')
    expect(rows[0].n).toBe(0)
  })

  it('is announced to the security administrator of the area, who sees no household, and reviewed by nobody else', async () => {
    const { value } = (await open(clerk, foreign.number)) as { value: { id: string } }
    const guard = as('security-admin', 41)
    const listed = await call(guard, 'breakGlass.list', {})
    expect(listed).toMatchObject({
      ok: true,
      value: {
        rows: expect.arrayContaining([
          expect.objectContaining({
            id: value.id,
            household: null,
            headName: expect.stringMatching(/^户\*/),
            mayReview: true,
          }),
        ]),
      },
    })
    expect(JSON.stringify(listed)).not.toContain(foreign.ref)
    expect(JSON.stringify(listed)).not.toContain(foreign.name)
    expect(
      await call(as('security-admin', 42, 340_123_000_000), 'breakGlass.review', {
        id: value.id,
        remark: '已核',
      }),
    ).toMatchObject({ code: 'not-found' })
    expect(
      await call({ ...guard, userId: clerk.userId }, 'breakGlass.review', { id: value.id, remark: '已核' }),
    ).toMatchObject({ code: 'same-person' })
    expect(await call(guard, 'breakGlass.review', { id: value.id, remark: '已电话核实' })).toMatchObject({
      ok: true,
      value: { review: { remark: '已电话核实' }, mayReview: false },
    })
  })

  it('answers alike for what is nowhere, counts every attempt, and knows what lies in one’s own area', async () => {
    expect(await open(clerk, '9991234567890123456')).toEqual({
      ok: false,
      code: 'not-found',
      data: { what: 'household' },
    })
    expect(await open(clerk, own.number)).toMatchObject({ code: 'break-glass-needless' })
    expect(await open(clerk, foreign.number, 61)).toMatchObject({ code: 'bad-request' })
    expect(await open(clerk, foreign.number)).toMatchObject({ ok: true })
    expect(await open(clerk, foreign.number)).toMatchObject({ code: 'break-glass-limit' })
  })

  it('cannot be taken by a request of its own: access is granted by the work role alone', async () => {
    const { deps } = contextFor(services, clerk)
    await expect(
      deps.database.pool.query(
        "insert into household_access (county, household_id, village, user_id, kind) values ($1, $2, $3, $4, 'helper')",
        [foreign.county, foreign.id, foreign.village, clerk.userId],
      ),
    ).rejects.toThrow(/permission denied/)
  })
})
