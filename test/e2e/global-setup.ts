import { mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { freePort, startDemo } from './demo-server.ts'

/** Enough for a county officer to have work; small enough to start in a minute. */
export const demoHouseholds = 5000

/** Starts the product as a user would, on a small demonstration of its own, and waits until it is ready. */
export default async function globalSetup() {
  if (process.env.SHOUWANG_TEST_URL) return
  const folder = mkdtempSync(path.join(os.tmpdir(), 'shouwang-e2e-'))
  const port = await freePort()
  // The workers start after this and take it from here.
  process.env.SHOUWANG_TEST_URL = `http://127.0.0.1:${port}`
  process.env.SHOUWANG_TEST_DATA = folder
  const stop = await startDemo({ port, folder, households: demoHouseholds })
  return async () => {
    await stop()
    rmSync(folder, { recursive: true, force: true })
  }
}
