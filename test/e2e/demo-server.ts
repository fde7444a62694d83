import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'

export interface DemoServer {
  port: number
  /** Data of the demonstration: made at the first start, found again at the next. */
  folder: string
  households: number
  /** The day it lives on; that of the demonstration where none is given. */
  asOf?: string
}

/** A port nobody listens on: whatever else runs on the machine is not in the way. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  if (address === null || typeof address === 'string') throw new Error('no port')
  return address.port
}

/** Starts the product as a user would, waits until it is ready, and answers how to stop it. */
export async function startDemo({
  port,
  folder,
  households,
  asOf,
}: DemoServer): Promise<() => Promise<void>> {
  const server = spawn(process.execPath, ['server/main.ts'], {
    cwd: path.resolve(import.meta.dirname, '../..'),
    env: {
      ...process.env,
      DATABASE_URL: '',
      SHOUWANG_DATA: folder,
      SHOUWANG_DEMO_HOUSEHOLDS: String(households),
      PORT: String(port),
      ...(asOf ? { SHOUWANG_AS_OF: asOf } : {}),
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const output: string[] = []
  server.stdout.on('data', (text: Buffer) => output.push(text.toString()))
  const stop = async () => {
    if (server.exitCode !== null) return
    const ended = once(server, 'exit')
    server.kill('SIGINT')
    await ended
  }
  try {
    await untilReady(server, port, output)
  } catch (error) {
    // Nobody else knows of it: it would go on making its demonstration.
    await stop()
    throw error
  }
  return stop
}

/** A bound for what hangs: at a load of 20 on two cores a demonstration of 5,000 households was not there after ten minutes. */
const readyWithinMs = 3_600_000

async function untilReady(server: ChildProcess, port: number, output: string[]) {
  const deadline = Date.now() + readyWithinMs
  while (Date.now() < deadline) {
    if (server.exitCode !== null) throw new Error(`the server stopped at start:\n${output.join('')}`)
    const answer = await fetch(`http://127.0.0.1:${port}/readyz`).catch(() => undefined)
    if (answer?.ok) return
    await delay(250)
  }
  throw new Error(`the server was not ready in time:\n${output.join('')}`)
}
