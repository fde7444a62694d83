import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'

const port = 8199

/** Enough for a county officer to have work; small enough to start in a minute. */
export const demoHouseholds = 5000

/** Starts the product as a user would, on a small demonstration of its own, and waits until it is ready. */
export default async function globalSetup() {
  if (process.env.SHOUWANG_TEST_URL) return
  const folder = mkdtempSync(path.join(os.tmpdir(), 'shouwang-e2e-'))
  const server = spawn(process.execPath, ['server/main.ts'], {
    cwd: path.resolve(import.meta.dirname, '../..'),
    env: {
      ...process.env,
      DATABASE_URL: '',
      SHOUWANG_DATA: folder,
      SHOUWANG_DEMO_HOUSEHOLDS: String(demoHouseholds),
      PORT: String(port),
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const output: string[] = []
  server.stdout.on('data', (text: Buffer) => output.push(text.toString()))
  await untilReady(server, output)
  return async () => {
    server.kill('SIGINT')
    await new Promise((resolve) => server.once('exit', resolve))
    rmSync(folder, { recursive: true, force: true })
  }
}

async function untilReady(server: ChildProcess, output: string[]) {
  const deadline = Date.now() + 180_000
  while (Date.now() < deadline) {
    if (server.exitCode !== null) throw new Error(`the server stopped at start:\n${output.join('')}`)
    const answer = await fetch(`http://127.0.0.1:${port}/readyz`).catch(() => undefined)
    if (answer?.ok) return
    await delay(250)
  }
  throw new Error(`the server was not ready in time:\n${output.join('')}`)
}
