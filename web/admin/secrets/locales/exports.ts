import type { Names } from '../../shell/brought.ts'

/** Lists that can be taken away. */
export const exportNames: Names = {
  'break-glass': { 'zh-CN': '应急查看清单', 'en-US': 'Break-glass openings' },
}
