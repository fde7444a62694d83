import type { Names } from '../../shell/brought.ts'

/** Lists that can be taken away. */
export const exportNames: Names = {
  'visits-due': { 'zh-CN': '走访到期清单', 'en-US': 'List of visits due' },
}
