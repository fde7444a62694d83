import * as kit from '../kit.ts'
import { addsUp, inOrder, oneSign, when } from '../rows/row-rules.ts'

const parts = [
  'basicPaid',
  'seriousPaid',
  'insideSupplement',
  'outsideSupplement',
  'medicalAid',
  'fiscalBackstop',
  'hospitalBorne',
  'selfPaid',
]

/** Of either sign: what goes back is a settlement below nothing. */
const either = { min: undefined }

/** Settlements of hospital and outpatient bills after every reimbursement, and those that take one back. */
export const medicalSettlement = kit.defineFeed({
  code: 'medical-settlement',
  name: { zh: '医疗费用结算', en: 'Medical settlements' },
  department: 'YB',
  cadence: 'monthly',
  grain: 'person',
  table: 'medical_settlement',
  // A refund may bear the number of its bill; it stands beside it.
  key: ['settlementNo', 'refund'],
  takesBack: true,
  observedBy: 'settledOn',
  subjects: {
    inpatient: { column: 'visitKind', codes: ['inpatient'] },
    outpatient: { column: 'visitKind', codes: ['outpatient', 'chronic-outpatient'] },
  },
  sizedBy: 'visitKind',
  columns: [
    ...kit.person('患者姓名', '参保人姓名'),
    kit.text(
      'settlementNo',
      ['结算单号', '结算编号', '结算流水号', '结算ID', '单据号', 'setl_id', 'JSDH'],
      'Settlement number',
      kit.required,
    ),
    kit.oneOf(
      'visitKind',
      ['就医类别', '医疗类别', '就诊类型', '就诊类别', 'med_type', 'YLLB'],
      'Kind of visit',
      'visitKind',
      kit.required,
    ),
    kit.text(
      'hospital',
      ['医疗机构', '定点医疗机构', '医疗机构名称', '医院名称', '就诊医院', 'fixmedins_name'],
      'Hospital',
    ),
    kit.date(
      'admittedOn',
      ['入院日期', '入院时间', '就诊日期', '住院日期', '开始日期', 'adm_date', 'RYRQ'],
      'Admitted on',
    ),
    kit.date(
      'settledOn',
      ['结算日期', '结算时间', '出院结算日期', 'setl_time', 'JSRQ'],
      'Settled on',
      kit.required,
    ),
    kit.text(
      'diagnosis',
      ['诊断名称', '出院诊断', '主要诊断', '疾病名称', '诊断', 'diag_name', 'ZDMC'],
      'Diagnosis',
    ),
    kit.money(
      'total',
      ['医疗费总额', '医疗总费用', '总费用', '费用总额', '医疗费用总额', 'YLFZE', 'medfee_sumamt'],
      'Total',
      { ...either, required: true },
    ),
    kit.money(
      'basicPaid',
      ['基本医保支付', '基本医保报销', '统筹支付', '基本医疗支付', 'JBYBZF', 'hifp_pay'],
      'Basic insurance',
      either,
    ),
    kit.money(
      'seriousPaid',
      ['大病保险支付', '大病报销', '大病保险报销', 'DBBX', 'hifmi_pay'],
      'Serious-illness insurance',
      either,
    ),
    kit.money(
      'insideSupplement',
      ['政策内补充报销', '政策内补充', '政策内补充医疗支付', 'ZCNBC'],
      'Supplement, inside policy',
      either,
    ),
    kit.money(
      'outsideSupplement',
      ['政策外补充报销', '政策外补充', '政策外补充医疗支付', 'ZCWBC'],
      'Supplement, outside policy',
      either,
    ),
    kit.money(
      'medicalAid',
      ['医疗救助', '医疗救助支付', '民政救助', 'YLJZ', 'maf_pay'],
      'Medical aid',
      either,
    ),
    kit.money('fiscalBackstop', ['财政兜底', '政府兜底', '财政兜底支付', 'CZDD'], 'Fiscal backstop', either),
    kit.money(
      'hospitalBorne',
      ['定点机构承担', '医院承担', '定点医疗机构承担', 'DDJGCD'],
      'Borne by the hospital',
      either,
    ),
    kit.money(
      'selfPaid',
      ['个人自付', '个人支付', '个人自付金额', '自付费用', '个人负担', 'GRZF', 'psn_pay'],
      'Paid by the patient',
      { ...either, required: true },
    ),
    kit.yesNo(
      'refund',
      ['退费标志', '退费结算标志', '是否退费', '冲销标志', '红冲标志', 'refd_setl_flag'],
      'Takes a bill back',
      { otherwise: { from: 'total', make: (total) => Number(total) < 0 } },
    ),
  ],
  rowRules: [
    inOrder('admittedOn', '入院日期', 'settledOn'),
    when(
      ['admittedOn', 'visitKind'],
      'admission-missing',
      ([day, kind]) => kind === 'inpatient' && day === null,
    ),
    addsUp('total', parts),
    oneSign('refund', 'total', parts),
  ],
})
