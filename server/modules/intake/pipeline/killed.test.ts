import { spawn } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { Readable } from 'node:stream'
import { setTimeout as delay } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { screenProvince } from '#server/night.ts'
import { openDatabase } from '#server/platform/database/db.ts'
import { throughOutages } from '#server/platform/jobs.ts'
import { createLogger } from '#server/platform/log.ts'
import { openTestDatabase, type TestDatabase } from '#test/harness/database.ts'
import {
  csvOf,
  idNumber,
  openIntake,
  registerPeople,
  settlement,
  type TestIntake,
  type TestPerson,
} from '#test/harness/intake.ts'
import { addressToKill, untilNoticed } from '#test/harness/killed.ts'
import { createBatch } from '../receiving/create-batch.ts'
import { commandLine } from '../receiving/import-file.ts'
import { receiveFile } from '../receiving/receive-file.ts'
import { processBatch } from './process-batch.ts'
import { listUnfinished } from './resume.ts'

const rows = 6000

/** Sound rows, strangers, wrong names, duplicates, contradictions and rejects, a different mixture for each round. */
function fileOf(people: readonly TestPerson[], round: number): string {
  return csvOf(
    'medical-settlement',
    Array.from({ length: rows }, (_, i) => {
      const person = people[(i * 7) % people.length]
      if (!person) throw new Error('no people')
      const no = `N${(i + round * 500) % 5900}`
      if (i % 50 === 1) return settlement({ name: '外乡人', idNumber: idNumber(600) }, no)
      if (i % 400 === 2) return settlement({ ...person, name: '测试误' }, no)
      if (i % 300 === 3) return settlement(person, no, 5, { settledOn: '某日' })
      return settlement(person, no, 100 + ((i * round) % 90))
    }),
  )
}

/** All that a batch leaves, in terms that two databases share. */
async function everything({ database: { pool } }: TestDatabase) {
  const list = async (text: string) => (await pool.query(text)).rows
  return {
    facts: await list(`
      select h.household_no, p.name, f.settlement_no, f.self_paid_fen, f.row_no, f.known_until is null as live
      from medical_settlement f join household h on h.county = f.county and h.id = f.household_id
      join person p on p.county = f.county and p.id = f.person_id order by 1, 2, 3, 4, 5, 6`),
    signals: await list(`
      select h.household_no, s.rule, s.cause, s.level, s.measured, s.cleared_on
      from signal s join household h on h.county = s.county and h.id = s.household_id order by 1, 2, 3, 4`),
    indicators: await list(`
      select h.household_no, to_jsonb(i) - '{county,household_id,village}'::text[] as figures
      from indicator i join household h on h.county = i.county and h.id = i.household_id order by 1`),
    batches: await list(`
      select file_name, state, total_rows, rejected_rows, duplicate_rows, exact_rows, id_only_rows, unmatched_rows,
        inserted_rows, superseded_rows, unchanged_rows, touched_households, new_signals,
        (select count(*) from batch_reject r where r.batch_id = b.id) as rejects,
        (select count(*) from batch_review r where r.batch_id = b.id) as reviews
      from batch b order by id`),
    coverage: await list('select feed, county, covered_until from feed_coverage order by 1, 2'),
  }
}

describe('a process that is killed', () => {
  let calm: TestDatabase
  let stormy: TestDatabase
  let calmIntake: TestIntake
  let intake: TestIntake
  let people: TestPerson[]

  beforeAll(async () => {
    calm = await openTestDatabase()
    stormy = await openTestDatabase()
    calmIntake = openIntake(calm.database)
    intake = openIntake(stormy.database)
    people = await registerPeople(calm.database, calmIntake, 80)
    await registerPeople(stormy.database, intake, 80)
  })
  afterAll(async () => {
    calmIntake.close()
    intake.close()
    await calm.close()
    await stormy.close()
  })

  async function receive(name: string, text: string): Promise<number> {
    const body = Readable.from([Buffer.from(text)])
    const { upload } = await receiveFile(intake.deps, commandLine, { name, body })
    const { id } = await createBatch(intake.deps, commandLine, { upload, feed: 'medical-settlement' })
    return id
  }

  /** Lets a process work on the batch until `moment`, then kills it without warning; answers the last thing it said. */
  async function killAt(batchId: number, moment: { stage: string } | { afterMs: number }): Promise<string> {
    const script = path.resolve(import.meta.dirname, '../../../../test/harness/intake-worker.ts')
    const args = [script, addressToKill(stormy.database.url), intake.deps.fileDirectory, String(batchId)]
    if ('stage' in moment) args.push(moment.stage)
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
    let lastLine = ''
    for await (const line of createInterface({ input: child.stdout })) {
      lastLine = line
      if ('afterMs' in moment && line === 'ready') {
        await delay(moment.afterMs)
        child.kill('SIGKILL')
      }
      if ('stage' in moment && line === moment.stage) child.kill('SIGKILL')
    }
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
    await untilNoticed(stormy.database)
    return lastLine
  }

  it('leaves each batch as it was or complete, and the next start completes it to the same end', async () => {
    const moments = [
      { stage: 'check' },
      { stage: 'match' },
      { stage: 'merge' },
      { stage: 'screen' },
      ...Array.from({ length: 4 }, (_, i) => ({ afterMs: 80 + i * 130 })),
    ]
    const killedWhile = new Set<string>()
    for (const [round, moment] of moments.entries()) {
      const name = `round-${round}.csv`
      const text = fileOf(people, round)
      const calmly = await calmIntake.deliver('medical-settlement', text, { name })
      expect(calmly.state).toBe('merged')

      const id = await receive(name, text)
      const before = await liveFacts()
      killedWhile.add(await killAt(id, moment))
      const outcome = await stormy.database.pool.query<{ state: string }>(
        'select state from batch where id = $1',
        [id],
      )
      const state = outcome.rows[0]?.state ?? ''
      const wasUnfinished = (await listUnfinished(intake.deps)).includes(id)
      expect(wasUnfinished).toBe(state !== 'merged')
      if (wasUnfinished) {
        expect(['received', 'checked', 'matched']).toContain(state)
        expect(await liveFacts()).toEqual(before)
      }
      expect(await processBatch(intake.deps, id)).toBe('merged')
    }
    expect(killedWhile.size).toBeGreaterThanOrEqual(4)
    expect(await everything(stormy)).toEqual(await everything(calm))
    const left = await stormy.database.pool.query(
      "select relname from pg_class where relnamespace = 'intake'::regnamespace",
    )
    expect(left.rows).toEqual([])
  })

  it('a database that ends all its connections at each stage holds the work up and changes nothing', async () => {
    const admin = openDatabase(inject('databaseUrl'), { max: 1 })
    const own = new URL(stormy.database.url).pathname.slice(1)
    const log = createLogger('silent')
    const never = new AbortController().signal
    const struck = new Set<string>()
    for (const [round, stage] of ['check', 'match', 'merge', 'screen'].entries()) {
      const name = `outage-${round}.csv`
      const text = fileOf(people, round + 20)
      expect((await calmIntake.deliver('medical-settlement', text, { name })).state).toBe('merged')
      const id = await receive(name, text)
      let letGo: Promise<unknown> | undefined
      const listen = (progress: { stage: string }) => {
        if (progress.stage !== stage || letGo) return
        struck.add(stage)
        letGo = admin.pool.query(
          'select pg_terminate_backend(pid) from pg_stat_activity where datname = $1',
          [own],
        )
      }
      let attempts = 0
      const work = async () => {
        attempts++
        await processBatch(intake.deps, id, listen)
      }
      await throughOutages(work, log, never)
      await letGo
      expect(attempts, stage).toBeGreaterThan(1)
      expect(await processBatch(intake.deps, id)).toBe('merged')
    }
    await admin.close()
    expect(struck.size).toBe(4)
    expect(await everything(stormy)).toEqual(await everything(calm))
  })

  async function liveFacts() {
    const { rows: found } = await stormy.database.pool.query(
      `select count(*) as n, sum(self_paid_fen) as fen, max(batch_id) as newest from medical_settlement
        where known_until is null`,
    )
    return found
  }
})

describe('batches at the same time', () => {
  it('end as if one had come after the other, and one batch is processed once', async () => {
    const t = await openTestDatabase()
    const intake = openIntake(t.database)
    try {
      const people = await registerPeople(t.database, intake, 40)
      const ids: number[] = []
      for (const round of [1, 2, 3]) {
        const body = Readable.from([Buffer.from(fileOf(people, round))])
        const { upload } = await receiveFile(intake.deps, commandLine, { name: `${round}.csv`, body })
        ids.push((await createBatch(intake.deps, commandLine, { upload, feed: 'medical-settlement' })).id)
      }
      // Two pools stand for two servers on one database.
      const other = openDatabase(t.database.url, { max: 8 })
      const both = [intake.deps, { ...intake.deps, database: other }]
      const turns = both.flatMap((deps) => ids.map((id) => processBatch(deps, id)))
      expect(await Promise.all(turns)).toEqual(Array(6).fill('merged'))
      await other.close()
      const { rows: twice } = await t.database.pool.query(
        `select person_id, settlement_no from medical_settlement where known_until is null
         group by 1, 2 having count(*) > 1`,
      )
      expect(twice).toEqual([])
      const { rows: outcome } = await t.database.pool.query<{ facts: number; counted: number }>(
        `select (select count(*) from medical_settlement) as facts,
           (select sum(inserted_rows) + sum(superseded_rows) from batch where feed = 'medical-settlement') as counted`,
      )
      expect(outcome[0]?.facts).toBe(outcome[0]?.counted)
      // What the batches left together is what a look at everything finds.
      const full = await screenProvince(intake.deps)
      expect(full).toMatchObject({ raised: 0, changed: 0, cleared: 0 })
    } finally {
      intake.close()
      await t.close()
    }
  })
})
