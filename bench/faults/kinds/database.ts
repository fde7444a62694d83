import { setTimeout as delay } from 'node:timers/promises'
import pg from 'pg'
import { findEmbeddedPostgres } from '#server/platform/database/embedded-postgres.ts'
import type { Kind } from '../kind.ts'
import { childrenOf, databasePid, signal } from '../processes.ts'
import type { World } from '../world.ts'

const ofOthers = "datname = current_database() and pid <> pg_backend_pid() and application_name <> 'bench'"

export const databaseKinds: readonly Kind[] = [
  {
    name: 'connections-ended',
    strike: (world) =>
      quietly(world, `select pg_terminate_backend(pid) from pg_stat_activity where ${ofOthers}`),
  },
  {
    name: 'statements-cancelled',
    strike: async (world) => {
      for (let i = 0; i < 5; i++) {
        await quietly(
          world,
          `select pg_cancel_backend(pid) from pg_stat_activity where ${ofOthers} and state = 'active'`,
        )
        await delay(100)
      }
    },
  },
  { name: 'lock-held', strike: lockTables },
  { name: 'database-killed', strike: async (world) => signal([databasePid(world.dataFolder)], 'SIGKILL') },
  {
    name: 'database-process-killed',
    strike: async (world) => {
      const [one] = await world.query<{ pid: number }>(
        `select pid from pg_stat_activity where ${ofOthers} order by (state = 'active') desc, xact_start limit 1`,
      )
      signal([one?.pid], 'SIGKILL')
    },
  },
  { name: 'database-restarted', strike: async (world) => signal([databasePid(world.dataFolder)], 'SIGINT') },
  {
    name: 'database-frozen',
    strike: async (world) => {
      const first = databasePid(world.dataFolder)
      const all = [first, ...childrenOf(first)]
      signal(all, 'SIGSTOP')
      await delay(5000)
      signal(all, 'SIGCONT')
    },
  },
  {
    name: 'own-database-stopped-20s',
    layout: { hasOwnDatabase: true },
    strike: async ({ database }) => database?.stopFor(20_000),
  },
  {
    name: 'way-to-database-cut',
    layout: { hasOwnDatabase: true },
    strike: async ({ database }) => {
      for (let i = 0; i < 4; i++) {
        database?.way.cut()
        await delay(300)
      }
    },
  },
  {
    name: 'way-to-database-slow',
    layout: { hasOwnDatabase: true },
    strike: async ({ database }) => {
      database?.way.delay(60)
      await delay(5000)
      database?.way.delay(0)
    },
  },
  {
    name: 'way-to-database-silent',
    layout: { hasOwnDatabase: true },
    // A switch that was pulled: what was open stays open, and nothing comes; then it is all reset.
    strike: async ({ database }) => {
      database?.way.silence(true)
      await delay(6000)
      database?.way.silence(false)
      database?.way.cut()
    },
  },
]

/** Where the database is away by another hand already, that is fault enough. */
async function quietly(world: World, text: string): Promise<void> {
  await world.query(text).catch(() => undefined)
}

/** An operator's session that looks at tables and is forgotten open. */
async function lockTables(world: World): Promise<void> {
  const url = world.database?.directUrl ?? findEmbeddedPostgres(world.dataFolder)
  const client = new pg.Client({ connectionString: url, application_name: 'bench' })
  client.on('error', () => undefined)
  await client.connect()
  try {
    await client.query(`begin; set local lock_timeout = '2s'`)
    for (const table of ['batch', 'household', 'clue', 'visit', 'audit_entry'])
      await client
        .query(`savepoint s; lock table ${table} in exclusive mode`)
        .catch(() => client.query('rollback to s'))
    await delay(5000)
    await client.query('rollback')
  } finally {
    await client.end().catch(() => undefined)
  }
}
