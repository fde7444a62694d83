import { expect, it } from 'vitest'
import { columnFor } from '../definitions/kit.ts'
import { findFeed } from '../index.ts'
import { compileAsideCheck } from './asides.ts'

const headers = [
  '序号',
  '户主姓名',
  '户主证件号码',
  '统计起始',
  '统计截止',
  '工资性收入',
  '生产经营性支出',
  '备注',
]

function kindOf(cells: string[], feedCode = 'income', of = headers) {
  const feed = findFeed(feedCode)
  if (!feed) throw new Error(feedCode)
  const places = of.flatMap((header, index) => {
    const column = columnFor(feed, header)
    return column ? [[column.key, { index, header }] as const] : []
  })
  return compileAsideCheck(feed, Object.fromEntries(places), of)(cells)
}

it.each<[string, string[], string]>([
  ['the sum at the end', ['', '合计', '', '', '', '60000', '0'], 'total'],
  ['the sum in the first column', ['合  计', '', '', '', '', '60000', '0'], 'total'],
  ['the sum with a count', ['', '合计（3户）', '3户', '', '', '60000', '0'], 'total'],
  ['a part sum of a place', ['', '城关镇小计：', '', '', '', '60000', '0'], 'total'],
  ['the sum of a page', ['', '本页小计', '', '', '', '60000', ''], 'total'],
  ['an average', ['', '平均', '', '', '', '20000', '0'], 'total'],
  ['a count', ['共3户'], 'total'],
  ['a sum nobody has calculated', ['', '合计', '', '', '', '=\u2061SUM(F2:F5)', ''], 'total'],
  ['formulas dragged on below the data', ['', '', '', '', '', '=\u2061E9*12', '=\u2061F9'], 'blank'],
  ['a sum with the period of its rows', ['', '合计', '', '2018-10-01', '2019-09-30', '60000', '0'], 'total'],
  [
    'a sum with a count in the place of a number',
    ['', '城关镇小计', '3户', '2018/10/1', '2019/9/30', '60000', '0'],
    'total',
  ],
  ['the average of a town', ['', '全镇平均', '—', '2018-10-01', '2019-09-30', '20000', '0'], 'total'],
  ['an average per household', ['', '户均', '', '2018-10-01', '2019-09-30', '20000', '0'], 'total'],
  ['a part of the sum', ['', '其中：务工收入', '', '', '', '20000', ''], 'total'],
  ['of which, with the period', ['', '其中', '', '2018-10-01', '2019-09-30', '20000', ''], 'total'],
  ['a sum in English', ['', 'Total', '', '', '', '60000', ''], 'total'],
  ['a share', ['', '占比', '', '', '', '65.2%', '34.8%'], 'total'],
  [
    'a sum with the person of the rows above',
    ['小计', '张三', '340323193507031088', '2018-10-01', '2019-09-30', '60000', '0'],
    'total',
  ],
  ['a sum where a day should be', ['', '张三', '340323193507031088', '合计', '', '60000', '0'], 'total'],
  ['a note', ['注：本表由村级填报，工资性收入含务工补贴。'], 'note'],
  ['a unit in two cells', ['', '金额单位：', '万元'], 'note'],
  ['a numbered note', ['', '说明1、金额单位为元'], 'note'],
  ['remarks in two cells', ['备注', '本表由村级填报'], 'note'],
  ['a page number', ['第1页 共3页'], 'note'],
  ['a lone sentence', ['', '以上数据由各村上报，镇里汇总。'], 'note'],
  ['the title of another part', ['', '', '2020年家庭收入统计表'], 'note'],
  ['signatures', ['填表人：张三', '', '审核人：李四', '', '填报日期：2020年3月5日'], 'signature'],
  ['a signature in two cells', ['', '制表人：', '张三', '', '负责人(签字)：', '李四'], 'signature'],
  ['a stamp', ['', '单位负责人（签章）：'], 'signature'],
  ['the date of the table', ['', '', '', '', '制表日期：2020-03-05'], 'signature'],
  ['the header of the next page', headers, 'heading'],
  ['the numbers of the columns', ['', '1', '2', '3', '4', '5', '6', '7'], 'heading'],
  ['the numbers with letters', ['栏次', '甲', '乙', '1', '2', '3', '4'], 'heading'],
  ['formulas over nothing', ['', '', '', '1900-01-00', '', '0', '0.00'], 'blank'],
  ['a numbered line with nothing in it', ['57', '', '', '', '', '0', ''], 'blank'],
  ['dashes and zero percent', ['', '-', '/', '', '', '0%', '¥0.00'], 'blank'],
])('%s is no row of data', (_, cells, kind) => expect(kindOf(cells)).toBe(kind))

it.each<[string, string[]]>([
  ['a person called 合某', ['1', '合计', '340323193507031088', '2018-10-01', '2019-09-30', '20000', '0']],
  [
    'a person called 合某 whose number is missing',
    ['1', '合某', '', '2018-10-01', '2019-09-30', '20000', '0'],
  ],
  ['a number with a slip', ['1', '王合计', '34032319350703', '2018-10-01', '2019-09-30', '20000', '0']],
  ['a person called 合某 without a number', ['', '合计生', '', '2018-10-01', '2019-09-30', '20000', '0']],
  [
    'a person with a remark of a sum',
    ['1', '张三', '340323193507031088', '2018-10-01', '2019-09-30', '20000', '0', '合计'],
  ],
  ['a person without a number', ['1', '张三', '', '2018-10-01', '2019-09-30', '20000', '0']],
  ['a name alone', ['', '阿依提·买买提']],
  ['a number alone', ['', '', '340323193507031088']],
  ['figures of nobody', ['', '', '', '', '', '20000', '0']],
  ['a remark in the row of a person', ['', '张三', '', '', '', '', '', '注：户主外出']],
])('%s is a row of data, sound or not', (_, cells) => expect(kindOf(cells)).toBeUndefined())

it('a member without a number stays a member, and a patient of a hospital called 合计 a patient', () => {
  const of = ['户编号', '人编号', '姓名', '性别', '证件号码', '与户主关系', '劳动技能']
  expect(kindOf(['A', 'A3', '小宝', '女', '', '之子', '普通劳动力'], 'member', of)).toBeUndefined()
  const bills = ['姓名', '证件号码', '结算单号', '就医类别', '医疗机构', '结算日期', '医疗费总额', '个人自付']
  expect(
    kindOf(['合计', '', 'A1', '住院', '某院', '2020-03-01', '100', '50'], 'medical-settlement', bills),
  ).toBeUndefined()
  const id = '340323193507031088'
  expect(kindOf(['张三', id, '小计', '', '', '', '300', '90'], 'medical-settlement', bills)).toBe('total')
  expect(kindOf(['张三', id, 'A1', '合计', '', '', '300', '90'], 'medical-settlement', bills)).toBe('total')
  expect(
    kindOf(['张三', id, 'A1', '住院', '合计', '2020-03-01', '300', '90'], 'medical-settlement', bills),
  ).toBeUndefined()
})
