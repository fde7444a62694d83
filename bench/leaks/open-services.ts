import { mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { assembleServices, securityLimits } from '#server/assembly.ts'
import { type Identity, openIdentity } from '#server/modules/access/index.ts'
import { feedCodesOf, tableReader } from '#server/modules/intake/index.ts'
import { clockAt } from '#server/platform/clock.ts'
import { type Database, openDatabase } from '#server/platform/database/db.ts'
import { startEmbeddedPostgres } from '#server/platform/database/embedded-postgres.ts'
import { openRoles } from '#server/platform/database/roles.ts'
import type { Services } from '#server/platform/http/rpc.ts'
import { startJobs } from '#server/platform/jobs.ts'
import { openKeyRing, prepareKeyRing } from '#server/platform/keys/key-ring.ts'
import { createLogger } from '#server/platform/log.ts'
import { masterKey, prepareDatabase } from '../prepare-database.ts'

export interface OpenServices {
  owner: Database
  services: Services
  identity: Identity
  close(): Promise<void>
}

/** What the routes of a server work with, as main puts it together, over a database of the benchmark's own or `DATABASE_URL`. */
export async function openServices(): Promise<OpenServices> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'shouwang-bench-'))
  const server = process.env.DATABASE_URL ? undefined : await startEmbeddedPostgres(folder)
  const owner = openDatabase(process.env.DATABASE_URL ?? server?.url ?? '')
  const addresses = await prepareDatabase(owner)
  await prepareKeyRing(owner, masterKey)
  const roles = openRoles(addresses)
  const keyRing = await openKeyRing(roles.work, masterKey)
  const log = createLogger(process.env.LOG_LEVEL ?? 'fatal')
  const jobs = await startJobs(roles.work.url, log)
  const clock = clockAt('2020-03-10')
  const platform = {
    database: roles.work,
    roles,
    clock,
    vault: keyRing.vault,
    keyRing,
    log,
    dataDirectory: folder,
    fileDirectory: folder,
  }
  const limits = securityLimits(clock)
  const identity = openIdentity(roles.auth, { secret: 'x'.repeat(40), publicUrl: undefined, limits })
  const services: Services = {
    ...platform,
    maxUploadBytes: 2 ** 20,
    close: async () => undefined,
    jobs,
    ...assembleServices(clock),
    identity,
    readTable: tableReader(platform),
    feedsOf: feedCodesOf,
    demo: false,
  }
  return {
    owner,
    services,
    identity,
    async close() {
      await jobs.stop()
      keyRing.close()
      await Promise.all(Object.values(roles).map((role) => role.close()))
      await owner.close()
      await server?.stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
