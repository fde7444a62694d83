import * as kit from '../kit.ts'
import { certificateFits } from '../rows/row-rules.ts'

/** Certificates of disability, with category and grade. */
export const disability = kit.defineFeed({
  code: 'disability',
  name: { zh: '残疾人证', en: 'Disability certificates' },
  department: 'CL',
  cadence: 'monthly',
  grain: 'person',
  table: 'disability_certificate',
  key: ['certificateNo'],
  observedBy: 'issuedOn',
  steady: true,
  columns: [
    ...kit.person('残疾人姓名'),
    kit.disabilityCard(
      'certificateNo',
      ['残疾证号', '残疾人证号', '残疾证号码', '残疾人证号码', 'CJZH'],
      'Certificate number',
      kit.required,
    ),
    kit.oneOf('category', ['残疾类别', '残疾类型', 'CJLB'], 'Category', 'disabilityCategory', kit.required),
    kit.oneOf('grade', ['残疾等级', '残疾级别', 'CJDJ'], 'Grade', 'disabilityGrade', kit.required),
    kit.date(
      'issuedOn',
      ['发证日期', '办证日期', '首次发证日期', '发证时间', '办证时间'],
      'Issued on',
      kit.required,
    ),
    kit.money('allowance', ['两项补贴', '残疾人两项补贴', '两项补贴金额'], 'Disability allowances', {
      per: 'month',
    }),
  ],
  rowRules: certificateFits('certificateNo', 'idNumber', 'category', 'grade'),
})
