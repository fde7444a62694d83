import * as kit from '../kit.ts'

/** Who is insured in which year, in the residents' or the employees' scheme. */
export const medicalInsurance = kit.defineFeed({
  code: 'medical-insurance',
  name: { zh: '基本医保参保', en: 'Medical insurance' },
  department: 'YB',
  cadence: 'monthly',
  grain: 'person',
  table: 'medical_insurance',
  key: ['year'],
  columns: [
    ...kit.person('参保人姓名'),
    kit.integer('year', ['参保年度', '年度', '缴费年度', '参保年份', 'aar040'], 'Year', {
      required: true,
      min: 2000,
      max: 2100,
    }),
    kit.yesNo(
      'resident',
      ['居民参保', '是否参加城乡居民医保', '城乡居民医保', '城乡居民基本医疗保险', 'aab013'],
      "Residents' scheme",
      kit.required,
    ),
    kit.yesNo(
      'employee',
      ['职工参保', '是否参加职工医保', '职工医保', '城镇职工基本医疗保险'],
      "Employees' scheme",
      kit.required,
    ),
    kit.oneOf('status', ['缴费状态', '参保缴费状态', '缴费情况'], 'Payment', 'insurancePayment'),
    kit.date('paidOn', ['缴费日期', '缴费时间', '到账日期'], 'Paid on'),
  ],
  rowRules: [],
})
