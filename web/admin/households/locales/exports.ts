import type { Names } from '../../shell/brought.ts'

/** Lists that can be taken away. */
export const exportNames: Names = {
  households: { 'zh-CN': '农户名单', 'en-US': 'Household list' },
  people: { 'zh-CN': '人员名单', 'en-US': 'List of people' },
  facts: { 'zh-CN': '部门数据', 'en-US': 'Facts of a household' },
  income: { 'zh-CN': '家庭收入', 'en-US': 'Income of a household' },
}
