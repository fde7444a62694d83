import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { watch } from 'node:fs'
import { createServer as createNetServer } from 'node:net'
import path from 'node:path'
import { createServer, type ViteDevServer } from 'vite'
import { startEmbeddedPostgres } from '#server/platform/database/embedded-postgres.ts'
import { root } from './step.ts'

/**
 * Everything that reloads as it is written: the pages by vite, the server by starting again where a file of it changed. It works over a
 * small demonstration of its own in .shouwang/dev, made at the first start (a minute) and found again at the next (seconds): the
 * database outlives the server, and ends with this process.
 */
const port = process.env.PORT || '8080'
const data = path.resolve(root, process.env.SHOUWANG_DATA || '.shouwang/dev')
const environment = {
  ...{ SHOUWANG_DEMO_HOUSEHOLDS: '300', LOG_LEVEL: 'info' },
  ...process.env,
  ...{ PORT: port, SHOUWANG_DATA: data, SHOUWANG_REQUESTS_PER_MINUTE: '1000000' },
}
const say = (text: string) => process.stderr.write(`${text}\n`)

const database = process.env.DATABASE_URL ? undefined : await startEmbeddedPostgres(data)
let server = startServer()
let timer: NodeJS.Timeout | undefined
let restarting = Promise.resolve()
let leaving = false

for (const folder of ['server', 'contract', 'policy', 'demo', 'data', 'migrations'])
  watch(path.join(root, folder), { recursive: true }, (_event, file) => {
    if (file === null || /\.test\.ts$|~$|\.sw[a-z]$/.test(file)) return
    clearTimeout(timer)
    // An editor writes a file in pieces, and a change of branch many files.
    timer = setTimeout(() => {
      restarting = restarting.then(() => restart(`${folder}/${file}`))
    }, 150)
  })

process.env.SHOUWANG_DEV_SERVER = `http://127.0.0.1:${port}`
const pages: ViteDevServer[] = []
for (const mode of ['admin', 'field', 'declare']) pages.push(await servePages(mode, 5173 + pages.length))
for (const { resolvedUrls } of pages)
  for (const url of resolvedUrls?.local ?? []) say(`  ${url}   reloads on change`)

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, leave)

/** On that port or the next that is free, and there it stays when vite starts itself again. */
async function servePages(mode: string, from: number): Promise<ViteDevServer> {
  const page = await freePort(from)
  const configFile = path.join(root, 'vite.config.ts')
  const vite = await createServer({
    ...{ configFile, mode, clearScreen: false },
    server: { port: page, strictPort: true },
  })
  return vite.listen()
}

async function freePort(from: number): Promise<number> {
  const probe = createNetServer().listen(from, '127.0.0.1')
  try {
    await once(probe, 'listening')
  } catch {
    return freePort(from + 1)
  }
  probe.close()
  await once(probe, 'close')
  return from
}

function startServer(): ChildProcess {
  const flags = ['--disable-warning=ExperimentalWarning', '--enable-source-maps']
  const child = spawn(process.execPath, [...flags, path.join(root, 'server/main.ts')], {
    cwd: root,
    stdio: 'inherit',
    env: environment,
  })
  child.on('exit', (code) => {
    if (!leaving && code !== 0 && code !== null)
      say('The server stopped; it starts again when a file changes.')
  })
  return child
}

async function stopServer(): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return
  const ended = once(server, 'exit')
  server.kill('SIGTERM')
  await ended
}

async function restart(because: string): Promise<void> {
  if (leaving) return
  say(`${because} changed; the server starts again …`)
  await stopServer()
  server = startServer()
}

async function leave(): Promise<void> {
  if (leaving) return
  leaving = true
  await stopServer()
  await Promise.all(pages.map((page) => page.close()))
  await database?.stop()
  process.exit(0)
}
