import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { watch } from 'node:fs'
import path from 'node:path'
import { createServer } from 'vite'
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
const pages = await Promise.all(
  ['admin', 'field', 'declare'].map(async (mode, i) => {
    const vite = await createServer({
      configFile: path.join(root, 'vite.config.ts'),
      mode,
      clearScreen: false,
    })
    await vite.listen(5173 + i)
    return vite
  }),
)
for (const { resolvedUrls } of pages)
  for (const url of resolvedUrls?.local ?? []) say(`  ${url}   reloads on change`)

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, leave)

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
