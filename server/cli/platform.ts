import os from 'node:os'
import { isDay } from '#contract/days.ts'
import { assembleServices } from '#server/assembly.ts'
import { type Config, ConfigError, readConfig } from '#server/config.ts'
import { demoDay } from '#server/demo.ts'
import type { RetentionParts } from '#server/manifest/retention.ts'
import { loadDivisions } from '#server/modules/divisions/index.ts'
import type { FeedsDeps } from '#server/modules/intake/index.ts'
import { auditorOf } from '#server/platform/audit.ts'
import { refuseUnfinishedRestore } from '#server/platform/backup/restore.ts'
import { type OpenedPlatform, openPlatform } from '#server/platform/platform.ts'
import { schemaParts } from '#server/schema.ts'

export interface CliPlatform extends OpenedPlatform, FeedsDeps {
  retention: RetentionParts
}

/** Configuration of a command: that of the server, with the day of `--as-of`; the demonstration lives on its own. */
export function commandConfig(asOf: string | undefined): Config {
  if (asOf !== undefined && !isDay(asOf)) throw new ConfigError(`--as-of: ${asOf} 不是日期，应如 2020-03-10`)
  const config = readConfig(asOf === undefined ? process.env : { ...process.env, SHOUWANG_AS_OF: asOf })
  return config.demo && !config.asOf ? { ...config, asOf: demoDay } : config
}

/** Opens the platform for one command and closes it again; attaches to a server that is running. */
export async function withPlatform<T>(
  asOf: string | undefined,
  work: (platform: CliPlatform, config: Config) => Promise<T>,
): Promise<T> {
  const config = commandConfig(asOf)
  refuseUnfinishedRestore(config.dataDirectory)
  const platform = await openPlatform(config, schemaParts)
  try {
    await loadDivisions(platform.database)
    return await work(
      {
        ...platform,
        work: platform.database,
        audit: commandAuditor(),
        ...assembleServices(platform.clock),
      },
      config,
    )
  } finally {
    await platform.close()
  }
}

/** Whoever sits at the machine; the name of its user is all that is known of them. */
export function commandAuditor() {
  return auditorOf({ id: null, name: os.userInfo().username, role: 'cli', area: null })
}
