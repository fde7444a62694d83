import type { Command } from 'commander'
import { addDays, instantOf } from '#contract/days.ts'
import { isScreened, screenPastDay, screenProvince } from '#server/night.ts'
import { day } from '../arguments.ts'
import { exitCodes, Refusal } from '../exit-codes.ts'
import { writeJson, writeLine } from '../output.ts'
import { withPlatform } from '../platform.ts'

interface Options {
  asOf?: string
  full: boolean
  dry: boolean
  knownAt?: string
  json: boolean
}

export function addScreenCommand(program: Command): void {
  program
    .command('screen')
    .description('按某一天重新研判；当天已全量研判过则不重复，除非 --full')
    .option('--as-of <D>', '按哪一天研判', day)
    .option('--full', '无论如何都全量重算', false)
    .option('--dry', '只算不存：不动指标、信号和线索', false)
    .option('--known-at <D>', '与 --dry 同用：按截至这一天结束时已知的数据', day)
    .option('--json', '输出 JSON', false)
    .action(async ({ asOf, full, dry, knownAt, json }: Options) => {
      if (knownAt !== undefined && !dry) throw new Refusal('--known-at 只能与 --dry 同用', exitCodes.usage)
      await withPlatform(asOf, async (platform) => {
        const today = platform.clock.today()
        if (dry) {
          showPastDay(
            today,
            await screenPastDay(platform, { asOf: today, knownAt: endOf(knownAt ?? today) }),
            json,
          )
          return
        }
        if (!full && (await isScreened(platform))) {
          if (json) writeJson({ asOf: today, upToDate: true })
          else writeLine(`${today} 已全量研判，之后的批次已随到随判；没有要做的。`)
          return
        }
        const result = await screenProvince(platform)
        if (json) writeJson(result)
        else {
          if (result.asOf !== today)
            writeLine(`已研判到 ${result.asOf}，不退回 ${today}：按 ${result.asOf} 研判`)
          writeLine(`${result.asOf}：研判 ${result.households} 户，命中 ${result.hits}`)
          writeLine(`  新信号 ${result.raised}，变化 ${result.changed}，解除 ${result.cleared}`)
        }
      })
    })
}

/** The last instant of a day in China. */
const endOf = (day: string) => new Date(instantOf(addDays(day, 1)).getTime() - 1)

function showPastDay(asOf: string, result: Awaited<ReturnType<typeof screenPastDay>>, json: boolean) {
  if (json) {
    writeJson({ asOf, ...result })
    return
  }
  writeLine(`${asOf}（只算不存）：研判 ${result.households} 户，命中 ${result.hits}`)
  for (const { rule, hits, cannotJudge } of result.rules)
    writeLine(`  ${rule}  命中 ${hits}${cannotJudge > 0 ? `，无法判定 ${cannotJudge}` : ''}`)
}
