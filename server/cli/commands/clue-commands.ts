import { createWriteStream } from 'node:fs'
import path from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { Command } from 'commander'
import { plainCsvCell } from '#contract/csv.ts'
import { eachClue, getClue, listClues } from '#server/modules/clues/index.ts'
import { areaScope } from '#server/modules/divisions/index.ts'
import { writeJson, writeLine, writeTable } from '../output.ts'
import { withPlatform } from '../platform.ts'
import { levelText, unknownText } from '../texts.ts'

const province = areaScope(340_000_000_000)

export function addClueCommands(program: Command): void {
  program
    .command('clues')
    .description('列出在办线索；--csv 写出全部')
    .option(
      '--csv <FILE>',
      '写成 CSV（供程序读）：householdNo、divisionCode、cause、level、rules、state、openedOn',
    )
    .option('--json', '逐行输出 JSON', false)
    .action(runClues)
  program
    .command('explain <clue>')
    .description('把一条线索讲清楚：依据、警戒线、来源行、怎样才算解除')
    .option('--json', '输出 JSON', false)
    .action(explain)
}

async function runClues({ csv, json }: { csv?: string; json: boolean }): Promise<void> {
  await withPlatform(undefined, async (platform) => {
    if (csv) {
      await platform.audit.record(platform.database.db, {
        action: 'clues.export',
        detail: { way: 'command line' },
      })
      await pipeline(Readable.from(csvLines(platform)), createWriteStream(csv, { mode: 0o600 }))
      return writeLine(`线索已写到 ${path.resolve(csv)}`)
    }
    const { rows, total } = await listClues(
      platform,
      province,
      {},
      { sort: 'level', descending: false },
      { page: 1, size: 100 },
    )
    if (json) for (const clue of rows) writeJson(clue)
    else {
      writeTable(
        ['线索', '等级', '户主', '地方', '规则', '发现', '为什么'],
        rows.map((clue) => [
          clue.id,
          levelText[clue.level] ?? clue.level,
          clue.household.headName,
          clue.household.township.name,
          clue.rules.join(','),
          clue.openedOn,
          clue.why.zh,
        ]),
      )
      if (total > rows.length) writeLine(`（共 ${total} 条，列出最要紧的 ${rows.length} 条；全部请用 --csv）`)
    }
  })
}

/** Plain codes for programs; the file for people comes from the web. */
async function* csvLines(deps: Parameters<typeof eachClue>[0]) {
  yield 'householdNo,divisionCode,cause,level,rules,state,openedOn\n'
  for await (const clues of eachClue(deps, province, {})) {
    yield clues
      .map(
        ({ householdNo, village, cause, level, rules, state, openedOn }) =>
          `${[plainCsvCell(householdNo), village, cause, level, rules.join(' '), state, openedOn].join(',')}\n`,
      )
      .join('')
  }
}

async function explain(id: string, { json }: { json: boolean }): Promise<void> {
  await withPlatform(undefined, async (platform) => {
    const clue = await getClue(platform, province, id)
    if (json) return writeJson(clue)
    const { household } = clue
    writeLine(
      `${household.county.name}${household.township.name}${household.village.name} ${household.headName}家（${household.memberCount} 口人，户编号 ${household.householdNo}）`,
    )
    writeLine(clue.why.zh)
    for (const signal of clue.signals) {
      writeLine(
        `\n【${levelText[signal.level]}】${signal.sentence.zh}${signal.clearedOn ? `（${signal.clearedOn} 起${signal.ended === 'unknown' ? '已无从知道' : '已不成立'}）` : ''}`,
      )
      writeLine(
        `  规则 ${signal.rule} 第 ${signal.ruleVersion} 版：${signal.source.document.zh} ${signal.source.article}`,
      )
      for (const row of signal.evidence)
        writeLine(
          `  来源：《${row.fileName}》${row.sheet ? `工作表“${row.sheet}”` : ''}第 ${row.rowNo} 行 ${row.date ?? ''} ${row.text.zh}`,
        )
      writeLine(`  怎样才算解除：${signal.clears.zh}`)
    }
    for (const one of clue.cannotJudge)
      writeLine(`\n【无法判定】${one.title.zh}：${one.because.map(unknownText).join('；')}`)
  })
}
