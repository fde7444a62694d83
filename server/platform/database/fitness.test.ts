import { afterAll, beforeAll, expect, inject, it } from 'vitest'
import { ConfigError } from '#server/config.ts'
import { openTestDatabase, type TestDatabase, testMasterKey } from '#test/harness/database.ts'
import { openKeyRing, prepareKeyRing } from '../keys/key-ring.ts'
import { openDatabase } from './db.ts'
import { refuseClockBehind, refuseUnfit } from './fitness.ts'

let t: TestDatabase
const poor = `poor_${process.pid}`
/** May make tables and schemas, and no roles. */
const plain = `plain_${process.pid}`
beforeAll(async () => {
  t = await openTestDatabase()
  await t.database.pool.query(`create role ${poor} login password 'poor'`)
  await t.database.pool.query(`create role ${plain} login password 'plain'`)
  await t.database.pool.query(`grant create on schema public to ${plain}`)
})
afterAll(async () => {
  await t.database.pool.query(`drop owned by ${plain}`)
  await t.database.pool.query(`drop role ${poor}, ${plain}`)
  await t.close()
})

/** What a start says of a database at an address that differs from a sound one. */
async function refusalOf(change: (url: URL) => void, roles = ['no_such_role']): Promise<string> {
  const url = new URL(t.database.url)
  change(url)
  const database = openDatabase(url.href, { max: 1 })
  try {
    await refuseUnfit(database, roles)
    return ''
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error
    return error.message
  } finally {
    await database.close()
  }
}

it('refuses in one sentence what it cannot live on, without the password in it', async () => {
  const sound = new URL(inject('databaseUrl'))
  expect(await refusalOf(() => undefined)).toBe('')
  const refusals = {
    password: await refusalOf((url) => {
      url.password = 'wrong'
    }),
    port: await refusalOf((url) => {
      url.port = '1'
    }),
    name: await refusalOf((url) => {
      url.pathname = '/nothing_here'
    }),
    rights: await refusalOf((url) => {
      url.username = poor
      url.password = 'poor'
    }),
  }
  expect(refusals.password).toMatch(/refuses the password/)
  expect(refusals.port).toMatch(/nothing listens there/)
  expect(refusals.name).toMatch(/no database of that name/)
  expect(refusals.rights).toMatch(/may not make tables/)
  const asPlain = (url: URL) => {
    url.username = plain
    url.password = 'plain'
  }
  expect(await refusalOf(asPlain)).toMatch(/may not make schemas|createrole/)
  await t.database.pool.query(
    `grant create on database ${new URL(t.database.url).pathname.slice(1)} to ${plain}`,
  )
  expect(await refusalOf(asPlain)).toMatch(/createrole/)
  // Once the roles are there, nobody needs to make any.
  expect(await refusalOf(asPlain, [poor])).toBe('')
  for (const text of Object.values(refusals)) expect(text).not.toContain(sound.password)
})

it('names a clock that stands before the newest record, and takes it for nothing else', async () => {
  const { pool } = t.database
  await expect(refuseClockBehind(t.database, new Date())).resolves.toBeUndefined()
  await expect(refuseClockBehind(t.database, new Date(Date.now() - 3_600_000))).rejects.toThrow(
    /clock of this machine is behind/,
  )
  await prepareKeyRing(t.database, testMasterKey)
  await pool.query(
    "update data_key set made_at = now() + interval '1 day', active_from = now() + interval '1 day'",
  )
  for (const start of [
    () => refuseClockBehind(t.database, undefined),
    () => openKeyRing(t.database, testMasterKey),
    () => prepareKeyRing(t.database, testMasterKey),
  ]) {
    const message = await start().then(
      () => '',
      (error) => (error instanceof ConfigError ? error.message : String(error)),
    )
    expect(message).toMatch(/^The clock of the database server is behind/)
    expect(message).not.toMatch(/does not fit|is missing from/)
  }
})
