import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import type { Command } from 'commander'
import { areaScope } from '#server/modules/divisions/index.ts'
import { readStatistics, statisticalFields, statisticalForm } from '#server/modules/insight/index.ts'
import { fillWorkbook } from '#server/platform/files/sheets/fill-workbook.ts'
import { writeLine } from '../output.ts'
import { withPlatform } from '../platform.ts'

interface Options {
  area: string
  on?: string
  template?: string
  out: string
}

export function addStatisticsCommands(program: Command): void {
  program
    .command('statistics <table>')
    .description('统计表：risk-by-area、clues-by-state、classification-by-area、visits-by-area')
    .requiredOption('--area <CODE>', '填报地区的区划代码')
    .option('--on <DAY>', '报告期的最后一天，默认今天')
    .option('--template <FILE>', '填进本单位自己的 xlsx 表样，格式不变')
    .requiredOption('--out <FILE>', '写到哪个文件')
    .action(saveStatistics)
}

async function saveStatistics(table: string, { area, on, template, out }: Options): Promise<void> {
  await withPlatform(on, async (platform) => {
    const found = await readStatistics(platform, areaScope(340_000_000_000), {
      table,
      area: Number(area),
      on,
    })
    const file = template
      ? fillWorkbook(path.basename(template), readFileSync(template), statisticalFields(found))
      : statisticalForm(found)
    writeFileSync(out, file)
    writeLine(`统计表已写到 ${path.resolve(out)}`)
  })
}
