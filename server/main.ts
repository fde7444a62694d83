import { hash } from 'node:crypto'
import { createAccount, createAuth, demoAccounts } from '#server/modules/access/index.ts'
import { loadDivisions } from '#server/modules/divisions/index.ts'
import { startIntake } from '#server/modules/feeds/index.ts'
import { startJobs } from '#server/platform/jobs.ts'
import { openPlatform } from '#server/platform/platform.ts'
import { buildApp } from './app.ts'
import { assembleIntake } from './assembly.ts'
import { ConfigError, readConfig, readMasterKey } from './config.ts'

const say = (text: string) => process.stdout.write(`${text}\n`)

async function main() {
  const config = readConfig(process.env)
  say('守望 Shouwang: opening the database …')
  const platform = await openPlatform(config)
  await loadDivisions(platform.database)
  const jobs = await startJobs(platform.database.url, platform.log)
  const secret = hash('sm3', Buffer.concat([Buffer.from('session-secret'), readMasterKey(config)]))
  const auth = createAuth(platform.database, { secret, publicUrl: config.publicUrl })
  for (const account of config.demo ? demoAccounts : []) await createAccount(platform.database, auth, account)
  const services = { ...platform, jobs, intake: assembleIntake(platform.clock), demo: config.demo }
  const app = await buildApp(services, auth)
  await startIntake(services, jobs)
  const address = await app.listen({ port: config.port, host: config.host })
  say(`\n  ${address}\n`)
  for (const account of config.demo ? demoAccounts : [])
    say(`  ${account.title}\t${account.username}\t${account.password}`)

  let stopping = false
  const stop = async () => {
    if (stopping) return
    stopping = true
    say('Stopping …')
    await app.close()
    await jobs.stop()
    await platform.close()
    process.exit(0)
  }
  process.on('SIGINT', stop)
  process.on('SIGTERM', stop)
}

main().catch((error) => {
  process.stderr.write(`${error instanceof ConfigError ? error.message : (error?.stack ?? error)}\n`)
  process.exit(1)
})
