import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import type { Command } from 'commander'
import { beijingMinute } from '#contract/days.ts'
import { type Config, readMasterKey } from '#server/config.ts'
import { type Database, inTransaction, openDatabase } from '#server/platform/database/db.ts'
import { startEmbeddedPostgres } from '#server/platform/database/embedded-postgres.ts'
import { migrate } from '#server/platform/database/migrations.ts'
import { prepareRoles } from '#server/platform/database/rights/prepare-roles.ts'
import { dropLoginRoles, loginRoleNames } from '#server/platform/database/roles.ts'
import { prepareKeyRing, rewrapRing } from '#server/platform/keys/key-ring.ts'
import { describeKeys } from '#server/platform/keys/key-status.ts'
import { reencrypt } from '#server/platform/keys/reencrypt.ts'
import { schemaParts } from '#server/schema.ts'
import { Refusal } from '../exit-codes.ts'
import { endProgress, progressLine, writeJson, writeLine, writeTable } from '../output.ts'
import { commandConfig, withPlatform } from '../platform.ts'

const stateNames = { coming: '即将启用', active: '使用中', retiring: '退役中', retired: '已退役' } as const

export function addKeyCommands(program: Command): void {
  const key = program.command('key').description('数据密钥与主密钥')
  key
    .command('status')
    .description('列出数据密钥：状态、何时制作、还有多少密文未换')
    .option('--json', '输出 JSON', false)
    .action(status)
  key
    .command('rotate')
    .description('制作新的数据密钥；运行中的服务几秒后用它加密，并在后台重新加密已有的密文')
    .requiredOption('--reason <TEXT>', '为什么更换，记入审计')
    .action(rotate)
  key
    .command('reencrypt')
    .description('在本命令中继续重新加密；服务没有运行时用')
    .option('--json', '逐行输出 JSON', false)
    .action(runReencrypt)
  key
    .command('rewrap')
    .description('更换主密钥：用新的主密钥重新包裹全部密钥，数据不动；须先停止服务')
    .requiredOption('--new-key-file <FILE>', '新主密钥的文件；不存在则生成')
    .action(rewrap)
}

async function status({ json }: { json: boolean }): Promise<void> {
  await withPlatform(undefined, async ({ database }) => {
    const found = await describeKeys(database.db)
    if (json) return writeJson(found)
    writeTable(
      ['密钥', '状态', '制作', '由谁', '未换的密文', '退役'],
      found.keys.map(({ id, state, madeAt, madeBy, left, retiredAt }) => [
        ...[id, stateNames[state], beijingMinute(madeAt), madeBy ?? ''],
        ...[left ?? '', retiredAt ? beijingMinute(retiredAt) : ''],
      ]),
    )
    for (const { place, done, total } of found.progress) writeLine(`  ${place}  ${done}/${total}`)
  })
}

async function rotate({ reason }: { reason: string }): Promise<void> {
  await withPlatform(undefined, async ({ database, keyRing, audit }) => {
    const id = await inTransaction(database, async ({ db }) => {
      const made = await keyRing.rotate(db, 'cli')
      await audit.record(db, { action: 'keys.rotate', object: { kind: 'key', ref: String(made) }, reason })
      return made
    })
    writeLine(
      `已制作数据密钥 ${id}，10 秒后启用。运行中的服务随后在后台重新加密；进度见 shouwang key status。`,
    )
    writeLine('服务没有运行时，请在 10 秒后运行 shouwang key reencrypt。')
  })
}

async function runReencrypt({ json }: { json: boolean }): Promise<void> {
  const show = progressLine(json)
  await withPlatform(undefined, async (platform) => {
    const outcome = await reencrypt(platform, (progress) =>
      show(`${progress.place} ${progress.done}/${progress.total}`, progress),
    )
    endProgress(json)
    const texts = {
      done: '全部密文已用当前密钥加密，旧密钥已退役。',
      busy: '另一个进程正在重新加密；进度见 shouwang key status。',
      waiting: '还有正在处理的文件或刚写入的数据带着旧密钥；过几分钟再运行一次。',
      stopped: '已停止，下次从这里继续。',
    }
    if (json) writeJson({ outcome })
    else writeLine(texts[outcome])
  })
}

async function rewrap({ newKeyFile }: { newKeyFile: string }): Promise<void> {
  const config = commandConfig(undefined)
  const from = readMasterKey(config)
  const file = path.resolve(newKeyFile)
  if (!existsSync(file)) {
    mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 })
    writeFileSync(file, randomBytes(32).toString('hex'), { mode: 0o600, flag: 'wx' })
  }
  const to = readMasterKey({ ...config, key: undefined, keyFile: file })
  if (to.equals(from)) throw new Refusal('新旧主密钥相同，没有要做的。')
  await withOwner(config, async (owner) => {
    await migrate(owner, schemaParts)
    await assertStopped(owner, from)
    await prepareKeyRing(owner, from)
    const count = await rewrapRing(owner, from, to)
    // Their passwords derive from the old key; whoever had it must not get in any more.
    await prepareRoles(owner, to, schemaParts)
    await dropLoginRoles(owner, from)
    writeLine(`已用新的主密钥重新包裹 ${count} 把密钥，旧主密钥不再有用。`)
    writeLine(
      `从现在起请这样启动：SHOUWANG_KEY_FILE=${file}（并去掉 SHOUWANG_KEY），或把它改名为 ${config.keyFile}。`,
    )
    writeLine('以前的备份仍须用旧主密钥恢复：请与备份一起保管，备份过期后再销毁。')
  })
}

/** With the rights of the owner, as only migrations and a change of the master key need them. */
async function withOwner(config: Config, work: (owner: Database) => Promise<void>): Promise<void> {
  const embedded = config.databaseUrl ? undefined : await startEmbeddedPostgres(config.dataDirectory)
  const owner = openDatabase(config.databaseUrl ?? embedded?.url ?? '', { max: 2 })
  try {
    await work(owner)
  } finally {
    await owner.close()
    await embedded?.stop()
  }
}

async function assertStopped(owner: Database, masterKey: Buffer): Promise<void> {
  const { rowCount } = await owner.pool.query(
    'select from pg_stat_activity where usename = any($1) and datname = current_database()',
    [Object.values(loginRoleNames(masterKey))],
  )
  if (rowCount) throw new Refusal('服务正在运行。请先停止（Ctrl-C）再更换主密钥。')
}
