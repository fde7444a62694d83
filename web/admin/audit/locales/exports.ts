import type { Names } from '../../shell/brought.ts'

/** Lists that can be taken away. */
export const exportNames: Names = {
  audit: { 'zh-CN': '审计记录', 'en-US': 'Audit entries' },
}
