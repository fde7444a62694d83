import { mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { startDemo } from './demo-server.ts'

const port = 8199

/** Enough for a county officer to have work; small enough to start in a minute. */
export const demoHouseholds = 5000

/** Starts the product as a user would, on a small demonstration of its own, and waits until it is ready. */
export default async function globalSetup() {
  if (process.env.SHOUWANG_TEST_URL) return
  const folder = mkdtempSync(path.join(os.tmpdir(), 'shouwang-e2e-'))
  const stop = await startDemo({ port, folder, households: demoHouseholds })
  return async () => {
    await stop()
    rmSync(folder, { recursive: true, force: true })
  }
}
