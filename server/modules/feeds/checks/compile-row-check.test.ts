import { describe, expect, test } from 'vitest'
import { checkDigitOf } from '#server/platform/id-number.ts'
import { feeds, findFeed } from '../definitions/index.ts'
import { columnFor, type FeedDefinition } from '../definitions/kit.ts'
import { describeReason, type ReasonCode, reasonTexts } from '../definitions/rows/reasons.ts'
import type { Value } from '../definitions/rows/row-rule.ts'
import { compileRowCheck } from './compile-row-check.ts'

const limits = { today: '2020-03-10', settlementToleranceFen: 20_000 }
const withCheck = (digits: string) => digits + checkDigitOf(digits)
const man = withCheck('34122119620715001')
const woman = withCheck('34122119620715002')

type Cells = Record<string, string>

function feedOf(code: string): FeedDefinition {
  const feed = findFeed(code)
  if (!feed) throw new Error(code)
  return feed
}

/** Checks one row given by column keys; only the columns given are in the file. */
function checkRow(code: string, cells: Cells, header: (key: string) => string = () => '') {
  const feed = feedOf(code)
  const keys = Object.keys(cells)
  const mapping = Object.fromEntries(keys.map((key, index) => [key, { index, header: header(key) }]))
  const row: Value[] = []
  const reasons = compileRowCheck(feed, mapping, limits)(Object.values(cells), row)
  return { reasons, values: Object.fromEntries(feed.columns.map((column, i) => [column.key, row[i]])) }
}

const sound: Record<string, Cells> = {
  household: {
    householdNo: '34122110020100001',
    villageCode: '341221100201',
    headName: '测试户甲',
    headIdNumber: man,
    phone: '19900000001',
    bankCard: '6228480000000000001',
    registered: '是',
    reliefMark: '脱贫',
    relievedYear: '2018',
    identifiedMonth: '2014-04',
    monitoringCategory: '脱贫监测户',
    memberCount: '3',
  },
  member: {
    householdNo: '34122110020100001',
    memberNo: '3412211002010000101',
    name: '测试户甲',
    sex: '男',
    idNumber: man,
    relation: '户主',
    education: '小学',
    studentStatus: '',
    labour: '普通劳动力',
    health: '长期慢性病',
    change: '',
    changedOn: '',
    birth: '',
  },
  income: {
    name: '测试户甲',
    idNumber: man,
    periodFrom: '2018-10-01',
    periodTo: '2019-09-30',
    wage: '12,000.00',
    businessGross: '-',
  },
  'medical-settlement': {
    name: '测试户甲',
    idNumber: man,
    settlementNo: 'JS0001',
    visitKind: '住院',
    admittedOn: '2020-01-02',
    settledOn: '2020-01-12',
    total: '10000',
    basicPaid: '6000',
    seriousPaid: '1000',
    medicalAid: '',
    selfPaid: '2900',
  },
  'medical-insurance': { name: '测试户甲', idNumber: man, year: '2020', resident: '是', employee: '否' },
  illness: {
    name: '测试户甲',
    idNumber: man,
    kind: '大病',
    disease: '食管癌',
    diagnosedOn: '2020-02-01',
    outcome: '',
    outcomeOn: '',
  },
  'school-enrolment': {
    name: '测试户甲',
    idNumber: man,
    term: '2020春',
    stage: '小学',
    status: '在校',
    selfPaidFee: '0',
    reportedOn: '2020-03-01',
  },
  dwelling: {
    name: '测试户甲',
    idNumber: man,
    assessedOn: '2019-11-01',
    grade: 'C级',
    startedOn: '',
    finishedOn: '',
    plannedYear: '2020',
  },
  water: {
    name: '测试户甲',
    idNumber: man,
    observedOn: '2020-02-20',
    cutFrom: '2020-02-01',
    cutTo: '2020-02-09',
    litres: '40.5',
    tripMinutes: '10',
  },
  'social-assistance': {
    name: '测试户甲',
    idNumber: man,
    kind: '低保',
    startedOn: '2019-01-01',
    endedOn: '2020-12-31',
    monthly: '420元',
  },
  disability: {
    name: '测试户甲',
    idNumber: man,
    certificateNo: `${man}42`,
    category: '肢体',
    grade: '二级',
    issuedOn: '2019-05-01',
  },
  'comparison-result': {
    name: '测试户甲',
    idNumber: man,
    item: '小汽车',
    detail: '小汽车一辆',
    foundOn: '2020-03-01',
  },
  complaint: {
    name: '测试户甲',
    idNumber: man,
    ticketNo: 'A1',
    line: '12345',
    subject: '看病',
    content: '看病花钱多',
    receivedOn: '2020-03-01',
  },
  employment: {
    name: '测试户甲',
    idNumber: man,
    month: '2020-01',
    status: '就业',
    place: '省外',
    wage: '3500',
  },
}

test.each(feeds.map((feed) => feed.code))('a sound row of %s passes', (code) => {
  expect(checkRow(code, sound[code] ?? {}).reasons).toBeUndefined()
})

test('values come in the order of the columns, ready for COPY', () => {
  const { values } = checkRow('medical-settlement', sound['medical-settlement'] ?? {})
  expect(values).toMatchObject({
    idNumber: man,
    visitKind: 'inpatient',
    admittedOn: '2020-01-02',
    total: 1_000_000,
    medicalAid: null,
    selfPaid: 290_000,
    hospital: null,
  })
  expect(checkRow('household', sound.household ?? {}).values).toMatchObject({
    villageCode: 341_221_100_201,
    registered: true,
    identifiedMonth: '2014-04-01',
    reliefMark: 'relieved',
    phone: '19900000001',
  })
})

test('the date of birth is taken from the ID number where the file leaves it out', () => {
  const { birth: _, ...without } = sound.member ?? {}
  expect(checkRow('member', without).values.birth).toBe('1962-07-15')
  expect(checkRow('member', { ...without, birth: '-' }).values.birth).toBe('1962-07-15')
})

test('a column headed 万元 is read in 万元', () => {
  const header = (key: string) => (key === 'wage' ? '工资性收入(万元)' : '')
  expect(checkRow('income', { ...sound.income, wage: '1.2' }, header).values.wage).toBe(1_200_000)
  expect(columnFor(feedOf('income'), '工资性收入(万元)')?.key).toBe('wage')
  for (const joined of [
    '收入情况›工资性收入',
    '工资性收入›金额',
    '工资性收入›field_12',
    '工资性收入›aac073',
    '收入›工资性收入(元)',
  ])
    expect(columnFor(feedOf('income'), joined)?.key, joined).toBe('wage')
  expect(columnFor(feedOf('income'), '工资性收入›上年')).toBeUndefined()
})

test('无 in a column that may be empty is empty; in a required one it is refused', () => {
  expect(checkRow('illness', { ...sound.illness, outcomeOn: '无' }).reasons).toBeUndefined()
  expect(checkRow('illness', { ...sound.illness, diagnosedOn: '无' }).reasons).toMatchObject([
    { code: 'date-form' },
  ])
})

test('a rule is silent when one of its columns already failed, and all faults of a row come back together', () => {
  const row = { ...sound['medical-settlement'], idNumber: '1', admittedOn: '2020-02-30', total: '一万' }
  expect(checkRow('medical-settlement', row).reasons?.map((reason) => [reason.key, reason.code])).toEqual([
    ['idNumber', 'id-length'],
    ['admittedOn', 'date-impossible'],
    ['total', 'money-form'],
  ])
})

// Every reason with a row that earns it: feed, the change to a sound row, the column it is about.
const faults: [ReasonCode, string, Cells, string][] = [
  ['missing', 'illness', { disease: '' }, 'disease'],
  ['cell-error', 'income', { wage: '#N/A' }, 'wage'],
  ['formula-without-result', 'income', { wage: '=1550*12' }, 'wage'],
  ['formula-without-result', 'illness', { disease: '=\u2061VLOOKUP(A2)' }, 'disease'],
  ['memo-elsewhere', 'complaint', { content: '[备注字段]' }, 'content'],
  ['too-long', 'illness', { disease: '很'.repeat(201) }, 'disease'],
  ['name-unreadable', 'member', { name: '寮犱?' }, 'name'],
  ['id-mangled', 'illness', { idNumber: '3.41221E+17' }, 'idNumber'],
  ['id-rounded', 'illness', { idNumber: '341221198501010000' }, 'idNumber'],
  ['id-length', 'illness', { idNumber: '34122119' }, 'idNumber'],
  ['id-characters', 'illness', { idNumber: '34122119620715OO1X' }, 'idNumber'],
  ['id-region', 'illness', { idNumber: withCheck('99122119620715001') }, 'idNumber'],
  ['id-birth', 'illness', { idNumber: '34152419000229002X' }, 'idNumber'],
  [
    'id-check-digit',
    'illness',
    { idNumber: `${man.slice(0, 17)}${man.endsWith('1') ? '2' : '1'}` },
    'idNumber',
  ],
  ['id-kind-differs', 'illness', { idKind: '港澳通行证', idNumber: 'B1234567' }, 'idNumber'],
  ['certificate-digits', 'disability', { certificateNo: `${man}92` }, 'certificateNo'],
  ['certificate-length', 'disability', { certificateNo: man }, 'certificateNo'],
  ['phone-form', 'household', { phone: '12345' }, 'phone'],
  ['bank-card-form', 'household', { bankCard: '6.22848E+18' }, 'bankCard'],
  ['division-form', 'household', { villageCode: '341221' }, 'villageCode'],
  ['not-allowed', 'dwelling', { grade: 'E' }, 'grade'],
  ['date-form', 'dwelling', { assessedOn: '前年' }, 'assessedOn'],
  ['date-ambiguous', 'dwelling', { assessedOn: '3/5/2020' }, 'assessedOn'],
  ['date-impossible', 'dwelling', { assessedOn: '2019-02-30' }, 'assessedOn'],
  ['date-future', 'dwelling', { assessedOn: '2020-11-01' }, 'assessedOn'],
  ['month-form', 'employment', { month: '一月' }, 'month'],
  ['month-ambiguous', 'employment', { month: '2020.1' }, 'month'],
  ['term-form', 'school-enrolment', { term: '2020' }, 'term'],
  ['currency-foreign', 'income', { wage: '500美元' }, 'wage'],
  ['money-form', 'income', { wage: '不详' }, 'wage'],
  ['number-form', 'household', { memberCount: '三' }, 'memberCount'],
  ['not-whole', 'household', { memberCount: '2.5' }, 'memberCount'],
  ['too-small', 'income', { wage: '-5' }, 'wage'],
  ['too-large', 'household', { memberCount: '300' }, 'memberCount'],
  ['dates-out-of-order', 'medical-settlement', { admittedOn: '2020-01-13' }, 'settledOn'],
  ['end-without-start', 'water', { cutFrom: '' }, 'cutTo'],
  ['birth-differs-from-id', 'member', { birth: '1962-07-16' }, 'birth'],
  ['sex-differs-from-id', 'member', { idNumber: woman }, 'sex'],
  ['education-and-student', 'member', { studentStatus: '小学' }, 'studentStatus'],
  ['healthy-and-ill', 'member', { health: '健康,残疾' }, 'health'],
  ['parts-differ-from-total', 'medical-settlement', { total: '10200.01' }, 'total'],
  ['signs-differ', 'medical-settlement', { fiscalBackstop: '-50' }, 'total'],
  ['admission-missing', 'medical-settlement', { admittedOn: '' }, 'admittedOn'],
  [
    'mark-without-registration',
    'household',
    { registered: '否', relievedYear: '', monitoringCategory: '' },
    'reliefMark',
  ],
  ['registration-without-mark', 'household', { reliefMark: '', relievedYear: '' }, 'reliefMark'],
  [
    'category-needs-registration',
    'household',
    { registered: '否', reliefMark: '', relievedYear: '' },
    'monitoringCategory',
  ],
  ['category-excludes-registration', 'household', { monitoringCategory: '边缘户' }, 'monitoringCategory'],
  ['relieved-without-year', 'household', { relievedYear: '' }, 'relievedYear'],
  ['grade-differs-from-certificate', 'disability', { grade: '三级' }, 'grade'],
  ['category-differs-from-certificate', 'disability', { category: '视力' }, 'category'],
  ['certificate-of-another', 'disability', { certificateNo: `${woman}42` }, 'certificateNo'],
  ['change-without-date', 'member', { change: '嫁出' }, 'changedOn'],
]

describe('reasons', () => {
  test.each(faults)('%s', (code, feed, change, key) => {
    const { reasons } = checkRow(feed, { ...sound[feed], ...change })
    expect(reasons).toEqual([expect.objectContaining({ code, key })])
    const [reason] = reasons ?? []
    const text = reason && describeReason(feedOf(feed), reason)
    expect(text).toMatch(/。$/)
    expect(text).not.toMatch(/undefined|「」|“”/)
    // A reason goes to logs of other people's desks: it must not carry the person along.
    expect(text).not.toContain(man)
  })

  test('the list above earns every reason there is', () => {
    // These come to light only where rows meet the registry or each other; the intake's tests earn them.
    const inDatabase = [
      'household-unknown',
      'income-of-member',
      'key-conflict',
      'merged-figure',
      'number-of-two',
      'quote-open',
      'too-few-cells',
      'too-many-cells',
      'village-unknown',
    ]
    const earned = [...new Set(faults.map(([code]) => code)), ...inDatabase]
    expect(earned.sort()).toEqual(Object.keys(reasonTexts).sort())
  })

  test('the tolerance of the parts beside the total comes from outside and is inclusive', () => {
    const within = { ...sound['medical-settlement'], total: '10100' }
    expect(checkRow('medical-settlement', within).reasons).toBeUndefined()
    expect(checkRow('medical-settlement', { ...within, total: '9700' }).reasons).toBeUndefined()
    expect(checkRow('medical-settlement', { ...within, total: '9699.99' }).reasons?.[0]?.detail).toBe(
      '200.01',
    )
  })
})
