import type pg from 'pg'
import { type Database, withConnections } from './db.ts'

/** What a request may see, enforced by row-level security on top of what its operation asks for. */
export interface DatabaseScope {
  /** Villages whose households it sees: inclusive range of 12-digit codes; `from > to` sees none. */
  from: number
  to: number
  /** Set where only households given to that account are seen. */
  holder: string | null
  user: string
  /** The account's area, for files, accounts and coverage: inclusive range of division codes. */
  area: { from: number; to: number }
  /** Feeds whose files it sees; null for all. */
  feeds: readonly string[] | null
  /** Whether it reads the audit. */
  audit: boolean
}

const names = ['scope_from', 'scope_to', 'holder', 'user', 'area_from', 'area_to', 'feeds', 'audit'] as const
const statement = {
  name: 'tell-scope',
  text: `select ${names.map((name, i) => `set_config('shouwang.${name}', $${i + 1}, false)`).join(', ')}`,
}

/** What each pooled connection was last told; a connection told nothing sees nothing. */
const told = new WeakMap<pg.PoolClient, string>()

/**
 * The database as one account sees it: whoever takes a connection gets it with the account's scope set, always before its
 * first query. The pool is shared; a scope cannot outlive its request, because the next taker sets its own.
 */
export function scopedDatabase(app: Database, scope: DatabaseScope): Database {
  const values = [
    String(scope.from),
    String(scope.to),
    scope.holder ?? '',
    scope.user,
    String(scope.area.from),
    String(scope.area.to),
    scope.feeds === null ? '' : scope.feeds.join(',') || '-',
    scope.audit ? 'on' : '',
  ]
  const key = values.join('\u0000')
  return withConnections(app, async () => {
    const client = await app.pool.connect()
    if (told.get(client) === key) return client
    told.delete(client)
    try {
      await client.query({ ...statement, values })
    } catch (error) {
      client.release(error instanceof Error ? error : true)
      throw error
    }
    told.set(client, key)
    return client
  })
}
