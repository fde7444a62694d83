import * as kit from '../kit.ts'
import { inOrder, needs } from '../rows/row-rules.ts'

/** Drinking water at the household: cuts, quality, quantity, and the way to fetch it. */
export const water = kit.defineFeed({
  code: 'water',
  name: { zh: '饮水安全监测', en: 'Drinking water' },
  department: 'SL',
  cadence: 'monthly',
  grain: 'household',
  table: 'water_survey',
  key: ['observedOn'],
  observedBy: 'observedOn',
  subjects: {
    cuts: { column: 'cutFrom' },
    state: { column: 'observedOn' },
  },
  columns: [
    ...kit.head(),
    kit.date('observedOn', ['监测日期', '监测时间', '检测日期', '巡查日期'], 'Observed on', kit.required),
    kit.text('project', ['供水工程', '供水工程名称', '水厂', '工程名称'], 'Water works'),
    kit.date('cutFrom', ['停水起', '停水开始日期', '停水起始日期', '停水开始时间'], 'Cut from'),
    kit.date('cutTo', ['停水止', '停水结束日期', '恢复供水日期', '停水结束时间'], 'Cut to', { isEnd: true }),
    kit.oneOf(
      'quality',
      ['水质', '水质检测', '水质检测结果', '水质是否达标', '水质评价'],
      'Quality',
      'waterQuality',
    ),
    kit.decimal(
      'litres',
      ['日人均水量', '人均日水量', '人均水量', '日人均水量(升)'],
      'Litres per person and day',
      { min: 0, max: 1000 },
    ),
    kit.integer(
      'tripMinutes',
      ['取水往返分钟', '取水往返时间', '取水时间', '取水往返时间(分钟)'],
      'Minutes to fetch water',
      { min: 0, max: 600 },
    ),
    kit.yesNo('scarce', ['缺水地区', '是否缺水地区'], 'Water-scarce area'),
  ],
  rowRules: [inOrder('cutFrom', '停水起', 'cutTo'), needs('cutTo', 'cutFrom', '停水起')],
})
