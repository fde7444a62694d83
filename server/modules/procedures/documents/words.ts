import type { CaseDocument } from '#contract/contact/documents.ts'
import type { AuthorisationScope } from '#contract/protection/own-record.ts'
import type { CaseKind, Guard } from '#contract/work/cases.ts'
import type { ClueFinding, VisitItem, VisitItemKey } from '#contract/work/visits.ts'

/** The words of the forms, which are Chinese whoever prints them. */
export const documentNames: Record<CaseDocument, string> = {
  'verification-form': '入户核查表',
  'authorisation-form': '承诺授权书',
  'review-minutes': '民主评议记录',
  'publicity-notice': '公示',
  'township-audit-form': '乡镇审核表',
  'county-approval-form': '县级审定表',
  'announcement-notice': '公告',
  'resolution-form': '风险消除审批表',
}

export const kindNames: Record<CaseKind, string> = { identification: '识别', resolution: '风险消除' }

export const noticeTitles: Record<`${CaseKind}-${'publicity' | 'announce'}`, string> = {
  'identification-publicity': '防止返贫监测对象公示',
  'identification-announce': '防止返贫监测对象公告',
  'resolution-publicity': '监测对象风险消除公示',
  'resolution-announce': '监测对象风险消除公告',
}

export const itemNames: Record<VisitItemKey, string> = {
  food: '吃饭',
  clothing: '穿衣',
  education: '义务教育',
  medical: '基本医疗',
  housing: '住房安全',
  water: '饮水安全',
  income: '收入',
  spending: '大额刚性支出',
  'self-help': '自己能否应对',
}

export const resultNames: Record<VisitItem['result'], string> = {
  good: '没有问题',
  problem: '有问题',
  'not-concerned': '不涉及',
}

export const outcomeNames: Record<ClueFinding['outcome'], string> = {
  confirm: '确认有风险',
  exclude: '排除',
  solved: '部门已解决',
}

export const excludeNames: Record<NonNullable<ClueFinding['reason']>, string> = {
  'fact-wrong': '数据有误',
  'cost-reimbursed': '费用已报销',
  'income-sufficient': '收入足以承担',
  'supported-by-kin': '子女亲属能承担',
  'already-helped': '已有帮扶',
  'not-resident': '不在本地居住',
  other: '其他',
}

export const scopeNames: Record<AuthorisationScope, string> = {
  bank: '银行存款',
  vehicles: '车辆',
  housing: '房产',
  business: '工商登记',
  tax: '纳税',
}

/** On paper each is ticked or not. */
export const authorisedItems = `勾选的各项（${Object.values(scopeNames).join('、')}）`

/** What a step ended in, as it stands in a form. */
export const opinionNames: Record<string, string> = {
  done: '同意',
  'sent-back': '退回重新评议',
  refused: '不同意',
}

/** Conditions of a resolution as they stand in its form. */
export const conditionNames: Partial<Record<Guard, string>> = {
  'visit-missing': '近期已入户核实',
  'visit-problem': '入户逐项没有发现问题',
  'members-left': '户内已无人员',
  'months-since': '纳入监测已满规定月数',
  'income-line': '人均纯收入稳定高于监测线',
  'income-unknown': '收入情况清楚',
  insurance: '全家参加基本医保',
  'insurance-unknown': '医保情况清楚',
  dropout: '没有失学辍学',
  'school-unknown': '上学情况清楚',
  dwelling: '住房安全',
  'dwelling-unknown': '住房情况清楚',
  water: '饮水安全',
  'water-unknown': '饮水情况清楚',
  'no-measure': '已落实帮扶措施',
  'measure-unfinished': '帮扶措施都已开始',
  'open-clue': '没有在办线索',
  guaranteed: '不属于整户无劳动能力兜底保障户',
}
