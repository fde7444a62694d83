import type { Names } from '../../shell/brought.ts'

/** Lists that can be taken away. */
export const exportNames: Names = {
  spells: { 'zh-CN': '分类名单', 'en-US': 'Households by category' },
}
