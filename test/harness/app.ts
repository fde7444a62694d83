import { mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { buildApp } from '#server/app.ts'
import { assembleIntake } from '#server/assembly.ts'
import { createAccount, createAuth, demoAccounts } from '#server/modules/access/index.ts'
import { feedCodesOf } from '#server/modules/feeds/index.ts'
import { startJobs } from '#server/platform/jobs.ts'
import { openTestRoles, type TestDatabase, testDeps } from './database.ts'

/** The server as main puts it together, over a test's database and under the server's own database roles. */
export async function openTestApp(t: TestDatabase, asOf?: string) {
  const { roles, close } = await openTestRoles(t)
  const deps = { ...testDeps(roles.work, asOf), roles }
  const auth = createAuth(roles.auth, { secret: 'x'.repeat(40), publicUrl: undefined })
  for (const account of demoAccounts) await createAccount(roles.auth, auth, account)
  const jobs = await startJobs(roles.work.url, deps.log)
  const folder = mkdtempSync(path.join(os.tmpdir(), 'shouwang-app-'))
  const app = await buildApp(
    {
      ...deps,
      fileDirectory: folder,
      close: async () => undefined,
      jobs,
      intake: assembleIntake(deps.clock),
      feedsOf: feedCodesOf,
      demo: true,
      maxUploadBytes: 2 ** 20,
    },
    auth,
  )
  return {
    app,
    auth,
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
