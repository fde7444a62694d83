import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { buildApp } from '#server/app.ts'
import { assembleServices, securityLimits } from '#server/assembly.ts'
import type { SingleSignOn } from '#server/config.ts'
import { ensureDemoAccounts, openIdentity } from '#server/modules/access/index.ts'
import { TakenMeter } from '#server/modules/exports/index.ts'
import { feedCodesOf, tableReader } from '#server/modules/intake/index.ts'
import type { HttpLimits } from '#server/platform/http/limits.ts'
import type { Services } from '#server/platform/http/rpc.ts'
import { startJobs } from '#server/platform/jobs.ts'
import { openKeyRing, prepareKeyRing } from '#server/platform/keys/key-ring.ts'
import type { SecurityLimits } from '#server/platform/security-limits.ts'
import { openTestRoles, type TestDatabase, testDeps, testMasterKey } from './database.ts'
import { passwordsOnce } from './passwords.ts'

/** Tests ask more in a second than a person in a day. */
const manyRequests = { requestsPerMinute: 1_000_000, sensitivePerMinute: 100_000 }

export interface TestAppOptions {
  publicUrl?: string
  limits?: Partial<SecurityLimits>
  singleSignOn?: SingleSignOn
  http?: Partial<HttpLimits>
  /** Each password is hashed anew, in the turn of its address, as the product does it: for tests of just that. */
  ownPasswords?: boolean
  /** Folder of a built web. */
  web?: string
}

/** The server as main puts it together, over a test's database and under the server's own database roles. */
export async function openTestApp(t: TestDatabase, asOf?: string, options: TestAppOptions = {}) {
  const { roles, close } = await openTestRoles(t)
  await prepareKeyRing(t.database, testMasterKey)
  const keyRing = await openKeyRing(roles.work, testMasterKey)
  const deps = { ...testDeps(roles.work, asOf), roles, keyRing, vault: keyRing.vault }
  const limits = { ...securityLimits(deps.clock), ...options.limits }
  const identity = openIdentity(roles.auth, {
    secret: 'x'.repeat(40),
    publicUrl: undefined,
    ...options,
    limits,
    passwords: options.ownPasswords ? undefined : passwordsOnce,
  })
  await ensureDemoAccounts(identity)
  const jobs = await startJobs(roles.work.url, deps.log)
  const folder = mkdtempSync(path.join(os.tmpdir(), 'shouwang-app-'))
  // As in a data folder: what is kept beside the files is this test's own.
  const fileDirectory = path.join(folder, 'files')
  mkdirSync(fileDirectory)
  const services: Services = {
    ...deps,
    dataDirectory: folder,
    fileDirectory,
    close: async () => undefined,
    jobs,
    ...assembleServices(deps.clock),
    identity,
    readTable: tableReader({ ...deps, fileDirectory }),
    feedsOf: feedCodesOf,
    exportLimits: limits,
    taken: new TakenMeter(limits, deps.clock),
    secretLimits: limits,
    demo: true,
    maxUploadBytes: 2 ** 20,
  }
  const app = await buildApp(services, identity, {
    publicUrl: options.publicUrl,
    web: options.web,
    limits: { ...manyRequests, ...options.http },
  })
  return {
    app,
    services,
    identity,
    roles,
    deps,
    jobs,
    close: async () => {
      await app.close()
      await jobs.stop()
      await close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
