import { setTimeout as delay } from 'node:timers/promises'
import pg from 'pg'
import type { Logger } from '../log.ts'
import { outageLevel } from './away.ts'

/** What servers on one database tell each other at once and without a promise: who is not there, or has just lost the database, misses it. */
export interface Broadcast {
  /** At most {@link longestMessage} bytes; nothing while there is no connection. */
  send(text: string): Promise<void>
  close(): Promise<void>
}

/** PostgreSQL takes less than 8000. */
export const longestMessage = 7900
const pauseMs = 1000

/** Hears what the others send on a channel, over a connection of its own that is made anew when it is lost. */
export function openBroadcast(
  url: string,
  channel: string,
  hear: (text: string) => void,
  log: Logger,
): Broadcast {
  let client: pg.Client | undefined
  let isClosed = false
  const closing = new AbortController()

  async function listen(): Promise<void> {
    const own = new pg.Client({ connectionString: url })
    const lost = new Promise<void>((resolve) => {
      own.on('error', () => resolve())
      own.on('end', () => resolve())
    })
    own.on('notification', ({ processId, payload }) => {
      const isMine = processId === (own as pg.Client & { processID?: number }).processID
      if (!isMine && payload !== undefined) hear(payload)
    })
    try {
      await own.connect()
      await own.query(`listen ${channel}`)
      client = own
      await lost
    } finally {
      client = undefined
      await own.end().catch(() => undefined)
    }
  }

  const running = (async () => {
    while (!isClosed) {
      await listen().catch((error) => log[outageLevel(error)]({ err: error }, 'between servers'))
      await delay(pauseMs, undefined, { signal: closing.signal }).catch(() => undefined)
    }
  })()
  return {
    async send(text) {
      await client?.query('select pg_notify($1, $2)', [channel, text])
    },
    async close() {
      isClosed = true
      closing.abort()
      await client?.end().catch(() => undefined)
      await running
    },
  }
}
