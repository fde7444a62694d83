import { mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import type { Command } from 'commander'
import { isDay } from '#contract/days.ts'
import { ConfigError } from '#server/config.ts'
import { demoDay, importDemo, writeDemo } from '#server/demo.ts'
import { wholeNumber } from '../arguments.ts'
import { endProgress, progressLine, writeJson, writeLine } from '../output.ts'
import { withPlatform } from '../platform.ts'

interface Options {
  households: number
  seed: number
  out?: string
  asOf: string
  writeOnly: boolean
  json: boolean
}

export function addDemoCommand(program: Command): void {
  program
    .command('demo')
    .description('生成合成的部门文件并按到达日期逐个导入')
    .requiredOption('--households <N>', '户数', wholeNumber)
    .option('--seed <S>', '随机种子，相同种子生成相同文件', wholeNumber, 1)
    .option('--out <DIR>', '部门文件写到哪里（默认临时目录，导入后删除）')
    .option('--as-of <D>', '文件截止到哪一天（2019-02-01 及以后）', demoDay)
    .option('--write-only', '只写文件，不导入', false)
    .option('--json', '逐行输出 JSON', false)
    .action(runDemo)
}

async function runDemo({ households, seed, out, asOf, writeOnly, json }: Options): Promise<void> {
  if (!isDay(asOf)) throw new ConfigError(`--as-of: ${asOf} 不是日期，应如 2020-03-10`)
  const folder = out ?? mkdtempSync(path.join(os.tmpdir(), 'shouwang-demo-'))
  try {
    const manifest = await writeDemo({ households, seed, asOf, out: folder })
    const written = {
      files: manifest.files.length,
      households,
      persons: manifest.persons,
      out: path.resolve(folder),
    }
    if (json) writeJson({ written })
    else
      writeLine(
        `写出 ${written.files} 个文件：${written.households} 户、${written.persons} 人${out ? `，在 ${written.out}` : ''}`,
      )
    if (writeOnly) return
    const show = progressLine(json)
    const states = new Map<string, number>()
    await withPlatform(asOf, (platform) =>
      importDemo(platform, folder, manifest, (progress) => {
        states.set(progress.state, (states.get(progress.state) ?? 0) + 1)
        show(`导入 ${progress.done}/${progress.of} ${progress.file}`, progress)
      }),
    )
    endProgress(json)
    if (json) writeJson({ imported: Object.fromEntries(states) })
    else writeLine(`导入完成：${[...states].map(([state, count]) => `${state} ${count}`).join('，')}`)
  } finally {
    if (out === undefined) rmSync(folder, { recursive: true, force: true })
  }
}
