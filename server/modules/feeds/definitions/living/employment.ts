import * as kit from '../kit.ts'

/** Work by month: where, for whom, for how much. */
export const employment = kit.defineFeed({
  code: 'employment',
  name: { zh: '务工就业', en: 'Employment' },
  department: 'RS',
  cadence: 'monthly',
  grain: 'person',
  table: 'employment_month',
  key: ['month'],
  observedBy: 'month',
  columns: [
    ...kit.person('务工人员姓名'),
    kit.month('month', ['月份', '统计月份', '所属月份', '就业月份', '年月'], 'Month', kit.required),
    kit.oneOf(
      'status',
      ['就业状态', '就业情况', '就业状况', '务工状态'],
      'Status',
      'employmentStatus',
      kit.required,
    ),
    kit.oneOf(
      'place',
      ['务工地', '务工地点', '务工所在地', '就业区域', '务工区域'],
      'Place of work',
      'workplace',
    ),
    kit.text(
      'employer',
      ['单位', '用工单位', '务工企业名称', '就业单位', '单位名称', '务工单位'],
      'Employer',
    ),
    kit.money('wage', ['月工资', '月收入', '工资', '月工资收入'], 'Monthly wage', { per: 'month' }),
    kit.yesNo(
      'publicPost',
      ['公益性岗位', '是否公益性岗位', '是否公益岗', '公益岗位'],
      'Public-welfare post',
    ),
  ],
  rowRules: [],
})
