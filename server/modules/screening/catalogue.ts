import type { Localized, Unit } from '#contract/common.ts'
import type { IndicatorTerm } from '#server/modules/policy/index.ts'

export const indicatorGroups = [
  'registry',
  'members',
  'income',
  'medical',
  'spending',
  'insurance',
  'illness',
  'school',
  'dwelling',
  'water',
  'assistance',
  'disability',
  'employment',
] as const
export type IndicatorGroup = (typeof indicatorGroups)[number]

/** Feeds each group is computed from: a batch of one of them makes the group stale, a late one makes it unknown. */
export const groupFeeds = {
  registry: [],
  members: ['member'],
  income: ['income'],
  medical: ['medical-settlement'],
  spending: ['medical-settlement', 'school-enrolment'],
  insurance: ['medical-insurance'],
  illness: ['illness'],
  school: ['school-enrolment'],
  dwelling: ['dwelling'],
  water: ['water'],
  assistance: ['social-assistance'],
  disability: ['disability'],
  employment: ['employment'],
} as const satisfies Record<IndicatorGroup, readonly string[]>

export interface Indicator extends IndicatorTerm {
  column: string
  sqlType: 'boolean' | 'smallint' | 'integer' | 'bigint'
  group: IndicatorGroup
}

function define(
  group: IndicatorGroup,
  name: string,
  column: string,
  sqlType: Indicator['sqlType'],
  unit: Unit,
  zh: string,
  en: string,
): Indicator {
  const label: Localized = { zh, en }
  return { name, column, sqlType, unit, group, label, feeds: groupFeeds[group] }
}

/**
 * Every column of the `indicator` table that a rule may look at. The registry group is always known; in the others null
 * means that the source is late or has said nothing. Litres are tenths, grades 1–4.
 */
export const indicators: readonly Indicator[] = [
  define('registry', 'registered', 'registered', 'boolean', 'bool', '建档立卡户', 'Registered household'),
  define('registry', 'relieved', 'relieved', 'boolean', 'bool', '脱贫户', 'Relieved household'),
  define('registry', 'unrelieved', 'unrelieved', 'boolean', 'bool', '未脱贫户', 'Unrelieved household'),
  define('registry', 'monitored', 'monitored', 'boolean', 'bool', '监测户', 'Monitored household'),
  define('registry', 'householdSize', 'household_size', 'smallint', 'count', '家庭人口', 'Household size'),
  define(
    'members',
    'labourMembers',
    'labour_members',
    'smallint',
    'count',
    '有劳动力的人数',
    'Members able to work',
  ),
  define(
    'members',
    'schoolAgeMembers',
    'school_age_members',
    'smallint',
    'count',
    '义务教育年龄人数',
    'Members of school age',
  ),
  define(
    'income',
    'netIncomePerHead',
    'net_income_per_head_fen',
    'integer',
    'fen',
    '人均年纯收入',
    'Net income per head',
  ),
  define(
    'income',
    'netIncome',
    'net_income_fen',
    'integer',
    'fen',
    '全家年纯收入',
    'Net income of the household',
  ),
  define(
    'income',
    'previousNetIncome',
    'previous_net_income_fen',
    'integer',
    'fen',
    '上一年全家纯收入',
    'Net income of the year before',
  ),
  define('income', 'incomeDrop', 'income_drop_bp', 'integer', 'bp', '纯收入降幅', 'Fall in net income'),
  define(
    'medical',
    'inpatientSelfPaidYear',
    'inpatient_self_paid_year_fen',
    'integer',
    'fen',
    '今年住院自付合计',
    'Hospital self-payment this year',
  ),
  define(
    'medical',
    'largestStaySelfPaid',
    'largest_stay_self_paid_fen',
    'integer',
    'fen',
    '单次住院最高自付',
    'Costliest stay, self-paid',
  ),
  define(
    'spending',
    'rigidSpending',
    'rigid_spending_fen',
    'integer',
    'fen',
    '一年看病上学自付',
    'Medical and school payments in a year',
  ),
  define(
    'insurance',
    'uninsuredMembers',
    'uninsured_members',
    'smallint',
    'count',
    '未参保人数',
    'Members without medical insurance',
  ),
  define(
    'illness',
    'newMajorIllnessMembers',
    'new_major_illness_members',
    'smallint',
    'count',
    '新增大病人数',
    'Members newly with a major illness',
  ),
  define(
    'illness',
    'epidemicMembers',
    'epidemic_members',
    'smallint',
    'count',
    '确诊或疑似病例人数',
    'Confirmed or suspected cases',
  ),
  define(
    'school',
    'dropoutMembers',
    'dropout_members',
    'smallint',
    'count',
    '失学辍学人数',
    'Children out of school',
  ),
  define(
    'dwelling',
    'dwellingGrade',
    'dwelling_grade',
    'smallint',
    'grade',
    '住房鉴定等级',
    'Grade of the dwelling',
  ),
  define(
    'water',
    'longestWaterCutDays',
    'longest_water_cut_days',
    'smallint',
    'days',
    '最长连续停水',
    'Longest water cut',
  ),
  define(
    'water',
    'waterCutDaysYear',
    'water_cut_days_year',
    'smallint',
    'days',
    '一年累计停水',
    'Water cuts in a year',
  ),
  define(
    'water',
    'waterQualityFailed',
    'water_quality_failed',
    'boolean',
    'bool',
    '水质不合格',
    'Water quality failed',
  ),
  define(
    'water',
    'waterLitres',
    'water_decilitres',
    'smallint',
    'litres',
    '每人每天水量',
    'Water per person and day',
  ),
  define(
    'water',
    'waterTripMinutes',
    'water_trip_minutes',
    'smallint',
    'minutes',
    '取水往返时间',
    'Trip to fetch water',
  ),
  define('water', 'waterScarce', 'water_scarce', 'boolean', 'bool', '缺水地区', 'Water-scarce area'),
  define(
    'assistance',
    'assistanceStoppedMembers',
    'assistance_stopped_members',
    'smallint',
    'count',
    '低保特困停发人数',
    'Members whose assistance stopped',
  ),
  define(
    'disability',
    'newSevereDisabilityMembers',
    'new_severe_disability_members',
    'smallint',
    'count',
    '新增一二级残疾人数',
    'Members newly with a severe disability',
  ),
  define(
    'disability',
    'newMildDisabilityMembers',
    'new_mild_disability_members',
    'smallint',
    'count',
    '新增三四级残疾人数',
    'Members newly with a mild disability',
  ),
  define(
    'employment',
    'longestJoblessMonths',
    'longest_jobless_months',
    'smallint',
    'months',
    '连续无就业月数',
    'Months in a row without work',
  ),
]

export const indicatorByName: ReadonlyMap<string, Indicator> = new Map(
  indicators.map((one) => [one.name, one]),
)
