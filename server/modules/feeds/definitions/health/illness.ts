import * as kit from '../kit.ts'
import { inOrder, needs } from '../rows/row-rules.ts'

/** New major and chronic illnesses, and the cases of the epidemic. */
export const illness = kit.defineFeed({
  code: 'illness',
  name: { zh: '患病与疫情病例', en: 'Illnesses and epidemic cases' },
  department: 'WJ',
  cadence: 'monthly',
  grain: 'person',
  table: 'illness',
  key: ['kind', 'disease', 'diagnosedOn'],
  observedBy: 'diagnosedOn',
  // The daily report of the epidemic says nothing of other illnesses, nor the monthly file of cases.
  subjects: {
    illness: { column: 'kind', codes: ['major', 'chronic'] },
    epidemic: { column: 'kind', codes: ['confirmed', 'suspected', 'quarantined'] },
  },
  columns: [
    ...kit.person('患者姓名', '病例姓名'),
    kit.oneOf('kind', ['类型', '患病类型', '病例类型', '疾病类型'], 'Kind', 'illnessKind', kit.required),
    kit.text('disease', ['病种', '病种名称', '疾病名称', '患病名称'], 'Disease', kit.required),
    kit.yesNo(
      'special',
      ['专项救治病种', '是否专项救治病种', '是否大病专项救治', '大病专项救治'],
      'Under the special treatment scheme',
    ),
    kit.date(
      'diagnosedOn',
      ['确诊日期', '诊断日期', '确诊时间', '发病日期', '隔离开始日期'],
      'Diagnosed on',
      kit.required,
    ),
    kit.oneOf('outcome', ['转归', '转归情况', '治疗转归', '目前状况'], 'Outcome', 'illnessOutcome'),
    kit.date('outcomeOn', ['转归日期', '转归时间', '出院日期', '解除日期'], 'Outcome on', { isEnd: true }),
  ],
  rowRules: [inOrder('diagnosedOn', '确诊日期', 'outcomeOn'), needs('outcomeOn', 'outcome', '转归')],
})
