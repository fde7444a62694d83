import { allowedValues, type Column, type FeedDefinition } from '../definitions/kit.ts'

/** Nobody's: born on 1990-01-01, of a place that gives out no numbers. */
const idNumber = '34122119900101001X'
const household = '3412211002010000001'

/** What an example of a column is where the kind of column alone makes none that fits the others of its row. */
const fitting: Readonly<Record<string, string>> = {
  'household.householdNo': household,
  'household.relievedYear': '2018',
  'household.identifiedMonth': '2014-03',
  'household.reliefMark': '已脱贫',
  'household.povertyAttribute': '一般贫困户',
  'household.monitoringCategory': '',
  'household.bankCard': '',
  'household.bankName': '',
  'member.householdNo': household,
  'member.memberNo': `${household}01`,
  'member.birth': '1990-01-01',
  'member.sex': '男',
  'member.relation': '户主',
  'member.studentStatus': '',
  'member.change': '',
  'member.changedOn': '',
  'member.health': '健康',
  'medical-settlement.visitKind': '住院',
  'medical-settlement.total': '12500.00',
  'medical-settlement.basicPaid': '8000.00',
  'medical-settlement.seriousPaid': '1500.00',
  'medical-settlement.insideSupplement': '0.00',
  'medical-settlement.outsideSupplement': '0.00',
  'medical-settlement.medicalAid': '1000.00',
  'medical-settlement.fiscalBackstop': '0.00',
  'medical-settlement.hospitalBorne': '0.00',
  'medical-settlement.selfPaid': '2000.00',
  'medical-settlement.refund': '否',
  'medical-settlement.settlementNo': 'JS202002150001',
  'medical-settlement.hospital': '临泉县人民医院',
  'medical-settlement.diagnosis': '肺炎',
  'disability.certificateNo': `${idNumber}44`,
  'disability.category': '肢体',
  'disability.grade': '四级',
  'complaint.ticketNo': 'GD20200215001',
  'complaint.content': '家里有人生病住院，希望了解救助政策',
}

/** Words of open text by what the column is. */
const words: Readonly<Record<string, string>> = {
  groupName: '第一村民组',
  ethnic: '汉族',
  school: '临泉县第一中学',
  grade: '三年级',
  employer: '合肥某电子厂',
  workplace: '安徽省合肥市',
  detail: '名下有轿车一辆，2016 年购买',
  content: '反映住房漏雨',
}

/** What becomes of something only later. */
const oftenEmpty: ReadonlySet<string> = new Set(['outcome', 'outcomeOn', 'endedOn', 'cutTo', 'stopReason'])

/** A cell of the example of a feed, as it may be typed; empty where most rows leave it so. */
export function exampleOf(feed: FeedDefinition, column: Column): string {
  const own = fitting[`${feed.code}.${column.key}`]
  if (own !== undefined) return own
  if (!column.required && oftenEmpty.has(column.key)) return ''
  const [first = ''] = allowedValues(column)
  const { min = 0, max = Number.POSITIVE_INFINITY } = column
  switch (column.type) {
    case 'name':
      return '张示例'
    case 'idNumber':
      return idNumber
    case 'phone':
      return '13800000000'
    case 'division':
      return '341221001003'
    case 'date':
      return '2020-02-15'
    case 'month':
      return '2020-02'
    case 'term':
      return '2020春'
    case 'money':
      return '1200.00'
    case 'integer':
    case 'decimal':
      return String(Math.min(Math.max(min, 3), max))
    case 'text':
      return words[column.key] ?? `示例${column.header}`
    case 'bankCard':
    case 'disabilityCard':
      return ''
    default:
      return first
  }
}
