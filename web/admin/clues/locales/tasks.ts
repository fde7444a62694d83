import type { TaskWords } from '../../shell/task-face.ts'

/** A clue to be handed down, or somebody to be sent. */
export const dispatchWords: TaskWords<'dispatch' | 'forward' | 'assign'> = {
  'zh-CN': {
    name: '线索派发',
    todo: '派发线索',
    done: '已派发线索',
    act: '去派发',
    of: {
      dispatch: { todo: '派发线索', done: '已派发线索' },
      forward: { todo: '转派到村或派人入户', done: '已派发线索' },
      assign: { todo: '派人入户', done: '已派人入户', act: '去派人' },
    },
  },
  'en-US': {
    name: 'Clues to hand out',
    todo: 'Hand the clue out',
    done: 'Handed a clue out',
    act: 'Hand out',
    of: {
      dispatch: { todo: 'Hand the clue out', done: 'Handed a clue out' },
      forward: { todo: 'Hand on or send somebody', done: 'Handed a clue out' },
      assign: { todo: 'Send somebody to the household', done: 'Sent somebody', act: 'Send somebody' },
    },
  },
}
