import { type ChildProcess, spawn } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'

const root = path.resolve(import.meta.dirname, '../..')

export interface RunningServer {
  url: string
  stop(): Promise<void>
}

/** The server as an office runs it, a process of its own over a data folder, with the demonstration's accounts and none of its data. */
export async function startServer(
  folder: string,
  settings: Record<string, string> = {},
): Promise<RunningServer> {
  writeFileSync(path.join(folder, 'demo-ready'), 'filled by the benchmark\n')
  const port = await freePort()
  const child = spawn(process.execPath, [path.join(root, 'server/main.ts')], {
    cwd: root,
    stdio: ['ignore', 'ignore', 'inherit'],
    env: {
      ...process.env,
      ...{ PORT: String(port), SHOUWANG_DATA: folder, SHOUWANG_DEMO: 'on', SHOUWANG_AS_OF: '2020-03-10' },
      SHOUWANG_REQUESTS_PER_MINUTE: '10000000',
      ...settings,
    },
  })
  const url = `http://127.0.0.1:${port}`
  await waitUntilReady(url, child)
  return {
    url,
    async stop() {
      const gone = new Promise((resolve) => child.once('exit', resolve))
      child.kill('SIGTERM')
      await gone
    },
  }
}

async function waitUntilReady(url: string, child: ChildProcess) {
  for (let attempt = 0; attempt < 1200; attempt++) {
    if (child.exitCode !== null) throw new Error('the server stopped at its start')
    const answer = await fetch(`${url}/readyz`).catch(() => undefined)
    if (answer?.ok) return
    await delay(100)
  }
  throw new Error('the server did not start within two minutes')
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  if (address === null || typeof address === 'string') throw new Error('no free port')
  return address.port
}
