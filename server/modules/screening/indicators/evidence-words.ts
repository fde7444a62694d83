import type { Localized } from '#contract/common.ts'
import { type EnumerationName, enumerations, labelOf } from '#contract/enumerations/enumerations.ts'
import { sayFigure } from '#server/modules/policy/rules/index.ts'

export interface EvidenceRow {
  fact: string
  happenedOn: string | null
  amountFen: number | null
  detail: Record<string, string | number | boolean | null>
}

type Locale = keyof Localized
type Part = (row: EvidenceRow, locale: Locale) => string

/** What each kind of row says, in order; parts that the row leaves open are left out. */
const parts: Record<string, readonly Part[]> = {
  medical_settlement: [
    coded('visitKind', 'visitKind'),
    plain('hospital'),
    plain('diagnosis'),
    amount({ zh: '个人自付', en: 'paid by the family' }),
  ],
  income_statement: [span({ zh: '收入统计期', en: 'Income statement' }, 'from', 'to')],
  medical_insurance: [
    labelled({ zh: '年度参保：居民、职工都为否', en: ': neither resident nor employee insurance' }, 'year'),
    coded('insurancePayment', 'payment'),
  ],
  illness: [coded('illnessKind', 'illnessKind'), plain('disease'), coded('illnessOutcome', 'outcome')],
  school_enrolment: [
    plain('term'),
    plain('school'),
    coded('schoolStatus', 'schoolStatus'),
    amount({ zh: '自付学费', en: 'fees paid by the family' }),
  ],
  dwelling_survey: [graded({ zh: '住房鉴定', en: 'Dwelling graded' })],
  water_survey: [
    coded('waterQuality', 'quality', { zh: '水质', en: 'Water quality: ' }),
    figure('litres', { zh: '每人每天', en: 'Per person and day' }, { zh: ' 升', en: ' litres' }),
    figure('minutes', { zh: '取水往返', en: 'One trip' }, { zh: ' 分钟', en: ' minutes' }),
    span({ zh: '停水', en: 'Water cut' }, 'cutFrom', 'cutTo'),
    plain('project'),
  ],
  social_assistance: [
    coded('assistanceKind', 'assistanceKind', undefined, { zh: '停发', en: ' stopped' }),
    plain('reason'),
    amount({ zh: '每月', en: 'a month' }),
  ],
  disability_certificate: [
    coded('disabilityCategory', 'category', undefined, { zh: '残疾', en: ' disability' }),
    coded('disabilityGrade', 'disabilityGrade'),
  ],
  employment_month: [coded('employmentStatus', 'employmentStatus')],
  member_record: [coded('labour', 'labour')],
}

/** One row of evidence in words: `住院，县人民医院，个人自付 3,200 元`. */
export function sayEvidence(row: EvidenceRow): Localized {
  const say = (locale: Locale) =>
    (parts[row.fact] ?? [])
      .map((part) => part(row, locale))
      .filter((text) => text !== '')
      .join(locale === 'zh' ? '，' : ', ')
  return { zh: say('zh'), en: say('en') }
}

function textOf(row: EvidenceRow, key: string): string {
  const value = row.detail[key]
  return value === null || value === undefined ? '' : String(value)
}

function plain(key: string): Part {
  return (row) => textOf(row, key)
}

function coded(enumeration: EnumerationName, key: string, before?: Localized, after?: Localized): Part {
  return (row, locale) => {
    const code = textOf(row, key)
    if (code === '' || !(code in enumerations[enumeration])) return ''
    return `${before?.[locale] ?? ''}${labelOf(enumeration, code, locale)}${after?.[locale] ?? ''}`
  }
}

function labelled(text: Localized, key: string): Part {
  return (row, locale) => (textOf(row, key) === '' ? '' : `${textOf(row, key)}${text[locale]}`)
}

function graded(label: Localized): Part {
  return (row, locale) => {
    const suffix = locale === 'zh' ? ' 级' : ''
    return `${label[locale]} ${textOf(row, 'grade')}${suffix}`
  }
}

function figure(key: string, label: Localized, unit: Localized): Part {
  return (row, locale) =>
    textOf(row, key) === '' ? '' : `${label[locale]} ${textOf(row, key)}${unit[locale]}`
}

function span(label: Localized, from: string, to: string): Part {
  return (row, locale) => {
    if (textOf(row, from) === '') return ''
    const until = textOf(row, to) || { zh: '尚未恢复', en: 'not ended' }[locale]
    return `${label[locale]} ${textOf(row, from)} ${locale === 'zh' ? '至' : 'to'} ${until}`
  }
}

function amount(label: Localized): Part {
  return ({ amountFen }, locale) =>
    amountFen === null ? '' : `${label[locale]} ${sayFigure('fen', amountFen, locale)}`
}
