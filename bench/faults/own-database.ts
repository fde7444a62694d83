import { setTimeout as delay } from 'node:timers/promises'
import { startEmbeddedPostgres } from '#server/platform/database/embedded-postgres.ts'
import { databasePid, isAlive, signal } from './processes.ts'
import { type Passage, startProxy } from './proxy.ts'

/** A PostgreSQL that an office runs itself: the server reaches it through a proxy and starts nothing. */
export interface OwnDatabase {
  /** As the server is told it. */
  url: string
  directUrl: string
  way: Passage
  /** Down for so long, then up again at its port. */
  stopFor(ms: number): Promise<void>
  stop(): Promise<void>
}

export async function startOwnDatabase(folder: string): Promise<OwnDatabase> {
  let running = await startEmbeddedPostgres(folder)
  const portOf = () => Number(new URL(running.url).port)
  const way = await startProxy(portOf)
  const throughProxy = new URL(running.url)
  throughProxy.port = String(way.port)
  return {
    ...{ url: String(throughProxy), way },
    get directUrl() {
      return running.url
    },
    async stopFor(ms) {
      await running.stop()
      await delay(ms)
      running = await startEmbeddedPostgres(folder)
    },
    async stop() {
      way.close()
      await running.stop()
      const pid = databasePid(folder)
      signal([pid], 'SIGQUIT')
      for (let tries = 0; pid !== undefined && isAlive(pid) && tries < 200; tries++) await delay(50)
    },
  }
}
