import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTestDatabase, openTestRoles, type TestDatabase, testMasterKey } from '#test/harness/database.ts'
import { openVault } from './crypto.ts'
import { openKeyRing, prepareKeyRing, rewrapRing } from './key-ring.ts'
import { describeKeys } from './key-status.ts'
import { keyWrap } from './key-wrap.ts'

let t: TestDatabase
let roles: Awaited<ReturnType<typeof openTestRoles>>
beforeAll(async () => {
  t = await openTestDatabase()
  roles = await openTestRoles(t)
  await prepareKeyRing(t.database, testMasterKey)
})
afterAll(async () => {
  await roles.close()
  await t.close()
})

const open = () => openKeyRing(roles.roles.work, testMasterKey)
const rotate = async (ring: Awaited<ReturnType<typeof open>>, delaySeconds = 0) =>
  ring.rotate(roles.roles.work.db, 'test', delaySeconds)

describe('wrapped keys', () => {
  it('open under the same master key for the same purpose only', () => {
    const key = Buffer.from('0123456789abcdef')
    const wrap = keyWrap(testMasterKey)
    const wrapped = wrap.wrap(key, 'data:2')
    expect(wrap.unwrap(wrapped, 'data:2')).toEqual(key)
    expect(wrap.unwrap(wrapped, 'data:3')).toBeUndefined()
    expect(keyWrap(Buffer.alloc(32, 8)).unwrap(wrapped, 'data:2')).toBeUndefined()
    for (const at of [0, 20, wrapped.length - 1]) {
      const changed = Buffer.from(wrapped)
      changed[at] = (changed[at] ?? 0) ^ 1
      expect(wrap.unwrap(changed, 'data:2')).toBeUndefined()
    }
    expect(wrap.wrap(key, 'data:2').equals(wrapped)).toBe(false)
  })
})

describe('the key ring', () => {
  it('reads what was sealed before there was a ring, and keeps the blind index', async () => {
    const before = openVault(testMasterKey)
    const { vault } = await open()
    expect(vault.decrypt(before.encrypt('19900000000'))).toBe('19900000000')
    expect(vault.blindIndex('341221190001010019')).toBe(before.blindIndex('341221190001010019'))
  })

  it('seals with a new key once it has been read, and opens what others seal with it before that', async () => {
    const one = await open()
    const other = await open()
    const old = one.vault.encrypt('19900000001')
    const id = await rotate(one)
    expect(await one.refresh()).toBe(true)
    const fresh = one.vault.encrypt('19900000001')
    expect([old[0], fresh[0], one.active()]).toEqual([id - 1, id, id])
    expect(() => other.vault.decrypt(fresh)).toThrow(/does not fit/)
    expect(other.vault.encrypt('x')[0]).toBe(id - 1)
    await other.refresh()
    expect([other.vault.decrypt(fresh), other.vault.decrypt(old)]).toEqual(['19900000001', '19900000001'])
    expect(other.vault.encrypt('x')[0]).toBe(id)
    expect(one.vault.blindIndex('x')).toBe(other.vault.blindIndex('x'))
  })

  it('lets every process learn of a key before one seals with it', async () => {
    const one = await open()
    const before = one.active()
    const id = await rotate(one, 3600)
    const other = await open()
    expect(await one.refresh()).toBe(false)
    expect(one.vault.encrypt('x')[0]).toBe(before)
    await expect(rotate(one)).rejects.toMatchObject({ code: 'key-rotation-running' })
    expect((await describeKeys(roles.roles.work.db)).keys[0]).toMatchObject({ id, state: 'coming' })
    await sql`update data_key set active_from = now() where id = ${id}`.execute(t.database.db)
    await one.refresh()
    // `other` knows the key though it has not read the ring since.
    expect(other.vault.decrypt(one.vault.encrypt('19900000002'))).toBe('19900000002')
  })

  it('shows the application nothing of it', async () => {
    for (const table of ['data_key', 'kept_key', 'key_progress'])
      await expect(sql`select * from ${sql.table(table)}`.execute(roles.roles.app.db)).rejects.toThrow(
        /permission denied/,
      )
  })

  it('takes another master key, after which the old one is refused with what to do', async () => {
    const next = Buffer.alloc(32, 99)
    const ring = await open()
    const sealed = ring.vault.encrypt('622848000000000000')
    const { sessionSecret } = ring
    expect(await rewrapRing(t.database, testMasterKey, next)).toBeGreaterThanOrEqual(4)
    await expect(prepareKeyRing(t.database, testMasterKey)).rejects.toThrow(/SHOUWANG_KEY/)
    await expect(openKeyRing(roles.roles.work, testMasterKey)).rejects.toThrow(/master key was changed/)
    await expect(rotate(ring)).rejects.toThrow(/key does not fit/)
    await prepareKeyRing(t.database, next)
    const again = await openKeyRing(roles.roles.work, next)
    expect(again.vault.decrypt(sealed)).toBe('622848000000000000')
    expect(again.vault.blindIndex('x')).toBe(ring.vault.blindIndex('x'))
    expect(again.sessionSecret).toBe(sessionSecret)
    await expect(rewrapRing(t.database, testMasterKey, next)).rejects.toThrow(/key does not fit/)
    await rewrapRing(t.database, next, testMasterKey)
    expect((await open()).vault.decrypt(sealed)).toBe('622848000000000000')
  })

  it('refuses to start where a part of it is lost, and never makes a new one over sealed data', async () => {
    const lose = async (statement: string) => {
      const own = await openTestDatabase()
      await prepareKeyRing(own.database, testMasterKey)
      const ring = await openKeyRing(own.database, testMasterKey)
      await ring.rotate(own.database.db, 'test', 0)
      await ring.refresh()
      const sealed = ring.vault.encrypt('shouwang')
      await sql`update key_check set sealed = ${sealed}`.execute(own.database.db)
      await own.database.pool.query(statement)
      await expect(prepareKeyRing(own.database, testMasterKey), statement).rejects.toThrow(/missing.*backup/s)
      await own.close()
    }
    await lose('delete from data_key where id = 1')
    await lose('delete from data_key')
    await lose("delete from kept_key where purpose = 'blind-index'")
  })

  it('refuses a wrong master key at the very first start too, where secrets were sealed without a ring', async () => {
    const own = await openTestDatabase()
    const sealed = openVault(testMasterKey).encrypt('shouwang')
    await sql`insert into key_check (sealed) values (${sealed})`.execute(own.database.db)
    await expect(prepareKeyRing(own.database, Buffer.alloc(32, 1))).rejects.toThrow(/key does not fit/)
    const { rows } = await sql`select from data_key`.execute(own.database.db)
    expect(rows).toEqual([])
    await prepareKeyRing(own.database, testMasterKey)
    await own.close()
  })
})
