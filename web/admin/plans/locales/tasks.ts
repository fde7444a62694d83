import type { TaskWords } from '../../shell/task-face.ts'

/** A plan lacks its first measure. */
export const planWords: TaskWords = {
  'zh-CN': {
    name: '帮扶方案',
    todo: '落实第一项帮扶措施',
    done: '已定帮扶措施',
    act: '定措施',
  },
  'en-US': {
    name: 'Household plans',
    todo: 'First measure of the plan',
    done: 'Put a measure into the plan',
    act: 'Plan a measure',
  },
}
