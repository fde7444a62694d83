import type { Names } from '../../shell/brought.ts'

/** Lists that can be taken away. */
export const exportNames: Names = {
  workbench: { 'zh-CN': '工作台清单', 'en-US': 'Work of a workbench' },
  'area-tasks': { 'zh-CN': '在办事项清单', 'en-US': 'Open work of an area' },
}
