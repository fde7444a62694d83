import type { Names } from '../../shell/brought.ts'

/** Lists that can be taken away. */
export const exportNames: Names = {
  'unmatched-declarations': { 'zh-CN': '待核对申报', 'en-US': 'Unmatched declarations' },
}
