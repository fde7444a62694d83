import { statfs } from 'node:fs/promises'
import { sql } from 'kysely'
import type { Localized } from '#contract/common.ts'
import { chainStatus } from '#server/modules/audit/index.ts'
import { areaScope } from '#server/modules/divisions/index.ts'
import { listSourceHealth } from '#server/modules/insight/index.ts'
import { type BackupState, readBackupState } from '#server/platform/backup/state.ts'
import type { Db } from '#server/platform/database/db.ts'
import type { Services } from '#server/platform/http/rpc.ts'
import type { QueueLength } from '#server/platform/jobs.ts'
import { type SlowStatement, slowStatements } from '#server/platform/watch/slow-statements.ts'

const province = areaScope(340_000_000_000)

/** What is known of the installation at a moment; counts, instants and names from the code, nothing about people. */
export interface Figures {
  at: Date
  database: { answersMs: number; bytes: number }
  backup: { keptBy: NonNullable<Services['backups']>; state: BackupState }
  seals: { pending: number; lagSeconds: number; isBroken: boolean }
  /** Tallies that were wrong last night; null where none was compared yet. */
  tallyDifferences: number | null
  queues: QueueLength[]
  held: { batches: number; oldestSeconds: number }
  sources: { feed: string; name: Localized; counties: number; late: number }[]
  slow: { total: number; list: SlowStatement[] }
  disk: { freeBytes: number; totalBytes: number }
}

type Deps = Pick<Services, 'roles' | 'jobs' | 'clock' | 'dataDirectory' | 'backups'>

export async function readFigures(deps: Deps): Promise<Figures> {
  const { db } = deps.roles.work
  const at = new Date()
  const { dataDirectory } = deps
  const [database, chain, tallyDifferences, queues, held, { health }, disk] = await Promise.all([
    readDatabase(db),
    chainStatus(db),
    readTallyDifferences(db),
    deps.jobs.queues(),
    readHeldBatches(db, deps.clock.now()),
    listSourceHealth(db, province, deps.clock.today()),
    statfs(dataDirectory),
  ])
  return {
    ...{ at, database, tallyDifferences, queues, held },
    backup: { keptBy: deps.backups ?? 'by-hand', state: readBackupState(dataDirectory) },
    seals: {
      pending: chain.pending,
      lagSeconds: chain.pendingSince ? secondsSince(chain.pendingSince, at) : 0,
      isBroken: chain.verification?.ok === false,
    },
    sources: health.map(({ feed, name, counties, lateCounties }) => ({
      ...{ feed, name, counties },
      late: lateCounties.length,
    })),
    slow: { total: slowStatements.total(), list: slowStatements.list() },
    disk: { freeBytes: disk.bavail * disk.bsize, totalBytes: disk.blocks * disk.bsize },
  }
}

export const secondsSince = (instant: string | Date, now: Date) =>
  Math.max(0, (now.getTime() - new Date(instant).getTime()) / 1000)

async function readDatabase(db: Db): Promise<Figures['database']> {
  const began = performance.now()
  const { rows } = await sql<{ bytes: number }>`select pg_database_size(current_database()) as bytes`.execute(
    db,
  )
  return { answersMs: Math.round(performance.now() - began), bytes: rows[0]?.bytes ?? 0 }
}

async function readTallyDifferences(db: Db): Promise<number | null> {
  const { rows } = await sql<{ n: number | null }>`
    select row_count as n from audit_entry where action = 'tallies.compare' order by id desc limit 1`.execute(
    db,
  )
  return rows[0]?.n ?? null
}

/** Received by the clock of the installation, which need not be that of the database. */
async function readHeldBatches(db: Db, now: Date): Promise<Figures['held']> {
  const { rows } = await sql<{ batches: number; first: string | null }>`
    select count(*) as batches, min(received_at) as first from batch where state = 'held'`.execute(db)
  const [{ batches, first } = { batches: 0, first: null }] = rows
  return { batches, oldestSeconds: first ? secondsSince(first, now) : 0 }
}
