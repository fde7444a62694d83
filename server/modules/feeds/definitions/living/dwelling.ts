import * as kit from '../kit.ts'
import { inOrder, needs } from '../rows/row-rules.ts'

/** Safety assessments of dwellings and the rebuilding that follows. */
export const dwelling = kit.defineFeed({
  code: 'dwelling',
  name: { zh: '住房安全鉴定', en: 'Dwelling safety' },
  department: 'ZJ',
  cadence: 'monthly',
  grain: 'household',
  table: 'dwelling_survey',
  key: ['assessedOn'],
  observedBy: 'assessedOn',
  columns: [
    ...kit.head(),
    kit.date('assessedOn', ['鉴定日期', '鉴定时间', '评定日期', '认定日期'], 'Assessed on', kit.required),
    kit.oneOf(
      'grade',
      ['鉴定等级', '房屋等级', '危房等级', '危房级别', '评定等级', 'aac322'],
      'Grade',
      'dwellingGrade',
      kit.required,
    ),
    kit.yesNo('livedIn', ['是否居住', '是否有人居住', '有无居住'], 'Lived in'),
    kit.integer(
      'plannedYear',
      ['危改计划年度', '计划年度', '危房改造年度', '改造计划年度'],
      'Rebuilding planned for',
      { min: 2000, max: 2100 },
    ),
    kit.date('startedOn', ['开工日期', '开工时间', '改造开工日期'], 'Started on'),
    kit.date('finishedOn', ['竣工日期', '竣工时间', '改造竣工日期', '完工日期'], 'Finished on', {
      isEnd: true,
    }),
  ],
  rowRules: [inOrder('startedOn', '开工日期', 'finishedOn'), needs('finishedOn', 'startedOn', '开工日期')],
})
