import * as kit from '../kit.ts'
import { inOrder } from '../rows/row-rules.ts'

/** Subsistence allowance, destitute care, temporary relief and orphans, with start and stop. */
export const socialAssistance = kit.defineFeed({
  code: 'social-assistance',
  name: { zh: '社会救助', en: 'Social assistance' },
  department: 'MZ',
  cadence: 'monthly',
  grain: 'person',
  table: 'social_assistance',
  key: ['kind', 'startedOn'],
  subjects: {
    regular: { column: 'kind', codes: ['dibao', 'tekun'] },
    other: { column: 'kind', codes: ['temporary', 'orphan'] },
  },
  steady: true,
  columns: [
    ...kit.person('救助对象姓名'),
    kit.oneOf(
      'kind',
      ['救助类型', '救助类别', '保障类型', '救助种类'],
      'Kind',
      'assistanceKind',
      kit.required,
    ),
    kit.date(
      'startedOn',
      ['享受起', '享受开始日期', '享受起始日期', '起始日期', '开始日期', '纳入日期'],
      'From',
      kit.required,
    ),
    kit.date('endedOn', ['享受止', '享受结束日期', '享受截止日期', '停发日期', '终止日期'], 'To', {
      mayBeFuture: true,
      isEnd: true,
    }),
    kit.money(
      'monthly',
      ['月补助额', '月保障金额', '月救助金额', '月发放金额', '保障金额'],
      'Monthly amount',
      { per: 'month' },
    ),
    kit.text('stopReason', ['停发原因', '停保原因', '终止原因'], 'Why stopped'),
  ],
  rowRules: [inOrder('startedOn', '享受起', 'endedOn')],
})
