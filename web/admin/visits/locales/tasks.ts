import type { VisitPurpose } from '#contract/work/visits.ts'
import type { TaskWords } from '../../shell/task-face.ts'

/** Somebody is to go to a household. */
export const visitWords: TaskWords<VisitPurpose> = {
  'zh-CN': {
    name: '入户',
    todo: '入户',
    done: '已走访',
    act: '去填报',
    of: {
      verify: { todo: '入户核实线索', done: '已入户核实' },
      routine: { todo: '日常走访', done: '已走访' },
      resolve: { todo: '消除前入户', done: '已做消除前入户' },
      track: { todo: '消除后跟踪', done: '已做消除后跟踪' },
    },
  },
  'en-US': {
    name: 'Visits',
    todo: 'Visits',
    done: 'Visited',
    act: 'Report',
    of: {
      verify: { todo: 'Visit to look into clues', done: 'Visited because of clues' },
      routine: { todo: 'Routine visit', done: 'Visited' },
      resolve: { todo: 'Visit before a resolution', done: 'Visited before a resolution' },
      track: { todo: 'Visit after a resolution', done: 'Visited after a resolution' },
    },
  },
}

/** A report waits for a decision. */
export const decideWords: TaskWords = {
  'zh-CN': {
    name: '审定',
    todo: '审定入户报告',
    done: '已审定入户报告',
    act: '去审定',
  },
  'en-US': {
    name: 'Reports to decide',
    todo: 'Decide on the visit report',
    done: 'Decided on a visit report',
    act: 'Decide',
  },
}
