import * as kit from '../kit.ts'
import { inOrder } from '../rows/row-rules.ts'

/** Household income item by item over one window, as the national register keeps it. */
export const income = kit.defineFeed({
  code: 'income',
  name: { zh: '家庭收入', en: 'Household income' },
  department: 'FP',
  cadence: 'yearly',
  grain: 'household',
  table: 'income_statement',
  key: ['periodFrom', 'periodTo'],
  observedBy: 'periodTo',
  columns: [
    ...kit.head(),
    kit.date(
      'periodFrom',
      ['统计起始', '统计起始日期', '统计开始日期', '起始日期', '开始日期'],
      'From',
      kit.required,
    ),
    kit.date(
      'periodTo',
      ['统计截止', '统计截止日期', '统计结束日期', '截止日期', '结束日期'],
      'To',
      kit.required,
    ),
    kit.money('wage', ['工资性收入', '务工收入', '工资收入', 'aac073'], 'Wages'),
    kit.money(
      'businessGross',
      ['生产经营性收入', '生产经营收入', '经营性收入', 'aac071'],
      'Business receipts',
    ),
    kit.money('property', ['财产性收入', '财产收入', 'aac072'], 'Property income'),
    kit.money(
      'familyPlanning',
      ['计划生育金', '计生奖补', '计划生育奖励金', 'aac076'],
      'Family-planning allowance',
    ),
    kit.money('dibao', ['低保金', '领取最低生活保障金', '最低生活保障金', 'aac077'], 'Subsistence allowance'),
    kit.money('tekun', ['特困供养金', '五保金', '领取特困供养金', 'aac086'], 'Destitute care'),
    kit.money('pension', ['养老保险金', '养老金', '领取养老保险金', 'aac087'], 'Pension'),
    kit.money('ecoCompensation', ['生态补偿金', '生态补偿', 'aac078'], 'Ecological compensation'),
    kit.money(
      'otherTransfer',
      ['其他转移性收入', '其它转移性收入', '其他转移收入', 'aac083'],
      'Other transfers',
    ),
    kit.money('businessCost', ['生产经营性支出', '生产经营支出', '经营性支出', 'aac074'], 'Business costs'),
    kit.money('claims', ['理赔收入', '理赔金额', '保险理赔'], 'Insurance claims'),
    kit.money('selfPaid', ['合规自付支出', '合规自付', '合规自付费用'], 'Compliant self-paid spending'),
  ],
  rowRules: [inOrder('periodFrom', '统计起始', 'periodTo')],
})
