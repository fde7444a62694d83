import type { Names } from '../../shell/brought.ts'

/** Lists that can be taken away. */
export const exportNames: Names = { households: { 'zh-CN': '农户名单', 'en-US': 'Household list' } }
