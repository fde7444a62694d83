import { type Config, readConfig, readMasterKey } from '#server/config.ts'
import { startKeeper } from '#server/platform/backup/keeper.ts'
import { type BackupSource, type MadeBackup, settingsOf } from '#server/platform/backup/make-backup.ts'
import { findEmbeddedPostgres } from '#server/platform/database/embedded-postgres.ts'
import { createLogger } from '#server/platform/log.ts'

/**
 * The process that keeps backups beside a server (`start.ts` starts it): reading, compressing and sealing a province must slow
 * down nobody's pages. It ends with the server.
 */
export type KeeperMessage = { made: MadeBackup }

async function main() {
  const config = readConfig(process.env)
  if (!config.backup) throw new Error('SHOUWANG_BACKUP_DIR is not set')
  const keeper = startKeeper({
    ...config.backup,
    masterKey: readMasterKey(config),
    dataDirectory: config.dataDirectory,
    source: () => sourceOf(config),
    log: createLogger(config.logLevel),
    made: (made) => process.send?.({ made } satisfies KeeperMessage),
  })
  const stop = async () => {
    await keeper.stop()
    process.exit(0)
  }
  process.once('disconnect', stop)
  process.once('message', stop)
  // Those of the terminal reach the whole group; the server says when it is time.
  process.on('SIGINT', () => undefined)
  process.on('SIGTERM', () => undefined)
}

/** The server's own database: where it fell, the server starts it again, at the port it has. */
function sourceOf(config: Config): BackupSource {
  const url = findEmbeddedPostgres(config.dataDirectory)
  if (!url) throw Object.assign(new Error('the database is not running'), { code: 'ECONNREFUSED' })
  const { dataDirectory, fileDirectory, templateDirectory } = config
  return { url, dataDirectory, fileDirectory, templateDirectory, settings: settingsOf(process.env) }
}

main().catch((error) => {
  process.stderr.write(`backups: ${error.message}\n`)
  process.exit(1)
})
