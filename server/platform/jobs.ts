import { setTimeout as delay } from 'node:timers/promises'
import { PgBoss } from 'pg-boss'
import { isOutage, outageLevel } from './database/away.ts'
import type { Logger } from './log.ts'
import { watched } from './watch/watched.ts'

/** Durable background work, kept in the same database. */
export interface Jobs {
  send(queue: string, data: object): Promise<void>
  work(queue: string, handler: (data: Record<string, unknown>) => Promise<void>): Promise<void>
  /** Runs `queue` at a minute of every day, China time. */
  daily(queue: string, cron: string): Promise<void>
  /** How long each queue is: what waits, is being done, and failed within the last day. */
  queues(): Promise<QueueLength[]>
  stop(): Promise<void>
}

export interface QueueLength {
  queue: string
  waiting: number
  active: number
  failed: number
  /** How long the oldest of what may begin has waited. */
  oldestSeconds: number
}

/** The job library counts its queues now and then only; this is how long they are. */
const queueLengths = `
  select name as queue, count(*) filter (where state < 'active')::int as waiting,
    count(*) filter (where state = 'active')::int as active,
    count(*) filter (where state = 'failed')::int as failed,
    coalesce(extract(epoch from max(now() - start_after) filter (where state < 'active' and start_after <= now())),
      0)::float8 as "oldestSeconds"
  from jobs.job
  where name not like '\\_\\_%'
    and (state <= 'active' or (state = 'failed' and completed_on > now() - interval '1 day'))
  group by 1 order by 1`

const longestPauseMs = 10_000

/**
 * Works until it is done, however often the place it runs at fails under it: a job must be able to begin anew. The queue itself would
 * learn of the failure only when the job's time is up.
 */
export async function throughOutages(
  work: () => Promise<void>,
  log: Logger,
  signal: AbortSignal,
): Promise<void> {
  for (let pause = 500; ; pause = Math.min(longestPauseMs, pause * 2)) {
    try {
      return await work()
    } catch (error) {
      if (signal.aborted || !isOutage(error)) throw error
      log.warn({ err: error }, 'job waits and begins anew')
    }
    await delay(pause, undefined, { signal })
  }
}

export async function startJobs(databaseUrl: string, log: Logger): Promise<Jobs> {
  const boss = new PgBoss({ connectionString: databaseUrl, schema: 'jobs', createSchema: false, max: 3 })
  boss.on('error', (error) => log[outageLevel(error)]({ err: error }, 'job queue'))
  await boss.start()
  const stopping = new AbortController()
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
          for (const job of jobs)
            await watched('job', queue, () => throughOutages(() => handler(job.data), log, stopping.signal))
        },
      )
    },
    daily: async (queue, cron) => {
      await ensure(queue)
      await boss.schedule(queue, cron, null, { tz: 'Asia/Shanghai' })
    },
    queues: async () => (await boss.getDb().executeSql(queueLengths)).rows as QueueLength[],
    stop: () => {
      stopping.abort()
      return boss.stop({ graceful: true, timeout: 5000 })
    },
  }
}
