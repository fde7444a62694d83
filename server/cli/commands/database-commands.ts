import { existsSync, rmSync } from 'node:fs'
import path from 'node:path'
import type { Command } from 'commander'
import { openDatabase } from '#server/platform/database/db.ts'
import { migrate } from '#server/platform/database/migrations.ts'
import { schemaParts } from '#server/schema.ts'
import { findTallyDifferences, rebuildTallies } from '#server/tallies.ts'
import { Refusal } from '../exit-codes.ts'
import { writeJson, writeLine } from '../output.ts'
import { commandConfig, withPlatform } from '../platform.ts'

export function addDatabaseCommands(program: Command): void {
  const db = program.command('db').description('数据库')
  db.command('url')
    .description('打印连接地址（只在服务运行或数据库自备时有用）')
    .action(() => withPlatform(undefined, async ({ database }) => writeLine(database.url)))
  db.command('migrate')
    .description('应用缺少的迁移')
    .action(() =>
      withPlatform(undefined, async ({ migrated }) => {
        writeLine(migrated.length > 0 ? migrated.join('\n') : '没有缺少的迁移')
      }),
    )
  db.command('tallies')
    .description('核对汇总数与明细；不符时退出码为 3')
    .option('--rebuild', '按明细全部重算（批量导入之后）', false)
    .option('--json', '输出 JSON', false)
    .action(checkTallies)
  db.command('reset')
    .description('清空数据库和收到的文件，重新开始；须加 --yes')
    .option('--yes', '确认清空', false)
    .action(reset)
}

function checkTallies({ rebuild, json }: { rebuild: boolean; json: boolean }): Promise<void> {
  return withPlatform(undefined, async ({ database, audit }) => {
    if (rebuild) {
      await rebuildTallies(database)
      await audit.record(database.db, { action: 'tallies.rebuild' })
    }
    const found = await findTallyDifferences(database)
    if (json) writeJson(found)
    else
      for (const { table, differences, examples } of found)
        writeLine(`${table}：${differences} 处不符，如 ${JSON.stringify(examples[0])}`)
    if (found.length > 0) throw new Refusal('汇总数与明细不符。加 --rebuild 按明细重算。')
    if (!json) writeLine(rebuild ? '已按明细重算。' : '汇总数与明细一致。')
  })
}

async function reset({ yes }: { yes: boolean }): Promise<void> {
  const config = commandConfig(undefined)
  if (!yes) {
    throw new Refusal(
      `将清空${config.databaseUrl ? '数据库' : `内置数据库和 ${config.dataDirectory} 中的文件`}，不可恢复。确认请加 --yes。`,
    )
  }
  if (config.databaseUrl) {
    const database = openDatabase(config.databaseUrl)
    await database.pool.query(
      'drop schema if exists intake, jobs cascade; drop schema public cascade; create schema public',
    )
    await migrate(database, schemaParts)
    await database.close()
  } else if (existsSync(path.join(config.dataDirectory, 'postgres/postmaster.pid'))) {
    throw new Refusal('服务正在运行。请先停止（Ctrl-C）再清空。')
  } else {
    for (const part of ['postgres', 'postgres-password', 'postgres-owner']) {
      rmSync(path.join(config.dataDirectory, part), { recursive: true, force: true })
    }
  }
  for (const part of ['files', 'demo', 'demo-ready']) {
    rmSync(path.join(config.dataDirectory, part), { recursive: true, force: true })
  }
  writeLine('已清空。')
}
