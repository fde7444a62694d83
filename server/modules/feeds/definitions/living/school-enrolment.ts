import * as kit from '../kit.ts'

/** Who is at which school, who is not, and what the term costs and is subsidised with. */
export const schoolEnrolment = kit.defineFeed({
  code: 'school-enrolment',
  name: { zh: '学籍与在校状况', en: 'School enrolment' },
  department: 'JY',
  cadence: 'term',
  grain: 'person',
  table: 'school_enrolment',
  key: ['term'],
  observedBy: 'reportedOn',
  asOf: 'reportedOn',
  subjects: {
    status: { column: 'status' },
    fees: { column: 'selfPaidFee' },
  },
  columns: [
    ...kit.person('学生姓名'),
    kit.term('term', ['学期', '学年学期', '所在学期', 'XNXQ'], 'Term', kit.required),
    kit.text('school', ['学校', '学校名称', '就读学校', 'XXMC'], 'School'),
    kit.oneOf('stage', ['学段', '教育阶段', '就读学段', 'XD'], 'Stage', 'schoolStage', kit.required),
    kit.text('grade', ['年级', '所在年级', 'NJ'], 'Grade'),
    kit.oneOf(
      'status',
      ['在校状态', '在校情况', '就学状态', '学籍状态', 'ZXZT'],
      'Status',
      'schoolStatus',
      kit.required,
    ),
    kit.oneOf(
      'reason',
      ['合法理由', '未在校原因', '失学辍学原因', '失学或辍学原因', '原因'],
      'Lawful reason',
      'absenceReason',
    ),
    kit.money('selfPaidFee', ['自付学费', '自缴学费', '个人缴纳学费', '学费'], 'Fees paid by the family'),
    kit.money('aid', ['资助金额', '资助资金', '享受资助金额', 'SZJE'], 'Aid'),
    kit.date('reportedOn', ['统计日期', '上报日期', '数据日期', '更新日期'], 'Reported on', kit.required),
  ],
  rowRules: [],
})
