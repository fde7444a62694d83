import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { openTestDatabase, type TestDatabase } from '#test/harness/database.ts'
import { inTransaction, openDatabase, type PooledDatabase } from './db.ts'
import { type RequestDatabase, requestDatabase } from './request-database.ts'

let t: TestDatabase
let pool: PooledDatabase
let request: RequestDatabase
let begun: number
beforeAll(async () => {
  t = await openTestDatabase()
  pool = openDatabase(t.database.url, { max: 2, pipeline: true })
  await t.database.pool.query('create table noted (n int)')
})
afterAll(async () => {
  await pool.close()
  await t.close()
})
beforeEach(async () => {
  await t.database.pool.query('truncate noted')
  begun = 0
  request = requestDatabase(pool, async () => {
    begun++
    return `begin; set local shouwang.scope_account = 'somebody'`
  })
})

const query = "select current_setting('shouwang.scope_account', true) as account, pg_backend_pid() as pid"
const call = async (text = query) => (await request.pool.query(text)).rows[0]
const seen = async () =>
  (await t.database.pool.query('select n from noted order by n')).rows.map(({ n }) => n)

/** All were told the scope, over so many connections, and none of these has kept it. */
async function expectScoped(answers: readonly { account: string; pid: number }[], connections: number) {
  expect(new Set(answers.map(({ pid }) => pid)).size).toBe(connections)
  expect(answers.every(({ account }) => account === 'somebody')).toBe(true)
  const { rows } = await pool.pool.query(query)
  expect(rows[0].account).not.toBe('somebody')
}

/** Ways to the database and back: what is sent while an answer is awaited goes with what is on its way. */
function countWays(from: PooledDatabase) {
  let ways = 0
  let awaited = 0
  const connect = async () => {
    const client = await from.pool.connect()
    const query = client.query.bind(client) as (...input: unknown[]) => Promise<unknown>
    const counted = (...input: unknown[]) => {
      if (awaited === 0) ways++
      awaited++
      return query(...input).finally(() => awaited--)
    }
    const release = (error?: boolean | Error) => client.release(error)
    return Object.assign(Object.create(client) as typeof client, { query: counted, release })
  }
  return { counted: { ...from, pool: { query: from.pool.query, connect } }, ways: () => ways }
}

describe('a request', () => {
  it('reads one after the other in one transaction, and leaves no scope behind', async () => {
    request.open()
    const answers = [await call(), await call(), await call()]
    await request.end()
    expect(begun).toBe(1)
    await expectScoped(answers, 1)
  })

  it('reads at the same time over as many connections as are free, each begun alike', async () => {
    request.open()
    const answers = await Promise.all(Array.from({ length: 20 }, () => call()))
    await request.end()
    // The two that were free, and one of these again for what had to come in turn.
    expect(begun).toBeLessThanOrEqual(3)
    await expectScoped(answers, 2)
  })

  it('goes to the database once for each statement: the beginning goes with the first, the end with the entry of the audit', async () => {
    const { counted, ways } = countWays(pool)
    const one = requestDatabase(counted, async () => `begin; set local shouwang.scope_account = 'somebody'`)
    one.open()
    for (let i = 0; i < 3; i++) await one.pool.query(query)
    await one.pool.query('insert into noted values (1)')
    await one.end()
    expect(ways()).toBe(4)
    expect(await seen()).toEqual([1])
  })

  it('keeps a change away from what is read beside it', async () => {
    request.open()
    const failing = call('select 1 / 0')
    const [, one] = await Promise.all([
      request.pool.query('insert into noted values (1)'),
      call(),
      expect(failing).rejects.toThrow(/division by zero/),
    ])
    await request.end()
    expect(one.account).toBe('somebody')
    expect(await seen()).toEqual([1])
  })

  it('shows a change to others at once, and reads on in another transaction', async () => {
    request.open()
    await call()
    await request.pool.query('insert into noted values (1)')
    expect(await seen()).toEqual([1])
    expect((await call()).account).toBe('somebody')
    await request.end()
    expect(begun).toBe(2)
  })

  it('goes on after a statement that failed', async () => {
    request.open()
    await call()
    await expect(call('select 1 / 0')).rejects.toThrow(/division by zero/)
    expect((await call()).account).toBe('somebody')
    await request.end()
  })

  it('keeps an explicit transaction to itself: whole or not at all, whatever is asked beside it', async () => {
    request.open()
    await call()
    const failing = inTransaction(request, async ({ db }) => {
      await sql`insert into noted values (2)`.execute(db)
      await request.pool.query('insert into noted values (3)')
      throw new Error('stop')
    })
    await expect(failing).rejects.toThrow('stop')
    await inTransaction(request, async ({ db }) => {
      await sql`insert into noted values (4)`.execute(db)
      const { rows } = await sql<{ account: string }>`
        select current_setting('shouwang.scope_account', true) as account`.execute(db)
      expect(rows[0]?.account).toBe('somebody')
    })
    await request.end()
    expect(await seen()).toEqual([3, 4])
  })

  it('never waits for a connection while it keeps one: more of them than connections come through', async () => {
    const requests = Array.from({ length: 12 }, () => requestDatabase(pool, async () => 'begin'))
    await Promise.all(
      requests.map(async (one) => {
        one.open()
        await Promise.all([
          one.pool.query('select 1'),
          one.pool.query('select 2'),
          one.pool.query('select 3'),
        ])
        await inTransaction(one, async ({ client }) => client.query('select 1'))
        await one.pool.query('select 1')
        await one.end()
      }),
    )
  })
})

describe('outside a request', () => {
  it('every statement has a transaction of its own', async () => {
    const answers = await Promise.all([call(), call(), call()])
    expect(answers.map(({ account }) => account)).toEqual(['somebody', 'somebody', 'somebody'])
    expect(begun).toBe(3)
  })
})
