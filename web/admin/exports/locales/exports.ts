import type { Names } from '../../shell/brought.ts'

/** In the register beside the files: a day's measure once more. */
export const exportNames: Names = {
  more: { 'zh-CN': '继续查看', 'en-US': 'Reading on' },
  exports: { 'zh-CN': '导出登记', 'en-US': 'Register of exports' },
}
