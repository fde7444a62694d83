import { mkdirSync } from 'node:fs'
import path from 'node:path'
import { type Config, ConfigError, readMasterKey } from '#server/config.ts'
import { type Clock, clockAt, systemClock } from './clock.ts'
import { openVault, type Vault } from './crypto.ts'
import { type Database, openDatabase } from './db.ts'
import { startEmbeddedPostgres } from './embedded-postgres.ts'
import { createLogger, type Logger } from './log.ts'
import { migrate } from './migrations.ts'
import { type DatabaseRole, ensureLoginRoles, openRoles } from './roles.ts'

/** What every operation is given; opened once per process. */
export interface Platform {
  /** As the role that runs jobs and commands: sees everything, owns nothing, cannot change what was audited. */
  database: Database
  roles: Record<DatabaseRole, Database>
  clock: Clock
  vault: Vault
  log: Logger
  /** Folder of the encrypted received files. */
  fileDirectory: string
  /** Largest file that may be sent. */
  maxUploadBytes: number
  close(): Promise<void>
}

/** Opens the database (embedded, or DATABASE_URL), migrates it and proves that the key is the one its secrets were sealed with. */
export async function openPlatform(config: Config): Promise<Platform> {
  mkdirSync(config.dataDirectory, { recursive: true, mode: 0o700 })
  const masterKey = readMasterKey(config)
  const vault = openVault(masterKey)
  const embedded = config.databaseUrl ? undefined : await startEmbeddedPostgres(config.dataDirectory)
  let roles: Record<DatabaseRole, Database> | undefined
  const close = async () => {
    await Promise.all(Object.values(roles ?? {}).map((database) => database.close()))
    await embedded?.stop()
  }
  const owner = openDatabase(config.databaseUrl ?? embedded?.url ?? '', { max: 2 })
  try {
    await migrate(owner)
    await assertKeyFits(owner, vault)
    roles = openRoles(await ensureLoginRoles(owner, masterKey))
  } catch (error) {
    await owner.close()
    await close()
    throw error
  }
  await owner.close()
  return {
    database: roles.work,
    roles,
    vault,
    clock: config.asOf ? clockAt(config.asOf) : systemClock(),
    log: createLogger(config.logLevel),
    fileDirectory: path.join(config.dataDirectory, 'files'),
    maxUploadBytes: config.maxUploadBytes,
    close,
  }
}

async function assertKeyFits({ db }: Database, vault: Vault) {
  await db
    .insertInto('keyCheck')
    .values({ sealed: vault.encrypt('shouwang') })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  const { sealed } = await db.selectFrom('keyCheck').select('sealed').executeTakeFirstOrThrow()
  try {
    vault.decrypt(sealed)
  } catch (cause) {
    throw new ConfigError(
      'The key does not fit this database: its secrets were sealed with another one. Give the key it was made with ' +
        '(SHOUWANG_KEY, or the file named by SHOUWANG_KEY_FILE).',
      { cause },
    )
  }
}
