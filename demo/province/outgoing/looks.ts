export type Format = 'csv' | 'xlsx' | 'xls' | 'dbf'
export type Encoding = 'utf8-bom' | 'utf8' | 'gbk' | 'gb18030'
export type DateStyle = 'dash' | 'slash' | 'compact' | 'chinese' | 'dot'

/** How a department's file looks: what it is called, its format, its headers where they differ from the standard ones. */
export interface Look {
  title: string
  format: Format
  encoding: Encoding
  dates: DateStyle
  /** IDs and other long digits stand in `="…"`. */
  wraps: boolean
  /** Two title rows stand above the header, as in the national system's exports. */
  titleRows: boolean
  /** Enumerations by the national system's codes instead of words. */
  nationalCodes: boolean
  headers: Readonly<Record<string, string>>
  /** Money stands in it, and the headers say so; yuan where it is left out. */
  moneyIn?: '万元'
  /** The columns of the file in their order; all of the feed in its own order where it is left out. */
  columns?: readonly string[]
}

const plain = {
  encoding: 'utf8',
  dates: 'dash',
  wraps: false,
  titleRows: false,
  nationalCodes: false,
} as const

export const looks: Readonly<Record<string, Look>> = {
  household: {
    ...plain,
    title: '扶贫办-建档立卡户信息',
    format: 'xlsx',
    titleRows: true,
    headers: {
      villageCode: '行政村代码',
      groupName: '村民小组',
      bankCard: '银行卡号',
      registered: '是否建档立卡户',
      mainCause: '主要致(返)贫原因',
      identifiedMonth: '识别年月',
      relievedYear: '脱贫年份',
      monitoringCategory: '监测对象类型',
      memberCount: '家庭人口',
      farmland: '耕地面积(亩)',
      dwellingArea: '住房面积(平方米)',
      roadType: '入户路类型',
      toilet: '是否有卫生厕所',
    },
  },
  member: {
    ...plain,
    title: '扶贫办-家庭成员信息',
    format: 'csv',
    encoding: 'gb18030',
    dates: 'compact',
    wraps: true,
    nationalCodes: true,
    headers: {
      householdNo: 'aac001',
      memberNo: 'aab001',
      name: 'aab002',
      sex: 'aab003',
      idNumber: 'aab004',
      birth: 'aab005',
      relation: 'aab006',
      ethnic: 'aab007',
      education: 'aab008',
      studentStatus: 'aab009',
      labour: 'aab010',
      health: 'aab017',
      phone: 'aab031',
      change: '自然增减原因',
      changedOn: '自然变更时间',
    },
  },
  income: {
    ...plain,
    title: '扶贫办-家庭收入',
    format: 'csv',
    encoding: 'utf8-bom',
    titleRows: true,
    headers: { periodFrom: '统计开始日期', periodTo: '统计结束日期', wage: '务工收入', selfPaid: '合规自付' },
  },
  'medical-settlement': {
    ...plain,
    title: '医保局-医疗费用结算',
    format: 'csv',
    encoding: 'gbk',
    wraps: true,
    headers: {
      name: '患者姓名',
      idNumber: '身份证号码',
      settlementNo: '结算流水号',
      visitKind: '医疗类别',
      hospital: '定点医疗机构',
      settledOn: '结算时间',
      diagnosis: '出院诊断',
      total: '医疗总费用',
      basicPaid: '统筹支付',
      seriousPaid: '大病报销',
      selfPaid: '个人自付金额',
    },
  },
  'medical-insurance': {
    ...plain,
    title: '医保局-基本医保参保',
    format: 'csv',
    encoding: 'gbk',
    dates: 'slash',
    wraps: true,
    headers: { name: '参保人姓名', idNumber: '公民身份号码', resident: '城乡居民医保', employee: '职工医保' },
  },
  illness: {
    ...plain,
    title: '卫健委-新增大病慢病',
    format: 'xlsx',
    dates: 'slash',
    headers: {
      name: '患者姓名',
      idNumber: '身份证号',
      kind: '疾病类型',
      disease: '病种名称',
      special: '是否专项救治病种',
    },
  },
  epidemic: {
    ...plain,
    title: '卫健委-疫情日报',
    format: 'csv',
    encoding: 'utf8',
    headers: { name: '病例姓名', idNumber: '身份证号', kind: '病例类型', outcome: '转归情况' },
  },
  'school-enrolment': {
    ...plain,
    title: '教育局-学籍与在校状况',
    format: 'xlsx',
    dates: 'chinese',
    titleRows: true,
    headers: {
      name: '学生姓名',
      idNumber: '身份证号',
      school: '学校名称',
      status: '在校情况',
      aid: '享受资助金额',
    },
  },
  dwelling: {
    ...plain,
    title: '住建局-农房安全鉴定',
    format: 'xlsx',
    dates: 'slash',
    headers: { name: '户主', idNumber: '户主身份证号', grade: '危房等级', livedIn: '是否有人居住' },
  },
  water: {
    ...plain,
    title: '水利局-农村饮水监测',
    format: 'xlsx',
    headers: {
      idNumber: '户主身份证号码',
      project: '供水工程名称',
      quality: '水质是否达标',
      tripMinutes: '取水往返时间(分钟)',
    },
  },
  'social-assistance': {
    ...plain,
    title: '民政局-社会救助',
    format: 'xls',
    dates: 'dot',
    headers: { name: '救助对象姓名', kind: '救助类别', monthly: '月保障金额' },
  },
  disability: {
    ...plain,
    title: '残联-残疾人证',
    format: 'dbf',
    encoding: 'gbk',
    dates: 'compact',
    headers: {},
  },
  employment: {
    ...plain,
    title: '人社局-务工就业',
    format: 'csv',
    encoding: 'utf8-bom',
    headers: {
      month: '统计月份',
      status: '就业情况',
      place: '务工所在地',
      employer: '务工企业名称',
      publicPost: '是否公益性岗位',
    },
  },
}

/** Cities whose departments run systems of their own: other headers, other formats, other units, fewer columns. */
export const cityLooks: Readonly<Record<string, Look>> = {
  'medical-settlement-3412': {
    ...plain,
    title: '阜阳市医保局-结算明细',
    format: 'csv',
    dates: 'compact',
    headers: {
      name: '参保人姓名',
      idNumber: '身份证号',
      settlementNo: 'setl_id',
      visitKind: 'med_type',
      hospital: 'fixmedins_name',
      admittedOn: 'adm_date',
      settledOn: 'setl_time',
      diagnosis: 'diag_name',
      total: 'medfee_sumamt',
      basicPaid: 'hifp_pay',
      seriousPaid: 'hifmi_pay',
      medicalAid: 'maf_pay',
      selfPaid: 'psn_pay',
    },
    columns: [
      ...['settlementNo', 'idNumber', 'name', 'visitKind', 'admittedOn', 'settledOn', 'total', 'selfPaid'],
      ...[
        'basicPaid',
        'seriousPaid',
        'insideSupplement',
        'outsideSupplement',
        'medicalAid',
        'fiscalBackstop',
      ],
      ...['hospitalBorne', 'hospital', 'diagnosis'],
    ],
  },
  'income-3416': {
    ...plain,
    title: '亳州市扶贫办-家庭收入',
    format: 'xlsx',
    titleRows: true,
    moneyIn: '万元',
    headers: { periodFrom: '开始日期', periodTo: '结束日期', pension: '养老金' },
  },
  'employment-3415': {
    ...plain,
    title: '六安市人社局-就业台账',
    format: 'csv',
    encoding: 'gbk',
    wraps: true,
    headers: { month: '年月', status: '就业状态', place: '务工地点', employer: '务工单位', wage: '月收入' },
    columns: ['idNumber', 'name', 'month', 'status', 'wage', 'place', 'employer'],
  },
  'social-assistance-3413': {
    ...plain,
    title: '宿州市民政局-救助台账',
    format: 'xlsx',
    dates: 'chinese',
    titleRows: true,
    headers: { kind: '保障类型', startedOn: '纳入日期', endedOn: '停发日期', monthly: '月发放金额' },
  },
  complaint: {
    ...plain,
    title: '信访局-热线诉求',
    format: 'csv',
    encoding: 'utf8-bom',
    headers: { ticketNo: '工单编号', receivedOn: '受理日期' },
  },
}

/** Larger provinces send plain text where a workbook would not hold the rows. */
export function formatAt(look: Look, households: number): { format: Format; encoding: Encoding } {
  if (look.format === 'xls' && households > 40_000) return { format: 'csv', encoding: 'gbk' }
  if (look.format === 'xlsx' && households > 300_000) return { format: 'csv', encoding: 'utf8-bom' }
  return look
}
