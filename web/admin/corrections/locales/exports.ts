import type { Names } from '../../shell/brought.ts'

/** Lists that can be taken away. */
export const exportNames: Names = {
  corrections: { 'zh-CN': '更正申请清单', 'en-US': 'List of corrections' },
}
