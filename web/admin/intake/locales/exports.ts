import type { Names } from '../../shell/brought.ts'

/** Lists that can be taken away. */
export const exportNames: Names = {
  rejects: { 'zh-CN': '退回的行', 'en-US': 'Rows sent back' },
  batches: { 'zh-CN': '批次清单', 'en-US': 'List of batches' },
  reviews: { 'zh-CN': '待核对的行', 'en-US': 'Rows to be decided' },
}
