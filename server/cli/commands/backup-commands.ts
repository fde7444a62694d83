import { existsSync } from 'node:fs'
import path from 'node:path'
import type { Command } from 'commander'
import { beijingMinute } from '#contract/days.ts'
import { type Checked, checkRestored } from '#server/backups/restored.ts'
import { type Config, ConfigError, readMasterKey } from '#server/config.ts'
import { backUp } from '#server/platform/backup/keeper.ts'
import {
  type BackupSource,
  type BackupStep,
  type MadeBackup,
  makeBackup,
  settingsFile,
  settingsOf,
} from '#server/platform/backup/make-backup.ts'
import {
  listBackups,
  openRepository,
  openRepositoryToRead,
  readManifest,
  streamRepository,
} from '#server/platform/backup/parts/repository.ts'
import { streamStore } from '#server/platform/backup/parts/store.ts'
import { type Restored, type RestoreStep, restore } from '#server/platform/backup/restore.ts'
import { changeBackupState, failureOf } from '#server/platform/backup/state.ts'
import { lockData } from '#server/platform/data-lock.ts'
import { startEmbeddedPostgres } from '#server/platform/database/embedded-postgres.ts'
import { openPlatform } from '#server/platform/platform.ts'
import { schemaParts } from '#server/schema.ts'
import { instant } from '../arguments.ts'
import { exitCodes, Refusal } from '../exit-codes.ts'
import { endProgress, progressLine, writeJson, writeLine, writeTable } from '../output.ts'
import { commandAuditor, commandConfig, withPlatform } from '../platform.ts'

export function addBackupCommands(program: Command): void {
  program
    .command('backup <DIR>')
    .description('备份运行中的平台：数据库、收到的文件、锚点和设置，加密；DIR 为 - 时写到标准输出')
    .option('--keep-days <N>', '超过多少天的备份删去，默认同 SHOUWANG_BACKUP_KEEP_DAYS', Number)
    .option('--json', '逐行输出 JSON', false)
    .action(backup)
  program
    .command('backups <DIR>')
    .description('列出文件夹中完整的备份，先旧后新')
    .option('--json', '输出 JSON', false)
    .action(list)
  program
    .command('restore <DIR>')
    .description('从备份恢复到一个空文件夹：最新状态，或某一时刻；恢复后核对汇总数、封存链和文件')
    .requiredOption('--to <FOLDER>', '恢复到这个空文件夹，之后作为 SHOUWANG_DATA 启动')
    .option('--at <INSTANT>', '恢复到这一时刻，如 "2020-03-10 14:30:00"（北京时间）', instant)
    .option('--json', '逐行输出 JSON', false)
    .action(runRestore)
}

/** The key as it is; none is made where it is missing. */
function existingKey(config: Config): Buffer {
  if (config.key || existsSync(config.keyFile)) return readMasterKey(config)
  throw new ConfigError(
    `没有主密钥：${config.keyFile} 不存在。请用 SHOUWANG_KEY 或 SHOUWANG_KEY_FILE 给出备份当时的主密钥。`,
  )
}

const stepNames: Record<BackupStep | RestoreStep | 'tallies' | 'seals', string> = {
  ...{ database: '数据库', files: '收到的文件', verify: '读回核对', wal: '其后的变更', recovery: '重放变更' },
  ...{ tallies: '核对汇总数', seals: '核对封存链' },
}

async function backup(
  folder: string,
  { json, keepDays }: { json: boolean; keepDays?: number },
): Promise<void> {
  const config = commandConfig(undefined)
  if (config.databaseUrl)
    throw new ConfigError('自备的 PostgreSQL 请用它自己的工具备份，做法见 docs/operations.md「备份」。')
  if (keepDays !== undefined && !(Number.isInteger(keepDays) && keepDays >= 1))
    throw new ConfigError('--keep-days 应为不小于 1 的整数。')
  const masterKey = existingKey(config)
  const progress = progressLine(json && folder !== '-')
  const report = (step: BackupStep, bytes: number) =>
    progress(`${stepNames[step]} ${Math.round(bytes / 2 ** 20)} MB`, { step, bytes })
  const made = await withPlatform(undefined, async ({ database, audit }) => {
    const { url } = await startEmbeddedPostgres(config.dataDirectory)
    const source = { ...config, url, settings: settingsOf(process.env) }
    const result =
      folder === '-'
        ? await toStream(masterKey, source, report)
        : await toFolder(folder, masterKey, source, keepDays ?? config.backup?.keepDays ?? 30, report)
    const { name, bytes, files, pieces } = result
    await audit.record(database.db, {
      action: 'backups.make',
      object: { kind: 'backup', ref: name },
      detail: { bytes, files, written: pieces.written, kept: pieces.kept },
    })
    return result
  })
  endProgress(json)
  if (folder === '-') return
  if (json) return writeJson(made)
  const { files, bytes, pieces } = made
  writeLine(
    `已备份并读回核对：数据库等 ${Math.round(bytes / 2 ** 20)} MB，收到的文件 ${files} 个；新写 ${pieces.written} 块，沿用 ${pieces.kept} 块。`,
  )
  writeLine('主密钥不在备份里，请另行保管：没有它，备份打不开。')
}

async function toFolder(
  folder: string,
  masterKey: Buffer,
  source: BackupSource,
  keepDays: number,
  report: (step: BackupStep, bytes: number) => void,
): Promise<MadeBackup> {
  try {
    return await backUp(await openRepository(path.resolve(folder), masterKey), keepDays, source, report)
  } catch (error) {
    changeBackupState(source.dataDirectory, { failure: failureOf(error) })
    throw error
  }
}

async function toStream(
  masterKey: Buffer,
  source: BackupSource,
  report: (step: BackupStep, bytes: number) => void,
): Promise<MadeBackup> {
  if (process.stdout.isTTY)
    throw new Refusal('备份不能写到屏幕上。请接到文件或别的命令，如 | ssh 主机 tar -x -C 文件夹')
  const store = streamStore(process.stdout)
  const made = await makeBackup(await streamRepository(store, masterKey), source, report)
  await store.end()
  return made
}

async function list(folder: string, { json }: { json: boolean }): Promise<void> {
  const source = openRepositoryToRead(path.resolve(folder), existingKey(commandConfig(undefined)))
  const found = []
  for (const { name } of listBackups(source.folder)) {
    const { startedAt, endedAt, bytes } = await readManifest(source, name)
    found.push({ name, startedAt, endedAt, bytes })
  }
  if (json) return writeJson(found)
  writeTable(
    ['备份', '开始', '完成（可作 --at）', '大小 MB'],
    found.map(({ name, startedAt, endedAt, bytes }) => [
      ...[name, beijingMinute(startedAt), endedAt, Math.round(bytes / 2 ** 20)],
    ]),
  )
}

interface RestoreOptions {
  to: string
  at?: Date
  json: boolean
}

async function runRestore(folder: string, { to, at, json }: RestoreOptions): Promise<void> {
  const config = commandConfig(undefined)
  const masterKey = existingKey(config)
  const source = openRepositoryToRead(path.resolve(folder), masterKey)
  const target = path.resolve(to)
  const progress = progressLine(json)
  const show = (step: RestoreStep | 'tallies' | 'seals', done: number, of = 0) =>
    progress(`${stepNames[step]} ${of > 0 ? `${Math.floor((done / of) * 100)}%` : done || ''}`, {
      step,
      done,
      of,
    })
  const restored = await restore(source, target, at, show)
  const unlock = lockData(target)
  try {
    const checked = await check(config, masterKey, target, restored, show)
    endProgress(json)
    report(target, restored, checked, json)
  } finally {
    unlock()
  }
}

/** Opens what was restored as a server would, looks at all of it, and writes down that it was restored. */
async function check(
  config: Config,
  masterKey: Buffer,
  target: string,
  restored: Restored,
  show: (step: 'tallies' | 'seals' | 'files', done: number) => void,
): Promise<Checked> {
  const key = masterKey.toString('hex')
  const platform = await openPlatform(
    {
      ...config,
      dataDirectory: target,
      fileDirectory: path.join(target, 'files'),
      databaseUrl: undefined,
      key,
    },
    schemaParts,
  )
  try {
    const checked = await checkRestored(platform, target, show)
    const { tallies, seals, files, ok } = checked
    await commandAuditor().record(platform.database.db, {
      action: 'backups.restore',
      object: { kind: 'backup', ref: restored.backup },
      detail: {
        ...{ knownUntil: restored.knownUntil, ok, tallies: tallies.length, seals: seals.checked },
        ...{ files: files.checked, missing: files.missing.length, damaged: files.damaged.length },
      },
    })
    return checked
  } finally {
    await platform.close()
  }
}

function report(target: string, restored: Restored, { tallies, seals, files, ok }: Checked, json: boolean) {
  if (json) {
    writeJson({
      ...{ ...restored, ok, tallyDifferences: tallies.length, sealsChecked: seals.checked },
      ...{ sealFaults: seals.faults.length + seals.more, filesChecked: files.checked },
      ...{ filesMissing: files.missing, filesDamaged: files.damaged, filesRemoved: files.removed },
    })
  } else {
    writeLine(`已恢复到 ${target}：${beijingMinute(restored.knownUntil)} 为止的变更都在。`)
    if (restored.hasHole) writeLine('之后保存的变更有缺口，缺口后面的没有恢复。')
    writeLine(`汇总数：${tallies.length === 0 ? '与明细一致' : `${tallies.length} 个表与明细不符`}`)
    writeLine(
      `封存链：核对 ${seals.checked} 条，${seals.faults.length === 0 ? '全部相符' : `${seals.faults.length + seals.more} 处不符`}`,
    )
    const left = files.removed + restored.filesLeftOut
    writeLine(
      `收到的文件：核对 ${files.checked} 个，缺 ${files.missing.length} 个，损坏 ${files.damaged.length} 个` +
        (left > 0 ? `；另有 ${left} 个不属于这一时刻，没有恢复` : ''),
    )
    for (const ref of [...files.missing, ...files.damaged].slice(0, 20)) writeLine(`  ${ref}`)
    writeLine(
      `启动：SHOUWANG_DATA=${target} SHOUWANG_KEY_FILE=主密钥文件 npm start；设置在 ${settingsFile}。`,
    )
  }
  if (!ok) throw new Refusal('恢复完成，但核对有不符之处（见上）。', exitCodes.refused)
}
