import type { FeedDefinition } from '../definitions/kit.ts'
import { clean, isBlank } from './cells/cells.ts'
import { isNoDay } from './cells/day-shapes.ts'
import { isUncalculated } from './cells/read-faults.ts'
import type { ColumnMapping } from './compile-row-check.ts'

/** Rows below a header that are about nobody: they are named in the summary and counted nowhere. */
export type AsideKind = 'total' | 'note' | 'signature' | 'heading' | 'blank'

/** What a row is instead of a row of data; undefined for data, faulty data included. */
export type AsideCheck = (cells: readonly string[]) => AsideKind | undefined

/** An ID number stands in nearly every row of data; whoever has none is looked at more closely. */
const idNumberLength = 15

/**
 * Compiles the check for one file's columns. Who bears a number, or more texts than a name, is a row of data whatever the name: a person
 * called 合某, a hospital called 注.
 */
export function compileAsideCheck(
  feed: FeedDefinition,
  mapping: ColumnMapping,
  headers: readonly string[],
): AsideCheck {
  const idNumber = mapping[feed.columns.find(({ type }) => type === 'idNumber')?.key ?? '']?.index ?? -1
  const name =
    mapping[feed.columns.find(({ key, use }) => key === 'name' && use === 'match')?.key ?? '']?.index ?? -1
  const serial = new Set(
    headers.flatMap((header, i) => (/^(?:序号|序|行号|编号|项次|no\.?|#)$/i.test(header.trim()) ? [i] : [])),
  )
  for (const place of Object.values(mapping)) if (place) serial.delete(place.index)
  const types = new Map(
    feed.columns.flatMap((column) => {
      const index = mapping[column.key]?.index
      return index === undefined ? [] : [[index, column] as const]
    }),
  )
  // In a day, a kind, a number or the key of a row, and in the first column of numbered rows, a word for a sum can be nothing else.
  const isNoPlaceForWords = (at: number) => {
    const column = types.get(at)
    if (!column) return serial.has(at) || isOfItems(headers[at] ?? '')
    return column.type !== 'name' && (column.type !== 'text' || feed.key.includes(column.key))
  }
  const isSumOfPerson = (cells: readonly string[]) => {
    for (let at = 0; at < cells.length; at++)
      if (at !== idNumber && isSumWord(cells[at] ?? '') && isNoPlaceForWords(at)) return true
    return false
  }
  const mayStandBeside = (at: number, text: string) =>
    isTotal(text) || isShare(text) || isDay(text) || isPlaceOfNobody(text) || !types.has(at)
  const own = headers.map((header) => bareHeader((header.split('›').at(-1) ?? '').replace(/\(\d+\)$/, '')))

  return (cells) => {
    const hasNumber = (cells[idNumber] ?? '').length >= idNumberLength
    if (hasNumber) return isSumOfPerson(cells) ? 'total' : undefined
    const filled: { at: number; text: string }[] = []
    for (let at = 0; at < cells.length; at++) {
      const cell = cells[at] ?? ''
      // Formulas dragged on below the data: a row of nothing else is none. One in the place of a name or number is somebody's.
      if (isUncalculated(cell) && at !== name && at !== idNumber) continue
      const text = clean(cell)
      if (!isBlank(text)) filled.push({ at, text })
    }
    const content = filled.filter(
      ({ at, text }) => !(serial.has(at) && /^\d+$/.test(text)) && !isNothing(text),
    )
    if (content.length === 0) return 'blank'
    if (isHeading(filled, own)) return 'heading'
    const texts = content.filter(({ text }) => !isFigure(text)).map(({ text }) => text.replaceAll(' ', ''))
    if (/\d{6}/.test(cells[idNumber] ?? '')) return undefined
    const [first = ''] = texts
    if (texts.every((text) => isTotal(text)) && texts.length > 0) return 'total'
    const words = content.filter(({ text }) => !isFigure(text))
    if (
      words.some(({ text }) => isShare(text) || isOfAll(text)) &&
      words.every(({ at, text }) => mayStandBeside(at, text.replaceAll(' ', '')))
    )
      return 'total'
    if (isSignature(first)) return 'signature'
    if (isNote(first) && texts.every((text, i) => i === 0 || !isNumberOfPerson(text))) return 'note'
    return content.length === 1 && isSentence(first) ? 'note' : undefined
  }
}

/** A formula over cells that are empty: 0, 0.00, ¥0.00, 0%, FALSE, the zero day. */
function isNothing(text: string): boolean {
  return /^(?:[¥$]?-?0*(?:\.0+)?(?:[十百千万亿]*元|%|户|人|次|天)?|false)$/i.test(text) || isNoDay(text)
}

const isFigure = (text: string) =>
  /^[¥$(-]?[\d,]*\.?\d+(?:E[+-]?\d+)?[)%]?(?:[十百千万亿]*元|户|人|次|天|条|笔)?$/i.test(text)
const isNumberOfPerson = (text: string) => /\d{15}/.test(text)

const totalWord =
  '(?:合计|总计|小计|共计|累计|总和|汇总|合計|總計|小計|总额|平均|均值|户均|人均|中位数|最大值|最小值|最高值?|最低值?|Sub-?total|Total|Sum|Average)'
const total = new RegExp(
  `^[^,。;:]{0,12}?${totalWord}(?:数|值|金额|户数|人数|每[户人])?(?:\\(.*\\))?[:：]?(?:共?\\d+.*)?$`,
)

/** 其中：务工收入, 占比, 占总数的比例: parts and shares of sums above. */
const isShare = (text: string) =>
  /^其中(?:[:：]|$|.{1,12}$)|(?:占比|比重|百分比|所占比例|增长率|同比|环比)[:：]?$/.test(text)

const places = '省市县区镇乡村组社队庄屯街道办户页表片全本各总'
/** 合计, 全镇平均, 城关镇小计 and no name: the word alone, or behind a place. */
const ofAll = new RegExp(
  `^(?:[^,。;:]{0,10}[${places}])?(?:人均|户均)?${totalWord}(?:数|值|金额|户数|人数|每[户人])?(?:\\(.*\\))?[:：]?$`,
)
const isOfAll = (text: string) => ofAll.test(text.replaceAll(' ', ''))

/** As a cell holds it, not cleaned; asked of every cell, so its last letter decides for nearly all. */
function isSumWord(cell: string): boolean {
  const { length } = cell
  if (length < 2 || length > 12) return false
  switch (cell.charCodeAt(length - 1)) {
    case 0x8ba1: // 计
    case 0x8a08: // 計
    case 0x548c: // 和
    case 0x5747: // 均
    case 0x989d: // 额
    case 0x6570: // 数
    case 0x503c: // 值
      return isOfAll(cell.normalize('NFKC'))
    default:
      return false
  }
}

/** A column whose cells say what the amounts of the row are: 项目, 类别, 费用名称. */
const isOfItems = (header: string) =>
  /^(?:项目|类别|科目|名目|明细|栏目|费用|收入)(?:名称|类别|项目)?$/.test(header.replace(/\s/g, ''))

const isDay = (text: string) =>
  /^\d{4}[-/.年]?\d{1,2}(?:[-/.月]?\d{1,2})?[日月]?(?:[ T].*)?$|^\d{4}年?度?$/.test(text)
const isPlaceOfNobody = (text: string) =>
  /^(?:[*xX·.\-—/]+|\d+(?:户|人|次|笔)|.{1,10}[省市县区镇乡村组社])$/.test(text)

/** 合计, 本页小计, 临泉县合计(3户): the word stands at the end. */
function isTotal(text: string): boolean {
  return (
    total.test(text) ||
    /^(?:总|共)\d*(?:户|人)数?[:：]?\d*/.test(text) ||
    /^共\d+(?:户|人|条|笔|行)/.test(text)
  )
}

const note =
  /^(?:[*※★▲●]|(?:附?注|(?:金额|货币|计量|计价)单位|备注|说明|注释|[填编]\S{0,2}说明|数据来源|统计口径|口径|注意(?:事项)?|提示|温馨提示)(?:\d*[:、.。,(]|$)|第\d+页|共\d+页|-+\d+-+$|[续接][上下]页|以下空白|\(?以[上下])/

function isNote(text: string): boolean {
  return note.test(text)
}

const signature =
  /^(?:填[表报写]|制[表单]|编[制报]|审[核批定]|复核|核对|核准|负责|经办|经手|联系|报送|上报|录入|统计|单位|主管|分管|科室|部门|签[字名章]|盖章|公章|打印|导出|操作|领导|村级?|乡镇|县级?|主任|局长|科长)(?:人|人员|员|者|单位|部门|日期|时间|电话|负责人?|领导|\(?签[字名章]\)?|\(?盖章\)?|意见)*(?:\(.*?\))?[::]/

function isSignature(text: string): boolean {
  return signature.test(text)
}

/** One lone text that is no name: a sentence, the title of the next part. */
function isSentence(text: string): boolean {
  return (
    !/\d{6}/.test(text) && (text.length > 12 || (text.length > 3 && /[。;:,]|表$|页$|年\d+月/.test(text)))
  )
}

const bareHeader = (text: string) => text.normalize('NFKC').replace(/[\s*]/g, '')

/** The header once more, as at the top of every printed page, or the row that numbers the columns: 1 2 3, 甲 乙 1 2. */
function isHeading(filled: readonly { at: number; text: string }[], own: readonly string[]): boolean {
  if (filled.length < 2) return false
  const same = filled.filter(({ at, text }) => own[at] !== '' && bareHeader(text) === own[at]).length
  if (same >= 2 && same * 2 >= filled.length) return true
  const numbers = filled
    .filter(({ text }) => !/^(?:栏次|序号|[甲乙丙丁戊己]|[A-Z])$/i.test(text))
    .map(({ text }) => columnNumber(text))
  return (
    filled.length >= 3 &&
    numbers.length < filled.length + 1 &&
    numbers.every((n, i) => n === (numbers[0] ?? 0) + i) &&
    (numbers[0] ?? 1) <= 2
  )
}

const columnNumber = (text: string) => Number(/^\(?(\d{1,3})\)?(?:=.*)?$/.exec(text)?.[1] ?? Number.NaN)
