import { CamelCasePlugin, Kysely, PostgresDialect, type PostgresPoolClient } from 'kysely'
import pg from 'pg'
import type { DB } from './database-types.ts'

/** Typed queries over a pool or over the one connection of a {@link Session}; names turn snake_case ↔ camelCase here only. */
export type Db = Kysely<DB>

/** One connection: `client` for COPY and cursors, `db` for queries on that same connection. */
export interface Session {
  db: Db
  client: pg.PoolClient
}

export interface Database {
  db: Db
  pool: pg.Pool
  url: string
  close(): Promise<void>
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

export function openDatabase(url: string, options: { max?: number } = {}): Database {
  const pool = new pg.Pool({ connectionString: url, max: options.max ?? 12, types })
  // An idle connection dropped by the server must not end the process; the next query reports what is wrong.
  pool.on('error', () => undefined)
  const db = new Kysely<DB>({
    dialect: new PostgresDialect({ pool }),
    plugins: [new CamelCasePlugin({ maintainNestedObjectKeys: true })],
  })
  return { db, pool, url, close: () => db.destroy() }
}

function overClient(client: pg.PoolClient): Db {
  // Kysely would hand the client back to the pool after every query; this session keeps it.
  const kept: PostgresPoolClient = {
    query: client.query.bind(client) as PostgresPoolClient['query'],
    release: () => undefined,
  }
  const pool = { connect: async () => kept, end: async () => undefined, options: {} }
  return new Kysely<DB>({
    dialect: new PostgresDialect({ pool }),
    plugins: [new CamelCasePlugin({ maintainNestedObjectKeys: true })],
  })
}

/** Runs `work` on one connection, outside a transaction. */
export async function inSession<T>(database: Database, work: (session: Session) => Promise<T>): Promise<T> {
  const client = await database.pool.connect()
  let broken: Error | undefined
  try {
    return await work({ client, db: overClient(client) })
  } catch (error) {
    broken = isConnectionLoss(error) ? error : undefined
    throw error
  } finally {
    client.release(broken)
  }
}

/** Runs `work` in one transaction on one connection; any throw rolls back. */
export function inTransaction<T>(database: Database, work: (session: Session) => Promise<T>): Promise<T> {
  return inSession(database, async (session) => {
    await session.client.query('begin')
    try {
      const result = await work(session)
      await session.client.query('commit')
      return result
    } catch (error) {
      await session.client.query('rollback').catch(() => undefined)
      throw error
    }
  })
}

function isConnectionLoss(error: unknown): error is Error {
  return error instanceof Error && /terminat|ECONNRESET|not queryable/i.test(error.message)
}
