import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { Readable } from 'node:stream'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { RetentionRule, RetentionRun } from '#contract/protection/retention.ts'
import { listRejects } from '#server/modules/intake/batches/batch-view.ts'
import { packOn } from '#server/modules/screening/index.ts'
import { listStoredFiles } from '#server/platform/files/file-keys.ts'
import { removeStoredFile, storeFile } from '#server/platform/files/file-store.ts'
import { openTestApp } from '#test/harness/app.ts'
import { openTestDatabase, type TestDatabase } from '#test/harness/database.ts'
import { addressToKill, untilNoticed } from '#test/harness/killed.ts'
import { signInDemo, type Visitor } from '#test/harness/sign-in.ts'
import { applyRetention, startRetention } from './job.ts'

interface Report {
  rules: RetentionRule[]
  digest: string
  runs: RetentionRun[]
}

// The day is 2020-03-10: files are due from 2018-03-10 back, rejected cells from 2019-03-10, decided reviews from 2019-09-10.
let t: TestDatabase
let server: Awaited<ReturnType<typeof openTestApp>>
let requester: Visitor
let decides: Visitor
let leader: Visitor
const secretCell = '341221196207150010'

beforeAll(async () => {
  t = await openTestDatabase()
  server = await openTestApp(t, undefined, {
    limits: { signInsPerMinute: 100, signInsPerAddressMinute: 1000 },
  })
  ;[requester, decides, leader] = (await Promise.all(
    ['xitong', 'anquan', 'linquan-lingdao'].map((name) => signInDemo(server.app, name)),
  )) as [Visitor, Visitor, Visitor]
})
afterEach(async () => {
  await t.database.pool.query(`delete from batch_reject; delete from batch_review; delete from upload;
    delete from batch;
    delete from retention_result; delete from retention_run; delete from sign_in_attempt`)
  for (const ref of await listAll()) await removeStoredFile(folder(), ref)
})
afterAll(async () => {
  await server.close()
  await t.close()
})

const folder = () => server.services.fileDirectory
const isKept = (ref: string) =>
  readdirSync(folder(), { recursive: true }).some((name) => String(name).includes(ref))
const query = async <R extends object>(text: string, values: unknown[] = []) =>
  (await t.database.pool.query<R>(text, values)).rows

async function keepFile(): Promise<string> {
  const body = Readable.from([Buffer.from('姓名,证件号码\n')])
  return (await storeFile(folder(), server.services.vault.fileKeys(), body)).ref
}

async function addUpload(at: string): Promise<string> {
  const ref = await keepFile()
  await query(
    `insert into upload (ref, file_name, file_size, file_sm3, format, sheets, others, received_at)
      values ($1, 'a.csv', 1, '', 'csv', '[]', '[]', $2)`,
    [ref, at],
  )
  return ref
}

async function addBatch(
  at: string,
  state = 'merged',
  ref?: string,
): Promise<{ id: number; ref: string; file: string }> {
  const file = ref ?? (await keepFile())
  const [row] = await query<{ id: number; ref: string }>(
    `insert into batch (feed, department, area, file_name, file_ref, file_size, file_sm3, format, header_row, headers,
      mapping,
       state, received_at, as_of, rejected_rows)
     values ('medical-settlement', 'YB', 340000000000, 'a.csv', $1, 1, '', 'csv', 1, '{证件号码}', '{"idNumber": "证件号码"}',
       $2, $3,
       '2018-01-01', 0) returning id, ref`,
    [file, state, at],
  )
  if (!row) throw new Error('no batch')
  return { ...row, file }
}

async function addRejects(batch: number, count: number) {
  const cipher = server.services.vault.encrypt(JSON.stringify([secretCell]))
  await query(
    `insert into batch_reject (batch_id, area, feed, row_no, reasons, row_cipher)
     select $1, 340000000000, 'medical-settlement', n, '[{"code": "missing", "key": "idNumber"}]', $2
       from generate_series(2, $3) n`,
    [batch, cipher, count + 1],
  )
}

const get = async (visitor = requester) => (await visitor.get('/api/retention')).json<Report>()
const dueOf = ({ rules }: Report) =>
  Object.fromEntries(rules.filter(({ due }) => due > 0).map(({ key, due }) => [key, due]))
/** What a run counted, but for the rules nothing was due by. */
const countsOf = (run: RetentionRun | undefined) =>
  Object.fromEntries(Object.entries(run?.counts ?? {}).filter(([, { due, taken }]) => due + taken > 0))
async function request(): Promise<RetentionRun> {
  const response = await requester.post('/api/retention/runs', { digest: (await get()).digest })
  expect(response.statusCode, response.body).toBe(200)
  return response.json()
}
const decide = (visitor: Visitor, id: string, approve = true, reason = '') =>
  visitor.post(`/api/retention/runs/${id}/decide`, { approve, reason })
const codeOf = (response: { json<T>(): T }) => response.json<{ code: string }>().code
const runOf = async (id: string) => (await get(decides)).runs.find((run) => run.id === id)
const jobDeps = () => server.services
const entries = (ref: string) =>
  query<{ action: string; actor_name: string; row_count: number | null; detail: { rule?: string } | null }>(
    `select action, actor_name, row_count, detail from audit_entry where object_ref = $1 and outcome = 'done'
      order by id`,
    [ref],
  )

/** What is due by every rule, and beside each something that is not. */
async function fill() {
  const never = await addUpload('2020-02-09T00:00:00+08:00')
  const fresh = await addUpload('2020-02-11T00:00:00+08:00')
  const old = await addBatch('2018-03-01T00:00:00Z')
  const shared = await addBatch('2018-03-01T00:00:00Z')
  await addBatch('2020-03-01T00:00:00Z', 'merged', shared.file)
  const held = await addBatch('2018-03-01T00:00:00Z', 'held')
  const recent = await addBatch('2020-01-01T00:00:00Z')
  await addRejects(old.id, 7)
  await addRejects(recent.id, 2)
  const cipher = server.services.vault.encrypt(JSON.stringify([secretCell]))
  await query(
    `insert into batch_review (batch_id, area, feed, row_no, county, household_id, person_id, match_class, row_cipher,
      decision, decided_at)
     select $1, 340000000000, 'medical-settlement', n, 341221, 1, 1, 'name-birth', $2, case
       when n < 4 then 'declined' end,
       case n when 1 then timestamptz '2019-09-09' when 2 then '2019-09-09' when 3 then '2019-09-11' end
     from generate_series(1, 4) n`,
    [old.id, cipher],
  )
  await query(
    `insert into sign_in_attempt (name_key, failures, last_at, minute_from, minute_count)
     values (gen_random_uuid(), 1, '2020-01-01', '2020-01-01', 1), (gen_random_uuid(), 1, now(), now(), 1)`,
  )
  return { never, fresh, old, shared, held, recent }
}
const filled = {
  'uploads-never-imported': 1,
  'received-files': 1,
  'rejected-cells': 7,
  'review-cells': 2,
  'ended-sessions': 1,
}

describe('the report', () => {
  it('counts what is due by each rule and nothing that is not', async () => {
    await fill()
    const report = await get()
    expect(dueOf(report)).toEqual(filled)
    const rule = report.rules.find(({ key }) => key === 'rejected-cells')
    expect(rule).toMatchObject({
      ...{ months: 12, action: 'erase-cells', oldest: '2018-03-01T00:00:00.000Z' },
      source: { status: 'unverified' },
    })
    const kept = report.rules.filter(({ action }) => action === 'keep')
    expect(kept.map(({ key, months, due }) => [key, months, due])).toEqual([
      ['facts', null, 0],
      ['clues', null, 0],
      ['casework', null, 0],
      ['accounts', null, 0],
      ['audit', null, 0],
    ])
    for (const { why } of report.rules) expect(why.zh).not.toBe('')
    expect(packOn('2020-03-10').retention).toHaveLength(report.rules.length)
  })

  it('is seen by who is responsible for it, requested and decided by one of them each', async () => {
    const { digest } = await get()
    expect((await leader.get('/api/retention')).statusCode).toBe(200)
    const clerk = await signInDemo(server.app, 'linquan')
    expect((await clerk.get('/api/retention')).statusCode).toBe(403)
    for (const visitor of [decides, leader])
      expect((await visitor.post('/api/retention/runs', { digest })).statusCode).toBe(403)
    const { id } = await request()
    for (const visitor of [requester, leader]) expect((await decide(visitor, id)).statusCode).toBe(403)
  })
})

describe('a run', () => {
  it('is requested for exactly the report that was seen', async () => {
    const { old } = await fill()
    const { digest } = await get()
    await addRejects((await addBatch('2018-04-01T00:00:00Z', 'refused', old.file)).id, 1)
    const response = await requester.post('/api/retention/runs', { digest })
    expect([response.statusCode, codeOf(response)]).toEqual([409, 'report-changed'])
    expect(await query('select from retention_run')).toHaveLength(0)
  })

  it('is refused when the report changed until it is decided; then nothing is taken', async () => {
    const { old } = await fill()
    const { id } = await request()
    await query('delete from batch_reject where batch_id = $1 and row_no = 2', [old.id])
    expect(codeOf(await decide(decides, id))).toBe('report-changed')
    expect(await runOf(id)).toMatchObject({ state: 'requested', mayDecide: true })
    expect(dueOf(await get())).toEqual({ ...filled, 'rejected-cells': 6 })
    expect(codeOf(await decide(decides, id, false))).toBe('reason-required')
    expect((await decide(decides, id, false, '清单变了')).json()).toMatchObject({ state: 'declined' })
    expect(codeOf(await decide(decides, id))).toBe('run-not-pending')
    await applyRetention(jobDeps(), id)
    expect(dueOf(await get())).toEqual({ ...filled, 'rejected-cells': 6 })
  })

  it('is never decided by the requester, neither through the database', async () => {
    const { id } = await request()
    await query(
      `update account set role = 'security-admin' where user_id = (select id from auth_user where username = 'xitong')`,
    )
    expect(codeOf(await decide(requester, id))).toBe('same-person')
    await query(
      `update account set role = 'system-admin' where user_id = (select id from auth_user where username = 'xitong')`,
    )
    const alone = query(
      `update retention_run set state = 'running', decided_by = requested_by, decided_at = now() where id = $1`,
      [id],
    )
    await expect(alone).rejects.toThrow(/check constraint/)
  })

  it('leaves rows that still say why they came back, with their cells shown as erased', async () => {
    const { old } = await fill()
    const { id } = await request()
    await decide(decides, id)
    await applyRetention(jobDeps(), id)
    const scope = { scope: { from: 340_000_000_000, to: 349_999_999_999 }, department: null }
    const { total, rows } = await listRejects(server.services, scope, old.ref, { page: 1, size: 10 })
    expect(total).toBe(7)
    expect(rows[0]).toMatchObject({ rowNo: 2, erased: true, cells: [], marked: [] })
    expect(rows[0]?.reasons[0]?.text.zh).toContain('没有填写')
    const other = await listRejects(server.services, scope, (await addBatch('2020-03-01')).ref, {
      page: 1,
      size: 10,
    })
    expect(other.rows).toEqual([])
  })

  it('killed in the middle goes on where it was, counts everything once, and again takes nothing', async () => {
    const { old } = await fill()
    await query('delete from batch_reject where batch_id = $1', [old.id])
    await addRejects(old.id, 40)
    const uploads = 200
    for (let i = 0; i < uploads; i++) await addUpload('2020-01-01T00:00:00+08:00')
    const due = { ...filled, 'rejected-cells': 40, 'uploads-never-imported': 1 + uploads }
    const { id } = await request()
    await decide(decides, id)
    for (const chunks of [3, 9, 27]) expect(await killAfter(id, chunks)).toBe('killed')
    expect((await runOf(id))?.state).toBe('running')
    await Promise.all([
      applyRetention(jobDeps(), id, { chunk: 2 }),
      applyRetention(jobDeps(), id, { chunk: 3 }),
    ])
    const run = await runOf(id)
    expect(run?.state).toBe('done')
    expect(countsOf(run)).toEqual(
      Object.fromEntries(Object.entries(due).map(([key, taken]) => [key, { due: taken, taken }])),
    )
    expect(dueOf(await get())).toEqual({})
    // What is left in the store is named by a row, and nothing that a row names is missing.
    const named = await query<{ ref: string }>(
      'select ref::text as ref from upload union select file_ref from batch where file_erased_at is null',
    )
    expect(new Set(await listAll())).toEqual(new Set(named.map(({ ref }) => ref)))
    const before = await entries(id)
    await applyRetention(jobDeps(), id)
    expect(await entries(id)).toEqual(before)
    expect(before.filter(({ action }) => action === 'retention.finish')).toHaveLength(1)
    expect(before.filter(({ action }) => action === 'retention.apply')).toHaveLength(
      (await get()).rules.filter(({ action }) => action !== 'keep').length,
    )
  })

  // Last: from here on the queue of the server is worked.
  it('takes what was due and nothing else, once it is approved, and says what it took', async () => {
    const { never, fresh, old, shared, held, recent } = await fill()
    const requested = await request()
    expect(requested).toMatchObject({ state: 'requested', mayDecide: false, decidedBy: null })
    await applyRetention(jobDeps(), requested.id)
    expect(dueOf(await get())).toEqual(filled)

    const ended = new Promise<void>((resolve, reject) => {
      startRetention(jobDeps(), {
        ...server.jobs,
        work: (queue, handler) =>
          server.jobs.work(queue, (data) =>
            handler(data).then(() => {
              if (data.run === requested.id) resolve()
            }, reject),
          ),
      }).catch(reject)
    })
    expect((await decide(decides, requested.id)).json()).toMatchObject({ state: 'running' })
    await ended

    const run = await runOf(requested.id)
    expect(run).toMatchObject({ state: 'done', mayDecide: false })
    expect(countsOf(run)).toEqual(
      Object.fromEntries(Object.entries(filled).map(([key, due]) => [key, { due, taken: due }])),
    )
    expect([never, old.file].map(isKept)).toEqual([false, false])
    expect([fresh, shared.file, held.file, recent.file].map(isKept)).toEqual([true, true, true, true])
    const batches = await query<{ id: number }>('select id from batch where file_erased_at is not null')
    expect(batches.map(({ id }) => id)).toEqual([old.id])
    expect(await query('select from batch_reject where row_cipher is null')).toHaveLength(7)
    expect(
      (await query<{ row_no: number }>('select row_no from batch_review where row_cipher is null')).map(
        (row) => row.row_no,
      ),
    ).toEqual([1, 2])
    expect(await query('select from sign_in_attempt')).toHaveLength(1)
    expect(dueOf(await get())).toEqual({})

    const written = await entries(requested.id)
    expect(written.slice(0, 2).map(({ action, actor_name }) => [action, actor_name])).toEqual([
      ['retention.request', 'xitong'],
      ['retention.decide', 'anquan'],
    ])
    const applied = written.filter(
      ({ action, row_count }) => action === 'retention.apply' && Number(row_count),
    )
    expect(
      Object.fromEntries(applied.map(({ detail, row_count }) => [detail?.rule, Number(row_count)])),
    ).toEqual(filled)
    expect(written.at(-1)).toMatchObject({ action: 'retention.finish', actor_name: 'system' })
  })
})

async function listAll(): Promise<string[]> {
  const refs: string[] = []
  for await (const ref of listStoredFiles(folder())) refs.push(ref)
  return refs
}

/** Lets a process of its own work at the run and kills it after so many chunks. */
async function killAfter(run: string, chunks: number): Promise<'killed' | 'done'> {
  const address = addressToKill(t.database.url)
  const worker = spawn(
    process.execPath,
    ['test/harness/retention-worker.ts', address, folder(), run, '2', String(chunks)],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  )
  let seen = 0
  for await (const _ of createInterface({ input: worker.stdout })) {
    seen += 1
    if (seen === chunks) worker.kill('SIGKILL')
  }
  if (worker.exitCode === null && worker.signalCode === null) await once(worker, 'exit')
  await untilNoticed(t.database)
  return worker.signalCode === 'SIGKILL' ? 'killed' : 'done'
}
