import { CamelCasePlugin, Kysely, PostgresDialect, type PostgresPoolClient } from 'kysely'
import pg from 'pg'
import { isWatched, statementName, watched } from '../watch/watched.ts'
import { isDatabaseAway } from './away.ts'

/**
 * Queries over a pool or over the one connection of a {@link Session}; names turn snake_case ↔ camelCase here only. Every text is a
 * template with its row type beside it, and `test/sql` holds both against the schema (decision 0053).
 */
export type Db = Kysely<unknown>

/** One connection: `client` for COPY and cursors, `db` for queries on that same connection. */
export interface Session {
  db: Db
  client: pg.PoolClient
}

export interface Database {
  db: Db
  pool: { query: pg.Pool['query'] }
  url: string
  /** Runs `work` on one connection; see {@link inSession}. */
  session<T>(work: (session: Session) => Promise<T>): Promise<T>
  /** Runs `work` in one transaction; see {@link inTransaction}. */
  transaction<T>(work: (session: Session) => Promise<T>): Promise<T>
  close(): Promise<void>
}

/** A database of which connections can be taken: a pool of our own. */
export interface PooledDatabase extends Database {
  pool: { query: pg.Pool['query']; connect(): Promise<pg.PoolClient> }
  /** Whether a connection taken now comes without waiting for another to be let go. */
  hasFree(): boolean
}

// Money in 分, counts and 12-digit codes all stay below 2^53, so numbers are exact and JSON-ready.
const toSafeInteger = (text: string) => {
  const value = Number(text)
  if (!Number.isSafeInteger(value)) throw new RangeError(`integer beyond 2^53: ${text}`)
  return value
}
const types = new pg.TypeOverrides()
types.setTypeParser(pg.types.builtins.INT8, toSafeInteger)
types.setTypeParser(pg.types.builtins.NUMERIC, Number)
types.setTypeParser(pg.types.builtins.DATE, (text: string) => text)
types.setTypeParser(pg.types.builtins.TIMESTAMPTZ, (text: string) => new Date(text).toISOString())

/**
 * SQL that takes a day out of an instant (`made_at::date`), or compares the two, means the day in China: every session says so
 * itself, whatever zone the database server, its user or this machine is set to.
 */
function inChina(url: string): string {
  const whole = new URL(url)
  const own = whole.searchParams.get('options')
  whole.searchParams.set('options', `${own ? `${own} ` : ''}-c TimeZone=Asia/Shanghai`)
  return whole.href
}

/** `pipeline`: statements are sent as they come, without waiting for the answer to the one before; there is no COPY then. */
export function openDatabase(
  url: string,
  options: { max?: number; pipeline?: boolean } = {},
): PooledDatabase {
  const max = options.max ?? 12
  const pool = new pg.Pool({
    connectionString: inChina(url),
    max,
    pipeline: options.pipeline ?? false,
    types,
  })
  // An idle connection dropped by the server must not end the process; the next query reports what is wrong.
  pool.on('error', () => undefined)
  pool.on('connect', (client) => {
    // Nor may one that is in use; whatever it was running, or is running next, fails with the reason.
    client.on('error', () => undefined)
    keepStatements(client)
    watchStatements(client)
  })
  const hasFree = () => pool.idleCount + max - pool.totalCount > pool.waitingCount
  return { ...overConnections(() => pool.connect()), pool, url, hasFree, close: () => pool.end() }
}

const kept = /^\s*\/\* keep: ([a-z-]+) \*\//

/**
 * Statements that begin with `/* keep: name *\/` are parsed and planned once per connection: for the few that run with every
 * request and always alike. (An audit entry: 0.65 ms, kept 0.49 ms.)
 */
function keepStatements(client: pg.PoolClient) {
  const query = client.query.bind(client) as (...input: unknown[]) => unknown
  client.query = ((text: unknown, ...rest: unknown[]) => {
    const name = typeof text === 'string' ? kept.exec(text)?.[1] : undefined
    return name ? query({ name, text, values: rest[0] }) : query(text, ...rest)
  }) as pg.PoolClient['query']
}

type Callback = (error: unknown, result?: unknown) => void

/** Shows each statement to whoever watches; streams and cursors, which take as long as their reader, are left alone. */
function watchStatements(client: pg.PoolClient) {
  const query = client.query.bind(client) as (...input: unknown[]) => Promise<unknown>
  client.query = ((text: unknown, ...rest: unknown[]) => {
    if (typeof text !== 'string' || !isWatched()) return query(text, ...rest)
    const last = rest.at(-1)
    if (typeof last !== 'function')
      return watched('statement', statementName(text), () => query(text, ...rest))
    const answer = last as Callback
    const running = new Promise<unknown>((resolve, reject) => {
      query(text, ...rest.slice(0, -1), (error: unknown, result: unknown) =>
        error ? reject(error) : resolve(result),
      )
    })
    watched('statement', statementName(text), () => running).then((result) => answer(null, result), answer)
  }) as pg.PoolClient['query']
}

/** The same database, `first` being done before any of its connections is taken; closing it is left to the one it was made of. */
export function afterwards(database: PooledDatabase, first: () => Promise<void>): Database {
  const connect = async () => {
    await first()
    return database.pool.connect()
  }
  const query = async (text: string, values?: unknown[]) => {
    await first()
    return database.pool.query(text, values)
  }
  return {
    ...overConnections(connect),
    pool: { query: query as pg.Pool['query'] },
    url: database.url,
    close: async () => undefined,
  }
}

function overConnections(
  connect: () => Promise<pg.PoolClient>,
): Pick<Database, 'db' | 'session' | 'transaction'> {
  const session: Database['session'] = async (work) => {
    const client = await connect()
    let broken: Error | undefined
    try {
      return await work(sessionOver(client))
    } catch (error) {
      broken = isDatabaseAway(error) ? error : undefined
      throw error
    } finally {
      client.release(broken)
    }
  }
  const transaction: Database['transaction'] = (work) =>
    session(async (own) => {
      await own.client.query('begin')
      try {
        const result = await work(own)
        await commit(own)
        return result
      } catch (error) {
        await own.client.query('rollback').catch(() => undefined)
        throw error
      }
    })
  return { db: queriesOver(connect), session, transaction }
}

/** Typed queries, each on a connection of its own from `connect`. */
export function queriesOver(connect: () => Promise<PostgresPoolClient>): Db {
  return new Kysely<unknown>({
    dialect: new PostgresDialect({ pool: { connect, end: async () => undefined, options: {} } }),
    plugins: [new CamelCasePlugin({ maintainNestedObjectKeys: true })],
  })
}

export function sessionOver(client: pg.PoolClient): Session {
  // Kysely would return the client to the pool after every query; this session keeps it.
  const kept: PostgresPoolClient = {
    query: client.query.bind(client) as PostgresPoolClient['query'],
    release: () => undefined,
  }
  const db = queriesOver(async () => kept)
  lastSteps.set(db, new Map())
  return { client, db }
}

/** What is still to be done before a session's transaction commits, by what running for it. */
const lastSteps = new WeakMap<Db, Map<object, () => Promise<void>>>()

function lastStepsOf(db: Db) {
  const steps = lastSteps.get(db)
  if (!steps) throw new Error('Such a change belongs into a transaction.')
  return steps
}

/** Throws where nobody will commit what is done together: on a pool. */
export function assertTransaction(db: Db): void {
  lastStepsOf(db)
}

/** Has `step` run once, as the last thing before the transaction of `db` commits. */
export function beforeCommit(db: Db, key: object, step: () => Promise<void>): void {
  lastStepsOf(db).set(key, step)
}

/** Does what was left for the end of the transaction of `db`. */
export async function takeLastSteps(db: Db): Promise<void> {
  const steps = lastStepsOf(db)
  for (const step of steps.values()) await step()
  steps.clear()
}

/** Commits what the session began, after its last steps. */
export async function commit({ db, client }: Session): Promise<void> {
  await takeLastSteps(db)
  await client.query('commit')
}

/** Runs `work` on one connection, outside a transaction. */
export function inSession<T>(database: Database, work: (session: Session) => Promise<T>): Promise<T> {
  return database.session(work)
}

/** Runs `work` in one transaction on one connection; any throw rolls back. */
export function inTransaction<T>(database: Database, work: (session: Session) => Promise<T>): Promise<T> {
  return database.transaction(work)
}
