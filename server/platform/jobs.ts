import { PgBoss } from 'pg-boss'
import type { Logger } from './log.ts'

/** Durable background work, kept in the same database. */
export interface Jobs {
  send(queue: string, data: object): Promise<void>
  work(queue: string, handler: (data: Record<string, unknown>) => Promise<void>): Promise<void>
  /** Runs `queue` at a minute of every day, China time. */
  daily(queue: string, cron: string): Promise<void>
  stop(): Promise<void>
}

export async function startJobs(databaseUrl: string, log: Logger): Promise<Jobs> {
  const boss = new PgBoss({ connectionString: databaseUrl, schema: 'jobs', createSchema: false, max: 3 })
  boss.on('error', (error) => log.error({ err: error }, 'job queue'))
  await boss.start()
  const made = new Set<string>()
  const ensure = async (queue: string) => {
    if (made.has(queue)) return
    await boss.createQueue(queue, { retryLimit: 3, retryDelay: 5, expireInSeconds: 3600 })
    made.add(queue)
  }
  return {
    send: async (queue, data) => {
      await ensure(queue)
      await boss.send(queue, data)
    },
    work: async (queue, handler) => {
      await ensure(queue)
      await boss.work<Record<string, unknown>>(
        queue,
        { pollingIntervalSeconds: 0.5, batchSize: 1 },
        async (jobs) => {
          for (const job of jobs) await handler(job.data)
        },
      )
    },
    daily: async (queue, cron) => {
      await ensure(queue)
      await boss.schedule(queue, cron, null, { tz: 'Asia/Shanghai' })
    },
    stop: () => boss.stop({ graceful: true, timeout: 5000 }),
  }
}
