import { Command, CommanderError } from 'commander'
import { addAccountCommands } from '#server/cli/commands/account-commands.ts'
import { addAuditCommands } from '#server/cli/commands/audit-commands.ts'
import { addBackupCommands } from '#server/cli/commands/backup-commands.ts'
import { addClueCommands } from '#server/cli/commands/clue-commands.ts'
import { addDatabaseCommands } from '#server/cli/commands/database-commands.ts'
import { addDemoCommand } from '#server/cli/commands/demo-command.ts'
import { addExportCommands, addStatisticsCommands } from '#server/cli/commands/export-commands.ts'
import { addFeedCommands } from '#server/cli/commands/feed-commands.ts'
import { addKeyCommands } from '#server/cli/commands/key-commands.ts'
import { addRetentionCommands } from '#server/cli/commands/retention-commands.ts'
import { addScreenCommand } from '#server/cli/commands/screen-command.ts'
import { ConfigError } from '#server/config.ts'
import { AppError } from '#server/platform/errors.ts'
import { unwritableText } from '#server/platform/files/unwritable.ts'
import { outliveReaders } from '#server/platform/log.ts'
import { exitCodes, Refusal } from './cli/exit-codes.ts'
import { errorText } from './cli/texts.ts'

const program = new Command('shouwang')
  .description('守望：与网页相同的操作，在命令行里做')
  .showHelpAfterError('（加 --help 查看用法）')
  .exitOverride()
  .addHelpText(
    'after',
    `
退出码：
  0  完成
  1  意外失败
  2  用法不对
  3  文件或批次没有入库（退回、挂起、失败）
  4  没有找到
  5  配置不能用（密钥、数据库、日期）`,
  )

outliveReaders()
addDemoCommand(program)
addFeedCommands(program)
addScreenCommand(program)
addClueCommands(program)
addDatabaseCommands(program)
addAuditCommands(program)
addAccountCommands(program)
addExportCommands(program)
addKeyCommands(program)
addRetentionCommands(program)
addBackupCommands(program)
addStatisticsCommands(program)

try {
  await program.parseAsync()
} catch (error) {
  process.exitCode = report(error)
}

function report(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.ok : exitCodes.usage
  if (error instanceof Refusal) {
    process.stderr.write(`${error.message}\n`)
    return error.exitCode
  }
  if (error instanceof ConfigError) {
    process.stderr.write(`${error.message}\n`)
    return exitCodes.configuration
  }
  if (error instanceof AppError) {
    process.stderr.write(`${errorText(error)}\n`)
    return error.code === 'not-found' ? exitCodes.notFound : exitCodes.refused
  }
  const unwritable = unwritableText(error)
  process.stderr.write(
    `${unwritable ?? (error instanceof Error ? (error.stack ?? error.message) : String(error))}\n`,
  )
  return exitCodes.failure
}
