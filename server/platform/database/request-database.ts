import type { PostgresPoolClient } from 'kysely'
import type pg from 'pg'
import { isDatabaseAway } from './away.ts'
import { type Database, type PooledDatabase, queriesOver, sessionOver, takeLastSteps } from './db.ts'

/** A database whose transactions all begin alike, and whose statements share one while a request runs. */
export interface RequestDatabase extends Database {
  /** From now on until `end`, what is read one after the other shares one transaction; otherwise each statement has its own. */
  open(): void
  /** Ends the running transaction and lets go of its connection; the next statement begins another. */
  rest(): Promise<void>
  end(): Promise<void>
}

const changes = new Set(['INSERT', 'UPDATE', 'DELETE', 'MERGE'])
const isChange = (text: unknown) =>
  typeof text === 'string' && /^\s*(?:\/\*[^*]*\*\/\s*)?(insert|update|delete|merge)\b/i.test(text)

/**
 * Runs every statement in a transaction that began with what `beginning` says. What an open request reads one after the other shares
 * one; what it reads at the same time takes further connections, each begun alike, as long as some are free (each statement sees what
 * is committed when it begins, in one transaction or in several). A change outside an explicit transaction is committed at once, and
 * an explicit transaction has a connection to itself, so that what others must see (jobs, the work that follows) is there to be seen.
 * A request never waits for a connection while it keeps another. The beginning is sent with the first statement and the end with
 * the last where that is known, so that a request costs no more ways to the database than its statements.
 */
export function requestDatabase(app: PooledDatabase, beginning: () => Promise<string>): RequestDatabase {
  let isOpen = false
  let shared: pg.PoolClient | undefined
  let explicit = 0
  let waiting = 0
  let turn: Promise<unknown> = Promise.resolve()

  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    waiting++
    const mine = turn.then(work).finally(() => waiting--)
    turn = mine.catch(() => undefined)
    return mine
  }
  const begin = async (taken?: Promise<pg.PoolClient>) => {
    const text = await beginning().catch(async (error: unknown) => {
      await taken?.then((client) => client.release())
      throw error
    })
    const client = await (taken ?? app.pool.connect())
    return { client, begun: client.query(text) }
  }
  const commitShared = async () => {
    const client = shared
    shared = undefined
    if (client) await ended(client, client.query('commit'))
  }
  const rest = () => inTurn(commitShared)

  const alone = async (input: unknown[], taken?: Promise<pg.PoolClient>) => {
    const { client, begun } = await begin(taken)
    const answer = call(client, input)
    const committed = client.query('commit')
    committed.catch(() => undefined)
    const [, result] = await orRollBack(client, [begun, answer])
    await ended(client, committed)
    return result
  }
  const together = (input: unknown[]) =>
    inTurn(async () => {
      const { client, begun } = shared ? { client: shared, begun: undefined } : await begin()
      shared = undefined
      const answer = call(client, input)
      const committed = isChange(input[0]) ? client.query('commit') : undefined
      committed?.catch(() => undefined)
      const [, result] = await orRollBack(client, [begun, answer])
      if (committed) await ended(client, committed)
      else {
        shared = client
        if (!isOpen || changes.has(result.command)) await commitShared()
      }
      return result
    })
  const query = (...input: unknown[]) => {
    if (!isOpen || explicit > 0) return alone(input)
    // Taken in the same breath as it was seen to be free: nobody waits here while keeping the shared one.
    if (waiting > 0 && !isChange(input[0]) && app.hasFree()) return alone(input, app.pool.connect())
    return together(input)
  }

  const transaction: Database['transaction'] = async (work) => {
    await rest()
    explicit++
    try {
      const { client, begun } = await begin()
      const whole = begun.then(async () => {
        const own = sessionOver(client)
        const answer = await work(own)
        await takeLastSteps(own.db)
        return answer
      })
      const [, result] = await orRollBack(client, [begun, whole])
      await ended(client, client.query('commit'))
      return result
    } finally {
      explicit--
    }
  }
  const statement = { query: query as unknown as PostgresPoolClient['query'], release: () => undefined }
  return {
    db: queriesOver(async () => ({ ...statement })),
    pool: { query: query as unknown as pg.Pool['query'] },
    url: app.url,
    session: transaction,
    transaction,
    open: () => {
      isOpen = true
    },
    rest,
    end: async () => {
      isOpen = false
      await rest()
    },
    close: async () => undefined,
  }
}

const call = (client: pg.PoolClient, input: unknown[]) =>
  (client.query as (...input: unknown[]) => Promise<pg.QueryResult>)(...input)

/** Lets go of the connection once its transaction is committed. */
async function ended(client: pg.PoolClient, committed: Promise<unknown>): Promise<void> {
  try {
    await committed
  } catch (error) {
    client.release(error instanceof Error ? error : true)
    throw error
  }
  client.release()
}

/** What was sent, once all of it is answered; the first that failed ends the transaction. */
async function orRollBack<T>(
  client: pg.PoolClient,
  sent: readonly [begun: Promise<unknown> | undefined, result: Promise<T>],
): Promise<readonly [unknown, T]> {
  const [begun, result] = await Promise.allSettled(sent)
  if (begun.status === 'fulfilled' && result.status === 'fulfilled') return [undefined, result.value]
  const failed = begun.status === 'rejected' ? begun : result
  const error: unknown = failed.status === 'rejected' ? failed.reason : undefined
  if (isDatabaseAway(error)) client.release(error)
  else {
    await client.query('rollback').then(
      () => client.release(),
      () => client.release(true),
    )
  }
  throw error
}
