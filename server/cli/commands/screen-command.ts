import type { Command } from 'commander'
import { isScreened, screenProvince } from '#server/night.ts'
import { day } from '../arguments.ts'
import { writeJson, writeLine } from '../output.ts'
import { withPlatform } from '../platform.ts'

export function addScreenCommand(program: Command): void {
  program
    .command('screen')
    .description('按某一天重新研判；当天已全量研判过则不重复，除非 --full')
    .option('--as-of <D>', '按哪一天研判', day)
    .option('--full', '无论如何都全量重算', false)
    .option('--json', '输出 JSON', false)
    .action(async ({ asOf, full, json }: { asOf?: string; full: boolean; json: boolean }) => {
      await withPlatform(asOf, async (platform) => {
        const today = platform.clock.today()
        if (!full && (await isScreened(platform))) {
          if (json) writeJson({ asOf: today, upToDate: true })
          else writeLine(`${today} 已全量研判，之后的批次已随到随判；没有要做的。`)
          return
        }
        const result = await screenProvince(platform)
        if (json) writeJson({ asOf: today, ...result })
        else {
          writeLine(`${today}：研判 ${result.households} 户，命中 ${result.hits}`)
          writeLine(`  新信号 ${result.raised}，变化 ${result.changed}，解除 ${result.cleared}`)
        }
      })
    })
}
