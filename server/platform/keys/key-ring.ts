import { randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import { ConfigError } from '#server/config.ts'
import { outageLevel } from '../database/away.ts'
import { type Database, type Db, inTransaction } from '../database/db.ts'
import { AppError } from '../errors.ts'
import type { Logger } from '../log.ts'
import { derivedKeys, firstKeyId, openVault, type Vault, type VaultKeys, vaultOf } from './crypto.ts'
import { type KeyWrap, keyWrap } from './key-wrap.ts'
import { newSigningKey, type Signer, signerOf } from './signer.ts'

/** The keys of an installation, wrapped by its master key in `data_key` and `kept_key` (decision 0032). */
export interface KeyRing {
  vault: Vault
  /** What the sign-in signs and seals with: 64 hexadecimal digits. */
  sessionSecret: string
  /** Signs the anchors of the audit; undefined in a copy made before anchors were signed. */
  signer: Signer | undefined
  /** Id of the key that seals now, as far as this process knows. */
  active(): number
  /** Reads the ring again; answers whether another key seals now. */
  refresh(): Promise<boolean>
  /** Makes the next data key; it seals once every process has had the time to learn of it. Throws `key-rotation-running`. */
  rotate(db: Db, by: string, delaySeconds?: number): Promise<number>
  /** Reads the ring every two seconds until `close`; `changed` is called when another key seals. */
  follow(log: Logger, changed: () => void): void
  close(): void
}

const refreshMs = 2000
/** A process that is slow to read the ring has five chances to. */
const learningSeconds = 10
const lastKeyId = 255
const keptPurposes = ['blind-index', 'files', 'session'] as const
const signingPurpose = 'anchors'
const dataPurpose = (id: number) => `data:${id}`

/**
 * Makes the ring from the master key where there is none yet: what was sealed before stays readable. With the owner's rights.
 * Throws ConfigError where the master key is not the one the ring was made with, or a part of it is lost; nothing is replaced.
 */
export async function prepareKeyRing(owner: Database, masterKey: Buffer): Promise<void> {
  const wrap = keyWrap(masterKey)
  await ensureRing(owner, masterKey, wrap)
  await assertOpens(owner.db, vaultOf(await readRing(owner.db, wrap)))
  const signing = wrap.wrap(newSigningKey(), signingPurpose)
  await sql`insert into kept_key (purpose, wrapped) values (${signingPurpose}, ${signing})
    on conflict do nothing`.execute(owner.db)
}

/** Opens the ring that {@link prepareKeyRing} made. */
export async function openKeyRing(database: Database, masterKey: Buffer): Promise<KeyRing> {
  const wrap = keyWrap(masterKey)
  let keys = await readRing(database.db, wrap)
  const vault = vaultOf(keys)
  let timer: NodeJS.Timeout | undefined
  const ring: KeyRing = {
    vault,
    sessionSecret: keys.session.toString('hex'),
    signer: await readSigner(database.db, wrap),
    active: () => keys.active,
    async refresh() {
      const before = keys.active
      keys = await readRing(database.db, wrap)
      vault.replace(keys)
      return keys.active !== before
    },
    rotate: (db, by, delaySeconds = learningSeconds) => addKey(db, wrap, by, delaySeconds),
    follow(log, changed) {
      timer = setInterval(() => {
        ring.refresh().then(
          (isNew) => isNew && changed(),
          (error) => log[outageLevel(error)]({ err: error }, 'key ring'),
        )
      }, refreshMs)
      timer.unref()
    },
    close: () => clearInterval(timer),
  }
  return ring
}

async function ensureRing(database: Database, masterKey: Buffer, wrap: KeyWrap) {
  const { rows } = await sql`select from data_key limit 1`.execute(database.db)
  if (rows.length > 0) return
  // A ring made from a wrong master key would hide what the right one sealed.
  await assertOpens(database.db, openVault(masterKey))
  const keys = derivedKeys(masterKey)
  const kept = { 'blind-index': keys.blindIndex, files: keys.files, session: keys.session }
  await inTransaction(database, async ({ db }) => {
    for (const [id, key] of keys.data) {
      await sql`insert into data_key (id, wrapped) values (${id}, ${wrap.wrap(key, dataPurpose(id))})
        on conflict do nothing`.execute(db)
    }
    for (const purpose of keptPurposes) {
      await sql`insert into kept_key (purpose, wrapped) values (${purpose}, ${wrap.wrap(kept[purpose], purpose)})
        on conflict do nothing`.execute(db)
    }
  })
}

async function readRing(db: Db, wrap: KeyWrap): Promise<VaultKeys> {
  const data = await sql<{ id: number; wrapped: Buffer; isActive: boolean }>`
    select id, wrapped, id = max(id) filter (where active_from <= now()) over () as is_active
    from data_key order by id`.execute(db)
  const kept = await sql<{ purpose: string; wrapped: Buffer }>`select purpose, wrapped from kept_key`.execute(
    db,
  )
  const open = (wrapped: Buffer | undefined, purpose: string) => {
    if (!wrapped) throw lost(purpose)
    const key = wrap.unwrap(wrapped, purpose)
    if (!key) throw wrong()
    return key
  }
  const keptKey = (purpose: string) =>
    open(kept.rows.find((row) => row.purpose === purpose)?.wrapped, purpose)
  const active = data.rows.find(({ isActive }) => isActive)?.id
  if (active === undefined) throw data.rows.length > 0 ? early() : lost('data')
  for (const [i, { id }] of data.rows.entries())
    if (id !== firstKeyId + i) throw lost(dataPurpose(firstKeyId + i))
  return {
    active,
    data: new Map(data.rows.map(({ id, wrapped }) => [id, open(wrapped, dataPurpose(id))])),
    blindIndex: keptKey('blind-index'),
    files: keptKey('files'),
    session: keptKey('session'),
  }
}

async function readSigner(db: Db, wrap: KeyWrap): Promise<Signer | undefined> {
  const { rows } = await sql<{ wrapped: Buffer }>`
    select wrapped from kept_key where purpose = ${signingPurpose}`.execute(db)
  const [row] = rows
  if (!row) return undefined
  const key = wrap.unwrap(row.wrapped, signingPurpose)
  if (!key) throw wrong()
  return signerOf(key)
}

const wrong = (cause?: unknown) =>
  new ConfigError(
    'The key does not fit this database: its secrets were sealed with another one. Give the key it was made with ' +
      '(SHOUWANG_KEY, or the file named by SHOUWANG_KEY_FILE). If the master key was changed lately, the new one is needed.',
    { cause },
  )

const early = () =>
  new ConfigError(
    'The clock of the database server is behind: every data key was made later than it says. Set the clock right and start again; ' +
      'no key is missing, and nothing was changed.',
  )

const lost = (purpose: string) =>
  new ConfigError(
    `A part of the key ring is missing from the database (${purpose}): what was sealed with it cannot be opened without it. ` +
      'Restore the tables data_key and kept_key from a backup; nothing was changed.',
  )

/** Proves that the vault opens what this database was sealed with; the first start seals the proof. */
async function assertOpens(db: Db, vault: Vault) {
  await sql`insert into key_check (sealed) values (${vault.encrypt('shouwang')}) on conflict do nothing`.execute(
    db,
  )
  const { rows } = await sql<{ sealed: Buffer }>`select sealed from key_check`.execute(db)
  const sealed = rows[0]?.sealed
  try {
    if (sealed) vault.decrypt(sealed)
  } catch (cause) {
    if (sealed && sealed[0] !== firstKeyId) throw lost(dataPurpose(sealed[0] ?? 0))
    throw wrong(cause)
  }
}

async function addKey(db: Db, wrap: KeyWrap, by: string, delaySeconds: number): Promise<number> {
  await sql`select pg_advisory_xact_lock(71022)`.execute(db)
  // A process that still holds a master key of before cannot add to the ring.
  await readRing(db, wrap)
  const { rows } = await sql<{ last: number; waiting: boolean }>`
    select max(id)::int as last, bool_or(active_from > now()) as waiting from data_key`.execute(db)
  const { last = 0, waiting = false } = rows[0] ?? {}
  if (waiting) throw new AppError('key-rotation-running')
  if (last >= lastKeyId) throw new AppError('keys-used-up', { limit: lastKeyId })
  const id = last + 1
  await sql`insert into data_key (id, wrapped, made_by, active_from)
    values (${id}, ${wrap.wrap(randomBytes(48), dataPurpose(id))}, ${by},
      now() + make_interval(secs => ${delaySeconds}))`.execute(db)
  return id
}

/** Wraps every key by another master key, in one transaction. The data stays as it is. Answers how many keys there were. */
export async function rewrapRing(database: Database, from: Buffer, to: Buffer): Promise<number> {
  const old = keyWrap(from)
  const next = keyWrap(to)
  return inTransaction(database, async ({ db }) => {
    await sql`lock table data_key, kept_key in exclusive mode`.execute(db)
    // Opens every key, or throws before anything is written.
    await readRing(db, old)
    const again = (wrapped: Buffer, purpose: string) => {
      const key = old.unwrap(wrapped, purpose)
      if (!key) throw wrong()
      return next.wrap(key, purpose)
    }
    const data = await sql<{ id: number; wrapped: Buffer }>`select id, wrapped from data_key`.execute(db)
    for (const { id, wrapped } of data.rows)
      await sql`update data_key set wrapped = ${again(wrapped, dataPurpose(id))} where id = ${id}`.execute(db)
    const kept = await sql<{ purpose: string; wrapped: Buffer }>`select * from kept_key`.execute(db)
    for (const { purpose, wrapped } of kept.rows)
      await sql`update kept_key set wrapped = ${again(wrapped, purpose)} where purpose = ${purpose}`.execute(
        db,
      )
    return data.rows.length + kept.rows.length
  })
}
