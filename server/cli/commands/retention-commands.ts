import type { Command } from 'commander'
import { beijingDay } from '#contract/days.ts'
import { reportRetention } from '#server/modules/rights/index.ts'
import { day } from '../arguments.ts'
import { writeJson, writeLine, writeTable } from '../output.ts'
import { withPlatform } from '../platform.ts'

const actionNames = {
  'delete-file': '删除文件',
  'erase-cells': '抹去内容',
  'delete-rows': '删除记录',
  keep: '一直保留',
} as const

export function addRetentionCommands(program: Command): void {
  program
    .command('retention')
    .description('留存期限')
    .command('report')
    .description('按政策的留存期限，今天到期应清除的有多少；只看不清除（清除须在网页上由两人申请和批准）')
    .option('--as-of <DAY>', '按哪一天计算', day)
    .option('--json', '输出 JSON', false)
    .action(report)
}

async function report({ asOf, json }: { asOf?: string; json: boolean }): Promise<void> {
  await withPlatform(asOf, async ({ roles, retention, clock }) => {
    const { rules, digest } = await reportRetention({ roles, retention }, clock.today())
    if (json) return writeJson({ asOf: clock.today(), digest, rules })
    writeTable(
      ['规则', '内容', '保留', '做法', '到期', '最早'],
      rules.map(({ key, title, months, action, due, oldest }) => [
        ...[key, title.zh, months === null ? '长期' : `${months} 个月`, actionNames[action]],
        ...[due, oldest ? beijingDay(oldest) : ''],
      ]),
    )
    writeLine(`${clock.today()}　清单摘要 ${digest}`)
  })
}
