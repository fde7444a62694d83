import type { Command } from 'commander'
import { type Config, readMasterKey } from '#server/config.ts'
import {
  anchorFileIn,
  type Fault,
  type Findings,
  fileAnchors,
  sealPending,
  verifyChain,
} from '#server/modules/audit/index.ts'
import { openDatabase } from '#server/platform/database/db.ts'
import { openKeyRing } from '#server/platform/keys/key-ring.ts'
import { exitCodes, Refusal } from '../exit-codes.ts'
import { endProgress, progressLine, writeJson, writeLine } from '../output.ts'
import { commandConfig, withPlatform } from '../platform.ts'

export function addAuditCommands(program: Command): void {
  const audit = program.command('audit').description('审计')
  audit
    .command('verify')
    .description('沿封存链逐条核对审计记录：有无被改、被删、被插、被调换、被截断')
    .option('--database <URL>', '核对另一个数据库（例如一份副本），只读')
    .option('--anchors <FILE>', '链头锚点文件，默认数据目录中的 audit-anchors.log')
    .option('--json', '输出 JSON', false)
    .action(verify)
  audit
    .command('seal')
    .description('立即封存等候中的记录')
    .action(() =>
      withPlatform(undefined, async ({ database, vault }, config) => {
        const anchors = fileAnchors(anchorFileIn(config.dataDirectory))
        writeLine(`已封存 ${await sealPending({ database, vault, anchors })} 条`)
      }),
    )
}

interface VerifyOptions {
  database?: string
  anchors?: string
  json: boolean
}

async function verify({ database: url, anchors, json }: VerifyOptions): Promise<void> {
  const progress = progressLine(json)
  const look = (
    source: Parameters<typeof verifyChain>[0],
    vault: Parameters<typeof verifyChain>[1],
    config: Config,
  ) =>
    verifyChain(source, vault, fileAnchors(anchors ?? anchorFileIn(config.dataDirectory)).list(), (checked) =>
      progress(`已核对 ${checked} 条`, { checked }),
    )
  const findings = url
    ? await inCopy(url, look)
    : await withPlatform(undefined, ({ database, vault }, config) => look(database.db, vault, config))
  endProgress(json)
  report(findings, json)
}

async function inCopy(
  url: string,
  look: (
    db: Parameters<typeof verifyChain>[0],
    vault: Parameters<typeof verifyChain>[1],
    config: Config,
  ) => Promise<Findings>,
): Promise<Findings> {
  const config = commandConfig(undefined)
  const copy = openDatabase(url, { max: 2 })
  try {
    const ring = await openKeyRing(copy, readMasterKey(config))
    return await look(copy.db, ring.vault, config)
  } finally {
    await copy.close()
  }
}

const words: Record<Fault['what'], string> = {
  changed: '内容与封存时不同',
  removed: '已被删除',
  inserted: '未经封存，是插入的',
  reordered: '次序被调换',
  cut: '链尾被截断',
  unsealed: '迟迟没有封存',
}

function report({ checked, faults, more }: Findings, json: boolean) {
  if (json) writeJson({ checked, ok: faults.length === 0, faults, more })
  else {
    for (const { what, entry, seq } of faults) {
      const which = [entry === null ? '' : `记录 ${entry}`, seq === null ? '' : `链上第 ${seq} 位`]
      writeLine(`${which.filter(Boolean).join('，')}：${words[what]}`)
    }
    if (more > 0) writeLine(`另有 ${more} 处`)
  }
  if (faults.length > 0) {
    throw new Refusal(`核对了 ${checked} 条，有 ${faults.length + more} 处不符。`, exitCodes.refused)
  }
  if (!json) writeLine(`核对了 ${checked} 条，全部相符。`)
}
