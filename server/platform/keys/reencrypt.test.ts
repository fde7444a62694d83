import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTestDatabase, type TestDatabase, testMasterKey } from '#test/harness/database.ts'
import { openIntake, registerPeople, type TestIntake } from '#test/harness/intake.ts'
import { addressToKill, untilNoticed } from '#test/harness/killed.ts'
import { openBatch } from '#test/harness/registry.ts'
import { inTransaction } from '../database/db.ts'
import { openStoredFile, storeFile } from '../files/file-store.ts'
import { type KeyRing, openKeyRing, prepareKeyRing } from './key-ring.ts'
import { describeKeys } from './key-status.ts'
import { reencrypt } from './reencrypt.ts'
import { placeName, secretPlaces } from './secret-places.ts'

let t: TestDatabase
let keyRing: KeyRing
let intake: TestIntake
let fileRef: string
const fileDirectory = mkdtempSync(path.join(os.tmpdir(), 'shouwang-keys-'))
const rejects = 20_000
const rowOf = (no: number) => JSON.stringify(['张测试', '341221190001010019', `第${no}行`])

beforeAll(async () => {
  t = await openTestDatabase()
  await prepareKeyRing(t.database, testMasterKey)
  keyRing = await openKeyRing(t.database, testMasterKey)
  intake = openIntake(t.database)
  await registerPeople(t.database, intake, 80)
  const body = Readable.from([Buffer.from('姓名,证件号码\n张测试,341221190001010019\n')])
  fileRef = (await storeFile(fileDirectory, keyRing.vault.fileKeys(), body)).ref
  const batch = await openBatch(t.database, 'medical-settlement')
  const numbers = Array.from({ length: rejects }, (_, i) => i + 1)
  await sql`insert into batch_reject (batch_id, area, feed, row_no, reasons, row_cipher)
    select ${batch}, 340000000000, 'household', no, '[]', cipher from unnest(${numbers}::int[],
      ${numbers.map((no) => keyRing.vault.encrypt(rowOf(no)))}::bytea[]) v(no, cipher)`.execute(t.database.db)
})
afterAll(async () => {
  intake.close()
  await t.close()
  rmSync(fileDirectory, { recursive: true })
})

const deps = () => ({ database: t.database, keyRing, fileDirectory })

async function rotate(): Promise<number> {
  const id = await keyRing.rotate(t.database.db, 'test', 0)
  await keyRing.refresh()
  return id
}

/** How many ciphertexts each key has, everywhere. */
async function countByKey(): Promise<Record<number, number>> {
  const parts = secretPlaces.map(
    ({ table, column }) =>
      sql`select get_byte(${sql.ref(column)}, 0) as key from ${sql.table(table)} where ${sql.ref(column)} is not null`,
  )
  const { rows } = await sql<{ key: number; count: number }>`
    select key, count(*) as count from (${sql.join(parts, sql` union all `)}) v group by key`.execute(
    t.database.db,
  )
  return Object.fromEntries(rows.map(({ key, count }) => [key, count]))
}

async function readEverything(): Promise<string[]> {
  const texts: string[] = []
  for (const { table, column } of secretPlaces) {
    const { rows } = await sql<{
      cipher: Buffer
    }>`select ${sql.ref(column)} as cipher from ${sql.table(table)}
      where ${sql.ref(column)} is not null`.execute(t.database.db)
    texts.push(...rows.map(({ cipher }) => keyRing.vault.decrypt(cipher)))
  }
  return texts.toSorted()
}

async function readFileBack(): Promise<string> {
  const file = await openStoredFile(fileDirectory, keyRing.vault.fileKeys(), fileRef)
  return (await buffer(file.stream()).finally(() => file.close())).toString()
}

describe('re-encryption', () => {
  it('knows every column of ciphertexts in the database', async () => {
    const { rows } = await sql<{ name: string }>`
      select c.relname || '.' || a.attname as name from pg_attribute a join pg_class c on c.oid = a.attrelid
      where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and a.attnum > 0
        and not a.attisdropped and a.atttypid = 'bytea'::regtype
        and (a.attname ~ '_cipher$' or col_description(c.oid, a.attnum) ~* 'ciphertext')`.execute(
      t.database.db,
    )
    expect(rows.map(({ name }) => name).toSorted()).toEqual(secretPlaces.map(placeName).toSorted())
  })

  it('goes on after it was killed, and leaves nothing under the old key and nothing unreadable', async () => {
    const before = await readEverything()
    expect(before.length).toBeGreaterThan(rejects + 200)
    const id = await rotate()
    const killed = await killAt(5000)
    expect(killed).toBeGreaterThanOrEqual(5000)
    const half = await countByKey()
    expect(half[id]).toBeGreaterThan(5000)
    expect(half[id - 1]).toBeGreaterThan(1000)
    // In the middle everything is readable, old and new.
    expect(await readEverything()).toEqual(before)

    let first: number | undefined
    const outcome = await reencrypt(deps(), ({ place, done }) => {
      if (place === 'batch_reject.row_cipher') first ??= done
    })
    expect(outcome).toBe('done')
    expect(first).toBeGreaterThanOrEqual(killed)
    expect(await countByKey()).toEqual({ [id]: before.length })
    expect(await readEverything()).toEqual(before)
    expect(await readFileBack()).toContain('张测试')

    const { keys, progress } = await describeKeys(t.database.db)
    expect(keys.map(({ id: key, state, left }) => [key, state, left])).toEqual([
      [id, 'active', null],
      [id - 1, 'retired', 0],
    ])
    expect(progress.length).toBe(secretPlaces.length + 1)
    for (const { done, total, finishedAt } of progress) {
      expect(done).toBe(total)
      expect(finishedAt).not.toBeNull()
    }
    const sum = progress.reduce((all, { done }) => all + done, 0)
    expect(sum).toBe(before.length + 1)
  })

  it('waits for nobody, keeps nobody waiting, and takes up later what others locked or wrote', async () => {
    const before = await readEverything()
    const id = await keyRing.rotate(t.database.db, 'test', 0)
    const late = keyRing.vault.encrypt(rowOf(0)) // a process that has not read the ring yet
    expect(late[0]).toBe(id - 1)
    const outcome = await inTransaction(t.database, async ({ client }) => {
      await client.query('select from person for update')
      await client.query(
        `insert into batch_reject (batch_id, area, feed, row_no, reasons, row_cipher)
          select batch_id, area, feed, 0, reasons, $1 from batch_reject limit 1`,
        [late],
      )
      const during = await reencrypt(deps())
      // Another transaction still gets at a row the run has just sealed.
      await client.query('update household set phone_cipher = phone_cipher')
      return during
    })
    expect(outcome).toBe('waiting')
    expect((await describeKeys(t.database.db)).keys[1]).toMatchObject({ id: id - 1, state: 'retiring' })
    expect(await reencrypt(deps())).toBe('done')
    expect(await countByKey()).toEqual({ [id]: before.length + 1 })
    expect(await readEverything()).toEqual([...before, rowOf(0)].toSorted())
  })

  it('does not retire a key that a working table of a held batch still names', async () => {
    const id = await keyRing.rotate(t.database.db, 'test', 0)
    await sql`create table intake.left_99 (row_no int, row_cipher bytea)`.execute(t.database.db)
    await sql`insert into intake.left_99 values (1, ${keyRing.vault.encrypt('x')})`.execute(t.database.db)
    expect(await reencrypt(deps())).toBe('waiting')
    await sql`drop table intake.left_99`.execute(t.database.db)
    expect(await reencrypt(deps())).toBe('done')
    expect((await describeKeys(t.database.db)).keys.filter(({ state }) => state === 'retiring')).toEqual([])
    expect(keyRing.active()).toBe(id)
  })

  it('is done by one process at a time', async () => {
    await rotate()
    const runs = await Promise.all([reencrypt(deps()), reencrypt(deps())])
    expect(runs.toSorted()).toEqual(['busy', 'done'])
  })
})

/** Kills a process of its own once it has sealed so many original rows; answers how many it had told of. */
async function killAt(done: number): Promise<number> {
  const script = path.resolve(import.meta.dirname, '../../../test/harness/reencrypt-worker.ts')
  const address = addressToKill(t.database.url)
  const args = [script, address, fileDirectory, 'batch_reject.row_cipher', String(done)]
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
  const gone = once(child, 'exit')
  let reported = 0
  for await (const line of createInterface({ input: child.stdout })) {
    const [place, count] = line.split(' ')
    if (place !== 'batch_reject.row_cipher') continue
    reported = Number(count)
    if (reported >= done) child.kill('SIGKILL')
  }
  const [, signal] = await gone
  expect(signal).toBe('SIGKILL')
  await untilNoticed(t.database)
  return reported
}
