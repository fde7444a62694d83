import type { CaseStep } from '#contract/work/cases.ts'
import type { TaskWords } from '../../shell/task-face.ts'

/** The next step of a case, or what waits beside it. */
export const caseWords: TaskWords<
  Exclude<CaseStep, 'verify'> | 'objection' | 'explain-flag' | 'decide-flag'
> = {
  'zh-CN': {
    name: '识别与消除',
    todo: '识别与消除',
    done: '识别与消除',
    act: '去办理',
    of: {
      authorise: { todo: '承诺授权', done: '已办承诺授权' },
      compare: { todo: '信息比对', done: '已做信息比对' },
      review: { todo: '民主评议', done: '已记民主评议' },
      publicity: { todo: '村内公示', done: '已公示' },
      'township-audit': { todo: '乡镇审核', done: '已做乡镇审核' },
      'county-approval': { todo: '县级审定', done: '已做县级审定' },
      announce: { todo: '公告', done: '已公告' },
      enter: { todo: '录入标注', done: '已录入标注' },
      objection: { todo: '答复异议', done: '已答复异议' },
      'explain-flag': { todo: '说明比对发现', done: '已说明比对发现' },
      'decide-flag': { todo: '定比对发现', done: '已定比对发现' },
    },
  },
  'en-US': {
    name: 'Identification',
    todo: 'Identification',
    done: 'Identification',
    act: 'Do the step',
    of: {
      authorise: { todo: 'Authorisation', done: 'Took the authorisation' },
      compare: { todo: 'Comparison', done: 'Compared' },
      review: { todo: 'Village review', done: 'Held the village review' },
      publicity: { todo: 'Publicity', done: 'Hung out the list' },
      'township-audit': { todo: 'Township audit', done: 'Audited' },
      'county-approval': { todo: 'County approval', done: 'Approved' },
      announce: { todo: 'Announcement', done: 'Announced' },
      enter: { todo: 'Entry', done: 'Entered' },
      objection: { todo: 'Answer an objection', done: 'Answered an objection' },
      'explain-flag': { todo: 'Explain what the comparison found', done: 'Explained a finding' },
      'decide-flag': { todo: 'Decide what the comparison found', done: 'Decided a finding' },
    },
  },
}
