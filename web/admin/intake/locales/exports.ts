import type { Names } from '../../shell/brought.ts'

/** Lists that can be taken away. */
export const exportNames: Names = { rejects: { 'zh-CN': '退回的行', 'en-US': 'Rows sent back' } }
