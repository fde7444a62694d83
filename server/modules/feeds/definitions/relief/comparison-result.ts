import * as kit from '../kit.ts'

/** What departments found about the items of the check list, collated by the county. */
export const comparisonResult = kit.defineFeed({
  code: 'comparison-result',
  name: { zh: '信息比对结果', en: 'Comparison results' },
  department: 'FP',
  cadence: 'event',
  grain: 'person',
  table: 'asset_record',
  key: ['item'],
  observedBy: 'foundOn',
  asOf: 'foundOn',
  columns: [
    ...kit.person('姓名'),
    kit.oneOf(
      'item',
      ['核查项', '核查项目', '比对项', '比对内容', '负面清单'],
      'Item',
      'checklistItem',
      kit.required,
    ),
    kit.text('detail', ['说明', '比对结果', '核查结果', '详情', '备注'], 'What was found', kit.required),
    kit.date('foundOn', ['日期', '比对日期', '核查日期', '数据日期'], 'Found on', kit.required),
  ],
  rowRules: [],
})
