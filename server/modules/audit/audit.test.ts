import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { auditorOf } from '#server/platform/audit.ts'
import { openTestDatabase, openTestRoles, type TestDatabase, testVault } from '#test/harness/database.ts'
import type { Anchor, Anchors } from './chain/anchors.ts'
import { sealPending } from './chain/sealing.ts'
import { type Fault, verifyChain } from './chain/verify.ts'

let t: TestDatabase
let roles: Awaited<ReturnType<typeof openTestRoles>>
let anchored: Anchor[]
const anchors: Pick<Anchors, 'append'> = { append: (anchor) => anchored.push(anchor) }

beforeEach(async () => {
  t = await openTestDatabase()
  roles = await openTestRoles(t)
  anchored = []
})
afterEach(async () => {
  await roles.close()
  await t.close()
})

const auditor = () =>
  auditorOf({ id: null, name: 'linquan', role: 'clerk', area: 341221000000, address: '127.0.0.1' })
const write = (count: number, from = 1) =>
  auditor().record(
    roles.roles.app.db,
    ...Array.from({ length: count }, (_, i) => ({
      action: 'clues.dispatch',
      object: { kind: 'clue', ref: `c${from + i}` },
      before: { state: 'new', b: 1 },
      after: { state: 'dispatched', 期限: '2020-03-12' },
      reason: '核实',
      count: from + i,
    })),
  )
const seal = () => sealPending({ database: roles.roles.work, vault: testVault, anchors })
const faults = async () => (await verifyChain(t.database.db, testVault, anchored)).faults
const asOwner = (statement: string) => t.database.pool.query(statement)
/** As somebody with all rights in the database would do it: past the reference, past the queue. */
const tamper = (...statements: string[]) =>
  asOwner(['begin', 'set local session_replication_role = replica', ...statements, 'commit'].join('; '))

describe('the chain of seals', () => {
  it('seals every entry once, in order, and finds nothing wrong', async () => {
    await write(7)
    expect(await seal()).toBe(7)
    await write(3, 8)
    expect(await seal()).toBe(3)
    expect(await seal()).toBe(0)
    const { rows } = await t.database.pool.query('select seq, entry_id from audit_seal order by seq')
    expect(rows.map(({ seq }) => seq)).toEqual(Array.from({ length: 10 }, (_, i) => i + 1))
    expect(new Set(rows.map((row) => row.entry_id)).size).toBe(10)
    expect(await verifyChain(t.database.db, testVault, anchored)).toEqual({
      checked: 10,
      faults: [],
      more: 0,
    })
  })

  it('lets several sealers and writers work at once without gap or fork', async () => {
    await Promise.all([
      ...Array.from({ length: 20 }, (_, i) => write(25, i * 25)),
      ...Array.from({ length: 4 }, () => seal()),
    ])
    await seal()
    expect(await verifyChain(t.database.db, testVault, anchored)).toEqual({
      checked: 500,
      faults: [],
      more: 0,
    })
  })

  it.each<[string, string[], Fault]>([
    ['a reason', ["update audit_entry set reason = 'x' where id = 5"], { what: 'changed', entry: 5, seq: 5 }],
    [
      'an instant',
      ["update audit_entry set at = at + interval '1 microsecond' where id = 3"],
      { what: 'changed', entry: 3, seq: 3 },
    ],
    [
      'what was before',
      ["update audit_entry set before = '{}' where id = 10"],
      { what: 'changed', entry: 10, seq: 10 },
    ],
    [
      'who it was',
      ["update audit_entry set actor_id = 'other' where id = 1"],
      { what: 'changed', entry: 1, seq: 1 },
    ],
    [
      'a seal',
      ["update audit_seal set digest = sha256('x') where seq = 4"],
      { what: 'changed', entry: 4, seq: 4 },
    ],
    ['an entry gone', ['delete from audit_entry where id = 6'], { what: 'removed', entry: 6, seq: 6 }],
    [
      'an entry gone with its seal',
      ['delete from audit_seal where seq = 6', 'delete from audit_entry where id = 6'],
      { what: 'removed', entry: null, seq: 6 },
    ],
    [
      'two seals exchanged',
      [
        'update audit_seal set entry_id = -entry_id where seq in (4, 5)',
        'update audit_seal set entry_id = 9 - seq where seq in (4, 5)',
      ],
      { what: 'changed', entry: 5, seq: 4 },
    ],
    [
      'an entry put in',
      ["insert into audit_entry (actor_name, actor_role, action) values ('forged', 'clerk', 'x.y')"],
      { what: 'inserted', entry: 11, seq: null },
    ],
    [
      'an entry put in with a seal of its own',
      [
        "insert into audit_entry (actor_name, actor_role, action) values ('forged', 'clerk', 'x.y')",
        "insert into audit_seal values (11, 11, sha256('x'), now())",
      ],
      { what: 'changed', entry: 11, seq: 11 },
    ],
    [
      'the end cut off',
      ['delete from audit_seal where seq > 7', 'delete from audit_entry where id > 7'],
      { what: 'cut', entry: null, seq: 10 },
    ],
  ])('finds %s', async (_name, statements, fault) => {
    await write(10)
    await seal()
    expect(await faults()).toEqual([])
    await tamper(...statements)
    expect((await faults())[0]).toEqual(fault)
  })

  it('says that two were exchanged when both stand in the wrong order', async () => {
    await write(10)
    await seal()
    await tamper(
      'update audit_seal set entry_id = -entry_id where seq in (4, 5)',
      'update audit_seal set entry_id = 9 - seq where seq in (4, 5)',
    )
    expect((await faults()).map(({ what }) => what)).toEqual(['changed', 'reordered'])
  })

  it('does not fall for a chain computed again without the key', async () => {
    await write(3)
    await seal()
    await tamper("update audit_entry set reason = 'x' where id = 2")
    await asOwner('delete from audit_seal')
    await tamper('insert into audit_pending select id from audit_entry')
    await sealPending({
      database: roles.roles.work,
      vault: { chainMac: () => Buffer.alloc(32) },
      anchors: { ...anchors, append: () => undefined },
    })
    expect((await faults())[0]).toMatchObject({ what: 'changed', seq: 1 })
  })

  it('refuses every role of the server to change or remove what was written', async () => {
    await write(2)
    await seal()
    for (const [name, role] of Object.entries(roles.roles)) {
      for (const statement of [
        "update audit_entry set reason = 'x'",
        'delete from audit_entry',
        'truncate audit_entry cascade',
        'update audit_seal set digest = digest',
        'delete from audit_seal',
        'truncate audit_seal',
        'alter table audit_entry disable trigger all',
        'drop table audit_seal',
      ]) {
        await expect(role.pool.query(statement), `${name}: ${statement}`).rejects.toThrow(
          /permission denied|must be owner/,
        )
      }
    }
  })
})
