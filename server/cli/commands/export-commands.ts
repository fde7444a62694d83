import { createReadStream, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import type { Command } from 'commander'
import { sql } from 'kysely'
import { areaScope } from '#server/modules/divisions/index.ts'
import { findMarks, findNumbers } from '#server/modules/exports/index.ts'
import { readStatistics, statisticalFields, statisticalForm } from '#server/modules/insight/index.ts'
import { tableReader } from '#server/modules/intake/index.ts'
import { fillWorkbook } from '#server/platform/files/sheets/fill-workbook.ts'
import { day, wholeNumber } from '../arguments.ts'
import { exitCodes, Refusal } from '../exit-codes.ts'
import { writeJson, writeLine } from '../output.ts'
import { withPlatform } from '../platform.ts'

const mostRows = 100_000

export function addExportCommands(program: Command): void {
  program
    .command('export')
    .description('导出')
    .command('trace <file>')
    .description('从导出的文件或其中一段（csv、xlsx、txt）读出标记：谁、何时、为何导出')
    .option('--json', '输出 JSON', false)
    .action(trace)
}

async function trace(file: string, { json }: { json: boolean }): Promise<void> {
  await withPlatform(undefined, async (platform) => {
    const isKnown = () => false
    const read = tableReader(platform)
    const { headers, rows } = await read(
      { name: path.basename(file), body: createReadStream(file) },
      { isKnown, maxRows: mostRows },
    )
    const cells = [...headers, ...rows.flatMap((row) => row.cells)].join('\n')
    const marks = findMarks(cells)
    const serials = [...new Set([...marks.map(({ serial }) => serial), ...findNumbers(cells)])]
    const { rows: found } = await sql<{
      serial: number
      who: string
      area: string
      at: string
      purpose: string
      rows: number
    }>`
      select x.serial, u.name || '（' || u.username || '）' as who, d.name as area, x.requested_at as at, x.purpose,
        x.row_total as rows
      from export x join auth_user u on u.id = x.requested_by join division d on d.code = x.requester_area
      where x.serial = any(${serials}::bigint[]) order by x.serial`.execute(platform.database.db)
    if (found.length === 0) throw new Refusal('没有找到导出标记。', exitCodes.notFound)
    for (const one of found) {
      if (json) writeJson(one)
      else writeLine(`${one.area} ${one.who}　${one.at}　用途：${one.purpose}　当时共 ${one.rows} 行`)
    }
  })
}

interface StatisticsOptions {
  area: number
  on?: string
  template?: string
  out: string
}

export function addStatisticsCommands(program: Command): void {
  program
    .command('statistics <table>')
    .description('统计表：risk-by-area、clues-by-state、classification-by-area、visits-by-area')
    .requiredOption('--area <CODE>', '填报地区的区划代码', wholeNumber)
    .option('--on <DAY>', '报告期的最后一天，默认今天；今天以外只有 classification-by-area', day)
    .option('--template <FILE>', '填进本单位自己的 xlsx 表样，格式不变')
    .requiredOption('--out <FILE>', '写到哪个文件')
    .action(saveStatistics)
}

async function saveStatistics(table: string, { area, on, template, out }: StatisticsOptions): Promise<void> {
  await withPlatform(undefined, async (platform) => {
    const found = await readStatistics(platform, areaScope(340_000_000_000), {
      table,
      area,
      on,
    })
    const file = template
      ? fillWorkbook(path.basename(template), readFileSync(template), statisticalFields(found))
      : statisticalForm(found)
    writeFileSync(out, file)
    writeLine(`统计表已写到 ${path.resolve(out)}`)
  })
}
