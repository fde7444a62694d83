import type { Names } from '../../shell/brought.ts'

/** Lists that can be taken away. */
export const exportNames: Names = {
  plans: { 'zh-CN': '帮扶方案清单', 'en-US': 'List of plans' },
}
