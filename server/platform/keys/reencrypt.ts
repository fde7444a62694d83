import { sql } from 'kysely'
import { type Database, inSession, inTransaction } from '../database/db.ts'
import { isFileKeyCurrent, listStoredFiles, rewrapFileKey } from '../files/file-keys.ts'
import type { KeyRing } from './key-ring.ts'
import { filesPlace, placeName, type SecretPlace, secretPlaces } from './secret-places.ts'

export interface ReencryptDeps {
  database: Database
  keyRing: KeyRing
  fileDirectory: string
}

export interface ReencryptProgress {
  place: string
  done: number
  total: number
}

/** done: the older keys are retired. busy: another process is at it. waiting: a file on its way still carries the old key. */
export type ReencryptOutcome = 'done' | 'busy' | 'waiting' | 'stopped'

const lockNumber = 71_023
/** Blocks of 8 KiB looked at in one go. */
const blocksPerStep = 128

/**
 * Seals everything that names an older key with the active one, a chunk at a time, each chunk and how far it came in one
 * transaction: a killed run goes on where it was. Rows somebody else holds are passed over and taken up in the next pass, so
 * that imports never wait for this nor this for them. Ends when a whole pass found nothing, and retires the older keys.
 */
export async function reencrypt(
  deps: ReencryptDeps,
  onProgress: (progress: ReencryptProgress) => void = () => undefined,
  signal?: AbortSignal,
): Promise<ReencryptOutcome> {
  return inSession(deps.database, async ({ db }) => {
    const lock = await sql<{ locked: boolean }>`select pg_try_advisory_lock(${lockNumber}) as locked`.execute(
      db,
    )
    if (!lock.rows[0]?.locked) return 'busy'
    try {
      await deps.keyRing.refresh()
      const keyId = deps.keyRing.active()
      for (const place of secretPlaces) {
        if (!(await reencryptColumn(deps, keyId, place, onProgress, signal))) return 'stopped'
      }
      if (!(await rewrapFiles(deps, keyId, onProgress, signal))) return 'stopped'
      return (await retireOlderKeys(deps, keyId)) ? 'done' : 'waiting'
    } finally {
      await sql`select pg_advisory_unlock(${lockNumber})`.execute(db)
    }
  })
}

/** Passes over the column until one finds nothing, or nothing but what others hold; false when stopped. */
async function reencryptColumn(
  deps: ReencryptDeps,
  keyId: number,
  place: SecretPlace,
  onProgress: (progress: ReencryptProgress) => void,
  signal?: AbortSignal,
): Promise<boolean> {
  const name = placeName(place)
  let left = await countOlder(deps.database, keyId, place)
  await beginPlace(deps.database, keyId, place, left)
  while (left > 0) {
    for (;;) {
      if (signal?.aborted) return false
      const at = await positionOf(deps.database, keyId, name)
      onProgress({ place: name, done: at.done, total: at.total })
      if (at.position >= at.lastPosition) break
      await sealBlocks(deps, keyId, place, at)
    }
    const before = left
    left = await countOlder(deps.database, keyId, place)
    if (left >= before) return true
    if (left > 0) await beginPass(deps.database, keyId, place)
  }
  await finishPlace(deps.database, keyId, name)
  return true
}

const table = (place: SecretPlace) => sql.table(place.table)
const column = (place: SecretPlace) => sql.ref(place.column)

/** Ciphertexts of the place that name another key. */
async function countOlder({ db }: Database, keyId: number, place: SecretPlace): Promise<number> {
  const { rows } = await sql<{ count: number }>`select count(*)::bigint as count from ${table(place)}
    where ${column(place)} is not null and get_byte(${column(place)}, 0) <> ${keyId}`.execute(db)
  return rows[0]?.count ?? 0
}

/** A place begun before goes on where it was; one that was at its end starts again. */
async function beginPlace({ db }: Database, keyId: number, place: SecretPlace, left: number) {
  await sql`insert into key_progress as p (key_id, place, last_position, total)
    values (${keyId}, ${placeName(place)}, ${blocksOf(place)}, ${left})
    on conflict (key_id, place) do update set total = p.done + ${left}, finished_at = null,
      position = case when p.position < p.last_position then p.position else 0 end,
      last_position = greatest(p.last_position, ${blocksOf(place)})`.execute(db)
}

/** What others wrote with the old key while a pass ran is for the next pass. */
async function beginPass({ db }: Database, keyId: number, place: SecretPlace) {
  await sql`update key_progress set position = 0, last_position = ${blocksOf(place)}
    where key_id = ${keyId} and place = ${placeName(place)}`.execute(db)
}

async function finishPlace({ db }: Database, keyId: number, name: string) {
  await sql`update key_progress set total = done, finished_at = now() where key_id = ${keyId}
    and place = ${name}`.execute(db)
}

const blocksOf = (place: SecretPlace) =>
  sql`pg_relation_size(${place.table}::regclass) / current_setting('block_size')::bigint + 1`

interface Position {
  position: number
  lastPosition: number
  total: number
  done: number
}

async function positionOf({ db }: Database, keyId: number, name: string): Promise<Position> {
  const { rows } = await sql<Position>`select position, last_position, total, done from key_progress
    where key_id = ${keyId} and place = ${name}`.execute(db)
  const found = rows[0]
  if (!found) throw new Error(`no progress of ${name}`)
  return found
}

/** Seals some blocks' ciphertexts anew; the place goes on past them once nothing is left in them but what others hold. */
async function sealBlocks(deps: ReencryptDeps, keyId: number, place: SecretPlace, { position }: Position) {
  const { vault } = deps.keyRing
  const until = position + blocksPerStep
  await inTransaction(deps.database, async ({ db }) => {
    const found = await sql<{ row: string; cipher: Buffer }>`
      select ctid::text as row, ${column(place)} as cipher from ${table(place)}
      where ctid >= ${`(${position},0)`}::tid and ctid < ${`(${until},0)`}::tid
        and ${column(place)} is not null and get_byte(${column(place)}, 0) <> ${keyId}
      limit ${place.rows} for no key update skip locked`.execute(db)
    const sealed = found.rows.map(({ cipher }) => vault.encrypt(vault.decrypt(cipher)))
    if (sealed.length > 0) {
      await sql`update ${table(place)} t set ${column(place)} = v.cipher
        from unnest(${found.rows.map(({ row }) => row)}::tid[], ${sealed}::bytea[]) v(place, cipher)
        where t.ctid = v.place`.execute(db)
    }
    const next = found.rows.length < place.rows ? until : position
    await sql`update key_progress set position = ${next}, done = done + ${sealed.length}
      where key_id = ${keyId} and place = ${placeName(place)}`.execute(db)
  })
}

async function rewrapFiles(
  { database, keyRing, fileDirectory }: ReencryptDeps,
  keyId: number,
  onProgress: (progress: ReencryptProgress) => void,
  signal?: AbortSignal,
): Promise<boolean> {
  const keys = keyRing.vault.fileKeys()
  let left = 0
  for await (const ref of listStoredFiles(fileDirectory))
    if (!(await isFileKeyCurrent(fileDirectory, keys, ref))) left++
  await sql`insert into key_progress as p (key_id, place, last_position, total)
    values (${keyId}, ${filesPlace}, 0, ${left})
    on conflict (key_id, place) do update set total = p.done + ${left}, finished_at = null`.execute(
    database.db,
  )
  for await (const ref of listStoredFiles(fileDirectory)) {
    if (signal?.aborted) return false
    if (await isFileKeyCurrent(fileDirectory, keys, ref)) continue
    await rewrapFileKey(fileDirectory, keys, ref)
    await sql`update key_progress set done = done + 1 where key_id = ${keyId} and place = ${filesPlace}`.execute(
      database.db,
    )
    onProgress({ place: filesPlace, ...(await positionOf(database, keyId, filesPlace)) })
  }
  await finishPlace(database, keyId, filesPlace)
  return true
}

/**
 * Retires the older keys if nothing names them: no transaction that began before the new key sealed and might still write, no
 * column, no working table of a batch on its way, no file. False where something does; a later run asks again.
 */
async function retireOlderKeys(deps: ReencryptDeps, keyId: number): Promise<boolean> {
  const { database, keyRing, fileDirectory } = deps
  if (!(await isAdopted(database, keyId))) return false
  for (const place of [...(await listWorkingPlaces(database)), ...secretPlaces])
    if ((await countOlder(database, keyId, place)) > 0) return false
  const keys = keyRing.vault.fileKeys()
  for await (const ref of listStoredFiles(fileDirectory))
    if (!(await isFileKeyCurrent(fileDirectory, keys, ref))) return false
  await sql`update data_key set retired_at = now() where id < ${keyId} and retired_at is null`.execute(
    database.db,
  )
  return true
}

/** Working tables of batches that are being read or held back. */
async function listWorkingPlaces({ db }: Database): Promise<SecretPlace[]> {
  const { rows } = await sql<{ table: string; column: string }>`
    select 'intake.' || c.relname as table, a.attname as column
    from pg_attribute a join pg_class c on c.oid = a.attrelid
    where c.relnamespace = 'intake'::regnamespace and c.relkind = 'r' and a.atttypid = 'bytea'::regtype
      and a.attnum > 0 and not a.attisdropped`.execute(db)
  return rows.map((row) => ({ ...row, rows: 0 }))
}

/**
 * Whether every transaction begun before all processes had learned of the key has ended. They get half as long again as they
 * had to learn of it.
 */
async function isAdopted({ db }: Database, keyId: number): Promise<boolean> {
  await sql`update data_key set adopted_xid = pg_current_xact_id()
    where id = ${keyId} and adopted_xid is null and now() >= active_from + (active_from - made_at) / 2`.execute(
    db,
  )
  const { rows } = await sql<{ adopted: boolean }>`
    select k.adopted_xid is not null and not exists (
      select from pg_locks l join pg_stat_activity a using (pid)
      where l.locktype = 'transactionid' and l.granted and l.mode = 'ExclusiveLock' and a.datname = current_database()
        and age(l.transactionid) > age(k.adopted_xid::xid)) as adopted
    from data_key k where k.id = ${keyId}`.execute(db)
  return rows[0]?.adopted ?? false
}
