import { beijingDay } from '#contract/days.ts'
import { labelOf } from '#contract/enumerations/enumerations.ts'
import { yuanText } from '#contract/money.ts'
import { AuthorisationScope } from '#contract/protection/own-record.ts'
import type { HouseholdCategory } from '#contract/registry/households.ts'
import type { Case, CaseStep } from '#contract/work/cases.ts'
import { type Visit, visitItems } from '#contract/work/visits.ts'
import { categoryNames, causeNames, levelNames } from '#server/modules/clues/index.ts'
import { figuresOf } from '#server/modules/deadlines/index.ts'
import { getParameter } from '#server/modules/policy/index.ts'
import { packOn } from '#server/modules/screening/index.ts'
import type { Fields } from '#server/platform/files/docx.ts'
import {
  authorisedItems,
  excludeNames,
  itemNames,
  kindNames,
  opinionNames,
  outcomeNames,
  resultNames,
  scopeNames,
} from './words.ts'

type Card = Visit['card']
type Row = Record<string, string>
const list = (words: readonly string[]) => words.join('、')
/** Where something is to be written in by hand, inside a sentence. */
const gap = '＿＿＿'
const blankDay = '　　　　年　　月　　日'
const yuan = (fen: number | null | undefined) => (fen === null || fen === undefined ? gap : yuanText(fen))
/** As official papers write a day; what is not known yet is left to be written in. */
export function chineseDay(day: string | null | undefined): string {
  if (!day) return blankDay
  const [year, month, date] = day.split('-').map(Number)
  return `${year}年${month}月${date}日`
}

/** Rows with their numbers; where there are none, one empty row to write in by hand. */
function rows(all: readonly Row[], names: readonly string[]): Row[] {
  const empty = Object.fromEntries(['序号', ...names].map((name) => [name, '']))
  return all.length === 0 ? [empty] : all.map((row, i) => ({ 序号: String(i + 1), ...row }))
}

export interface FormSource {
  one: Case
  card: Card
  visit: Visit | undefined
  today: string
}

/** Everything a form about one case may name. What is not there yet stays empty, to be written by hand. */
export function formFields({ one, card, visit, today }: FormSource): Fields {
  return {
    ...householdFields(one, card),
    ...visitFields(visit),
    ...stepFields(one, today),
    ...comparisonFields(one),
    线索: rows(
      one.clues.map(({ cause, level, why }) => ({
        ...{ 原因: causeNames[cause], 等级: levelNames[level], 说明: why.zh },
      })),
      ['原因', '等级', '说明'],
    ),
  }
}

function householdFields(one: Case, card: Card): Fields {
  const { household } = one
  const members = card.members
    .filter(({ leftOn }) => leftOn === null)
    .map((member) => ({
      姓名: member.name,
      关系: labelOf('relation', member.relation),
      性别: labelOf('sex', member.sex),
      年龄: member.age === null ? '' : String(member.age),
      证件号: member.idNumber ?? '',
      健康: list(member.health.map((code) => labelOf('health', code))),
      劳动能力: labelOf('labour', member.labour),
      文化: member.education ? labelOf('education', member.education) : '',
    }))
  const pack = packOn(one.openedOn)
  const adult = getParameter(figuresOf(one.openedOn, Math.floor(household.county.code / 1e6)), 'adultAge')
  const memberNames = ['姓名', '关系', '性别', '年龄', '证件号', '健康', '劳动能力', '文化']
  return {
    县: household.county.name,
    乡镇: household.township.name,
    村: household.village.name,
    户主: household.headName,
    户编号: household.householdNo,
    人数: String(household.memberCount),
    电话: card.phone ?? '',
    是否建档立卡: household.registered ? '是' : '否',
    现在类别: categoryNames[household.category as HouseholdCategory],
    认定类别: one.category ? categoryNames[one.category] : '',
    办理类型: kindNames[one.kind],
    原因: list(one.causes.map((cause) => causeNames[cause])),
    开始日期: chineseDay(one.openedOn),
    绿色通道: one.greenChannel ? '是' : '否',
    政策: basisOf(pack),
    监督电话: pack.hotline,
    授权文字: pack.authorisation.text.zh.replace('{items}', authorisedItems),
    授权书版本: pack.authorisation.version,
    部门人均纯收入: yuan(card.income?.netPerHeadFen),
    监测线: card.monitoringLineFen === null ? '当天没有设定' : yuan(card.monitoringLineFen),
    成员: rows(members, memberNames),
    成年成员: rows(
      // As those who must sign: of unknown age, but with papers.
      members.filter(({ 年龄, 证件号 }) => (年龄 === '' ? 证件号 !== '' : Number(年龄) >= adult)),
      memberNames,
    ),
  }
}

/** The papers a form rests on: the newest that have a number of an office, as in “皖扶组〔2020〕2号”. */
function basisOf({ documents, title }: ReturnType<typeof packOn>): string {
  const numbered = [...documents.values()].flatMap(({ number, title: name }) => {
    const year = /〔(\d{4})〕/.exec(number ?? '')?.[1]
    return year ? [{ year, words: `《${name.zh}》（${number}）` }] : []
  })
  const newest = numbered
    .map(({ year }) => year)
    .toSorted()
    .at(-1)
  return list(numbered.filter(({ year }) => year === newest).map(({ words }) => words)) || title.zh
}

function visitFields(visit: Visit | undefined): Fields {
  const report = visit?.report
  const met = visit?.card.members.find(({ ref }) => ref === report?.met)
  return {
    入户日期: chineseDay(report && beijingDay(report.startedAt)),
    入户人: report?.by ?? gap,
    同行人: report?.secondVisitor ?? gap,
    见到谁: report ? (met?.name ?? '没有见到人') : gap,
    户里说的收入: yuan(report?.incomePerHeadFen),
    户里说的支出: yuan(report?.rigidSpendingFen),
    入户说明: report?.remark ?? '',
    核查项目: visitItems.map((item, i) => {
      const found = report?.items.find((one) => one.item === item)
      return {
        ...{ 序号: String(i + 1), 项目: itemNames[item] },
        ...{ 结果: found ? resultNames[found.result] : '', 说明: found?.note ?? '' },
      }
    }),
    核查意见: rows(
      (report?.findings ?? []).map(({ clue, outcome, reason, note, proof }) => {
        const about = visit?.clues.find(({ id }) => id === clue)
        return {
          线索: about?.why.zh ?? '',
          意见: outcomeNames[outcome] + (reason ? `（${excludeNames[reason]}）` : ''),
          说明: proof
            ? `${note}（${labelOf('department', proof.department)}，${proof.doneOn}，${proof.document}）`
            : note,
        }
      }),
      ['线索', '意见', '说明'],
    ),
  }
}

/** What stands in the steps that were done. */
function stepFields(one: Case, today: string): Fields {
  const entryOf = (step: CaseStep) =>
    one.entries.findLast((entry) => entry.step === step && entry.result in opinionNames)
  const entered = (step: CaseStep, key: string) => entryOf(step)?.details[key] ?? ''
  const opinion = (step: CaseStep, name: string): Fields => {
    const entry = entryOf(step)
    return {
      [`${name}结论`]: entry ? (opinionNames[entry.result] ?? '') : '',
      [`${name}意见`]: entered(step, 'opinion'),
      [`${name}人`]: entry?.by ?? '',
      [`${name}日期`]: chineseDay(entry && beijingDay(entry.at)),
    }
  }
  const reviewed = entryOf('review')
  return {
    签字日期: chineseDay(entered('authorise', 'signedOn')),
    签字人: entered('authorise', 'signatories'),
    授权范围: AuthorisationScope.options.map((scope) => ({
      范围: scopeNames[scope],
      勾选: one.authorisedScopes.includes(scope) ? '☑' : '☐',
    })),
    开会日期: chineseDay(entered('review', 'meetingOn')),
    应到人数: entered('review', 'due') || gap,
    实到人数: entered('review', 'present') || gap,
    同意人数: entered('review', 'agreed') || gap,
    会议记录: entered('review', 'minutes'),
    评议结果: reviewed ? (reviewed.result === 'done' ? '通过' : '未通过') : gap,
    公示起始: chineseDay(one.publicity?.from || entered('publicity', 'from')),
    公示截止: chineseDay(one.publicity?.to || entered('publicity', 'until')),
    公示地点: one.publicity?.place || entered('publicity', 'place') || gap,
    异议: rows(
      one.objections.length === 0 && one.publicity && one.publicity.to <= today
        ? [{ 序号: '', 内容: '公示期间没有异议', 日期: '', 提出人: '', 答复: '', 结论: '' }]
        : one.objections.map(({ at, by, text, outcome, finding }) => ({
            ...{ 日期: chineseDay(beijingDay(at)), 提出人: by, 内容: text, 答复: finding ?? '' },
            结论: outcome === null ? '' : outcome === 'upheld' ? '成立' : '不成立',
          })),
      ['日期', '提出人', '内容', '答复', '结论'],
    ),
    异议条数: one.publicity ? String(one.objections.length) : gap,
    ...opinion('township-audit', '乡镇'),
    ...opinion('county-approval', '县级'),
    公告日期: chineseDay(entered('announce', 'on')),
    公告地点: entered('announce', 'place'),
    标注号: entered('enter', 'mark'),
  }
}

function comparisonFields(one: Case): Fields {
  return {
    比对日期: chineseDay(one.comparedAt && beijingDay(one.comparedAt)),
    比对发现: rows(
      one.flags.length === 0 && one.comparedAt
        ? [{ 序号: '', 发现: '没有需要说明的事项', 成员: '', 说明: '', 决定: '', 理由: '' }]
        : one.flags.map(({ text, person, explanation, decision, decisionReason }) => ({
            ...{ 发现: text.zh, 成员: person ?? '', 说明: explanation ?? '' },
            决定: decision === null ? '' : decision === 'accepted' ? '说明成立' : '不符合',
            理由: decisionReason ?? '',
          })),
      ['发现', '成员', '说明', '决定', '理由'],
    ),
    比对条数: one.comparedAt ? String(one.flags.length) : gap,
    未覆盖来源: list(one.silentSources.map(({ zh }) => zh)) || (one.comparedAt ? '无' : ''),
  }
}
