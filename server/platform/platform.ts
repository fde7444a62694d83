import { mkdirSync } from 'node:fs'
import { type Config, readMasterKey } from '#server/config.ts'
import { type Clock, clockAt, systemClock } from './clock.ts'
import { type Database, openDatabase, type PooledDatabase } from './database/db.ts'
import { startEmbeddedPostgres } from './database/embedded-postgres.ts'
import { refuseClockBehind, refuseUnfit } from './database/fitness.ts'
import { migrate } from './database/migrations.ts'
import { prepareRoles } from './database/rights/prepare-roles.ts'
import type { OwnedSchema } from './database/rights/tables.ts'
import { type DatabaseRole, loginRoleNames, openRoles } from './database/roles.ts'
import type { Vault } from './keys/crypto.ts'
import { type KeyRing, openKeyRing, prepareKeyRing } from './keys/key-ring.ts'
import { createLogger, type Logger } from './log.ts'

/** What every operation receives; opened once per process. */
export interface Platform {
  /** As the role that runs jobs and commands: sees everything, owns nothing, cannot change what was audited. */
  database: Database
  roles: Record<DatabaseRole, PooledDatabase>
  clock: Clock
  vault: Vault
  keyRing: KeyRing
  log: Logger
  /** Folder of this installation: its lock, its anchors, the state of its backups. */
  dataDirectory: string
  /** Folder of the encrypted received files. */
  fileDirectory: string
  /** Folder of the office's own forms; those it has not are the ones that come with the platform. */
  templateDirectory?: string | undefined
  /** Second place of the audit's anchors. */
  anchorCopy?: string | undefined
  /** Largest file that may be sent. */
  maxUploadBytes: number
  close(): Promise<void>
}

export interface OpenedPlatform extends Platform {
  /** Migrations that this opening applied. */
  migrated: string[]
}

/** Opens the database (embedded, or DATABASE_URL), migrates it and proves that the key is the one its secrets were sealed with. */
export async function openPlatform(config: Config, parts: readonly OwnedSchema[]): Promise<OpenedPlatform> {
  mkdirSync(config.dataDirectory, { recursive: true, mode: 0o700 })
  const masterKey = readMasterKey(config)
  const embedded = config.databaseUrl ? undefined : await startEmbeddedPostgres(config.dataDirectory)
  let roles: Record<DatabaseRole, PooledDatabase> | undefined
  let keyRing: KeyRing | undefined
  let migrated: string[]
  const close = async () => {
    keyRing?.close()
    await Promise.all(Object.values(roles ?? {}).map((database) => database.close()))
    await embedded?.stop()
  }
  const owner = openDatabase(config.databaseUrl ?? embedded?.url ?? '', { max: 2 })
  try {
    await refuseUnfit(owner, Object.values(loginRoleNames(masterKey)))
    migrated = await migrate(owner, parts)
    await refuseClockBehind(owner, config.asOf ? undefined : new Date())
    await prepareKeyRing(owner, masterKey)
    roles = openRoles(await prepareRoles(owner, masterKey, parts))
    keyRing = await openKeyRing(roles.work, masterKey)
  } catch (error) {
    await owner.close()
    await close()
    throw error
  }
  await owner.close()
  return {
    database: roles.work,
    roles,
    vault: keyRing.vault,
    keyRing,
    migrated,
    clock: config.asOf ? clockAt(config.asOf) : systemClock(),
    log: createLogger(config.logLevel),
    dataDirectory: config.dataDirectory,
    fileDirectory: config.fileDirectory,
    templateDirectory: config.templateDirectory,
    anchorCopy: config.anchorCopy,
    maxUploadBytes: config.maxUploadBytes,
    close,
  }
}
