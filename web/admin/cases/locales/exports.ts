import type { Names } from '../../shell/brought.ts'

/** Lists that can be taken away. */
export const exportNames: Names = {
  cases: { 'zh-CN': '识别与消除清单', 'en-US': 'List of cases' },
}
