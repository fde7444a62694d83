import type { Names } from '../../shell/brought.ts'

/** Lists that can be taken away. */
export const exportNames: Names = { clues: { 'zh-CN': '预警清单', 'en-US': 'Clue list' } }
