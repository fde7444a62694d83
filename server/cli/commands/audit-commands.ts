import { readFileSync } from 'node:fs'
import type { Command } from 'commander'
import { type Config, readMasterKey } from '#server/config.ts'
import {
  anchorFileIn,
  type Fault,
  type Findings,
  fileAnchors,
  readAnchors,
  sealPending,
  verifyAnchors,
  verifyChain,
} from '#server/modules/audit/index.ts'
import { type Database, openDatabase } from '#server/platform/database/db.ts'
import { type KeyRing, openKeyRing } from '#server/platform/keys/key-ring.ts'
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
    .option('--public-key <FILE>', '不用主密钥：只凭公钥和锚点（如另一处的副本）核对链尾有无被截断')
    .option('--json', '输出 JSON', false)
    .action(verify)
  audit
    .command('seal')
    .description('立即封存等候中的记录')
    .action(() =>
      withPlatform(undefined, async ({ database, vault, keyRing: { signer } }, config) => {
        const anchors = fileAnchors(anchorFileIn(config.dataDirectory), { signer, copyTo: config.anchorCopy })
        writeLine(`已封存 ${await sealPending({ database, vault, anchors })} 条`)
        anchors.flush()
        const { problem } = await anchors.copied()
        if (problem) writeLine(`锚点没有抄到第二处：${problem}`)
      }),
    )
}

interface VerifyOptions {
  database?: string
  anchors?: string
  publicKey?: string
  json: boolean
}

async function verify({ database: url, anchors, publicKey, json }: VerifyOptions): Promise<void> {
  if (publicKey) return report(await withPublicKey(publicKey, url, anchors), json)
  const progress = progressLine(json)
  const look = (database: Database, { vault, signer }: Keys, { dataDirectory, anchorCopy }: Config) =>
    verifyChain(
      database.db,
      vault,
      fileAnchors(anchors ?? anchorFileIn(dataDirectory), { copyTo: anchorCopy }).list(),
      signer?.publicKey,
      (checked) => progress(`已核对 ${checked} 条`, { checked }),
    )
  const findings = url
    ? await inCopy(url, look)
    : await withPlatform(undefined, ({ database, keyRing }, config) => look(database, keyRing, config))
  endProgress(json)
  report(findings, json)
}

type Keys = Pick<KeyRing, 'vault' | 'signer'>

async function inCopy(
  url: string,
  look: (database: Database, keys: Keys, config: Config) => Promise<Findings>,
): Promise<Findings> {
  const config = commandConfig(undefined)
  const copy = openDatabase(url, { max: 2 })
  try {
    return await look(copy, await openKeyRing(copy, readMasterKey(config)), config)
  } finally {
    await copy.close()
  }
}

/** For whoever keeps a copy of the anchors elsewhere and has no key: nothing is opened, nothing written. */
async function withPublicKey(keyFile: string, url: string | undefined, file: string | undefined) {
  const config = commandConfig(undefined)
  const address = url ?? config.databaseUrl
  if (!address) throw new Refusal('请用 --database 指定要核对的数据库。', exitCodes.usage)
  const anchors = readAnchors(file ?? anchorFileIn(config.dataDirectory))
  const publicKey = readFileSync(keyFile, 'utf8')
  if (!anchors.some(({ signature }) => signature))
    throw new Refusal('锚点文件里没有签过名的锚点，证明不了什么。', exitCodes.refused)
  const database = openDatabase(address, { max: 1 })
  try {
    return await verifyAnchors(database.db, anchors, publicKey)
  } finally {
    await database.close()
  }
}

const words: Record<Fault['what'], string> = {
  changed: '内容与封存时不同',
  removed: '已被删除',
  inserted: '未经封存，是插入的',
  reordered: '次序被调换',
  cut: '链尾被截断',
  unsealed: '迟迟没有封存',
  forged: '锚点的签名不是本系统的',
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
