import { afterAll, beforeAll, expect, inject, it } from 'vitest'
import { ConfigError } from '#server/config.ts'
import { openTestDatabase, type TestDatabase } from '#test/harness/database.ts'
import { openDatabase } from './db.ts'
import { refuseUnfit } from './fitness.ts'

let t: TestDatabase
const poor = `poor_${process.pid}`
beforeAll(async () => {
  t = await openTestDatabase()
  await t.database.pool.query(`create role ${poor} login password 'poor'`)
})
afterAll(async () => {
  await t.database.pool.query(`drop role ${poor}`)
  await t.close()
})

/** What a start says of a database at an address that differs from a sound one. */
async function refusalOf(change: (url: URL) => void): Promise<string> {
  const url = new URL(t.database.url)
  change(url)
  const database = openDatabase(url.href, { max: 1 })
  try {
    await refuseUnfit(database)
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
  for (const text of Object.values(refusals)) expect(text).not.toContain(sound.password)
})
