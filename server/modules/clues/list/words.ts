import type { Cause, RiskLevel } from '#contract/common.ts'
import type { HouseholdCategory } from '#contract/registry/households.ts'
import { policyPacks } from '#server/modules/screening/index.ts'

/** Chinese words of files and the command line; the causes' names are the policy's own. */
export const causeNames = Object.fromEntries(
  policyPacks().flatMap(({ causes }) => causes.map(({ id, name }) => [id, name.zh])),
) as Record<Cause, string>

export const levelNames: Record<RiskLevel, string> = { red: '红', orange: '橙', yellow: '黄' }

export const categoryNames: Record<HouseholdCategory, string> = {
  unrelieved: '未脱贫',
  stable: '稳定脱贫',
  unstable: '脱贫不稳定',
  marginal: '边缘易致贫',
  'sudden-hardship': '突发严重困难',
  ordinary: '一般农户',
}
