import { utils, write } from '@e965/xlsx'
import fc from 'fast-check'
import iconv from 'iconv-lite'
import { moneyUnits } from '#contract/feeds/money-units.ts'

/** What is known of a household before any file is made of it; money in fen, null where nothing is said. */
export interface KnownRow {
  name: string
  idNumber: string
  periodFrom: string
  periodTo: string
  wage: number | null
  businessCost: number | null
  selfPaid: number | null
}

const names = {
  name: ['户主姓名', '户主', '＊户主姓名', '户 主 姓 名'],
  idNumber: ['户主证件号码', '户主身份证号', '户主证件号', 'HZSFZH'],
  periodFrom: ['统计起始', '统计开始日期', '起始日期'],
  periodTo: ['统计截止', '统计结束日期', '截止日期'],
  wage: ['工资性收入', '务工收入', 'aac073'],
  businessCost: ['生产经营性支出', '经营性支出', 'aac074'],
  selfPaid: ['合规自付支出', '合规自付'],
} as const satisfies Record<keyof KnownRow, readonly string[]>
const keys = Object.keys(names) as (keyof KnownRow)[]
const money = ['wage', 'businessCost', 'selfPaid'] as const
type Money = (typeof money)[number]
const isMoney = (key: keyof KnownRow): key is Money => (money as readonly string[]).includes(key)

const unitPlaces = [
  'none',
  'title',
  'title in two cells',
  'headers',
  'row of units',
  'group',
  'sheet',
  'note',
  'format of cells',
  'sheet of notes',
  'header of remarks',
  'name of the file',
] as const
const troubles = {
  'foreign header': 'currency-foreign',
  'foreign title': 'currency-foreign',
  'foreign column': 'currency-foreign',
  'unknown title': 'unit-unknown',
  'title against sheet': 'unit-contradictory',
  'title against note': 'unit-contradictory',
  'title against file name': 'unit-contradictory',
  'per month in a header': 'basis-differs',
  'per head in a group': 'basis-differs',
  'a month in a group': 'basis-differs',
  'a month in a title': 'basis-differs',
  'per head in a title': 'basis-differs',
  'group against header': 'unit-contradictory',
  'money nobody knows': 'columns-doubtful',
  'slip in a header': 'columns-doubtful',
  'column twice': 'columns-doubtful',
} as const
type Trouble = keyof typeof troubles

export const layouts = fc.record({
  format: fc.constantFrom('csv', 'csv', 'gbk', 'tsv', 'xlsx', 'xls'),
  order: fc.shuffledSubarray([...keys], { minLength: keys.length }),
  naming: fc.array(fc.nat(11), { minLength: keys.length, maxLength: keys.length }),
  unitPlace: fc.constantFrom(...unitPlaces),
  digits: fc.constantFrom(0, 1, 2, 4, 5, 6, 6, 6, 10),
  /** One money column in a unit of its own. */
  ownDigits: fc.option(fc.constantFrom(2, 4, 5, 6), { freq: 4 }),
  group: fc.boolean(),
  titles: fc.subarray(['某县家庭收入统计表', '填报单位：扶贫办', '2020年3月']),
  serial: fc.boolean(),
  remark: fc.boolean(),
  numbering: fc.boolean(),
  below: fc.subarray(['total', 'sum with days', 'average', 'share', 'note', 'signature', 'zeros', 'heading']),
  style: fc.constantFrom('plain', 'grouped', 'sign', 'zeros', 'wide', 'parts', 'currency'),
  /** A row of a csv that is not whole, where there is one: the second from the start. */
  broken: fc.option(fc.constantFrom('quote', 'cut'), { freq: 3 }),
  days: fc.constantFrom(
    '民国107年10月1日',
    '2018-10-01',
    '2018/10/1',
    '20181001',
    '2018年10月1日',
    '2018.10.01',
  ),
  trouble: fc.option(fc.constantFrom(...(Object.keys(troubles) as Trouble[])), { freq: 4 }),
})
export type Layout = typeof layouts extends fc.Arbitrary<infer T> ? T : never

export interface MadeFile {
  name: string
  bytes: Buffer
  /** Why it must not be taken; undefined where it hasNote everything. */
  refusal: string | undefined
  /** The row, from 0, that comes back because it is not whole. */
  back: number | undefined
}

/** `unit` in brackets as people write it. */
const unitName = (digits: number) => moneyUnits[digits] ?? ''

/** fen as a decimal number of the unit, exactly. */
function shift(fen: number, digits: number): string {
  const figures = String(fen).padStart(digits + 1, '0')
  const whole = figures.slice(0, figures.length - digits)
  const part = figures.slice(figures.length - digits).replace(/0+$/, '')
  return part === '' ? whole : `${whole}.${part}`
}

/** The same as people write it; by its parts or with its currency it is in yuan whatever the column is in. */
function written(fen: number, digits: number, style: Layout['style']): string {
  const plain = shift(fen, digits)
  if (style === 'grouped') return plain.replace(/\B(?=(\d{3})+(?!\d))(?<!\.\d*)/g, ',')
  if (style === 'sign') return `¥${plain}`
  if (style === 'zeros') return plain.includes('.') ? plain : `${plain}.00`
  if (style === 'currency') return `RMB ${shift(fen, 2)}元`
  if (style === 'parts') return `${Math.floor(fen / 100)}元${Math.floor(fen / 10) % 10}角${fen % 10}分`
  if (style === 'wide')
    return plain.replace(/[\d.]/g, (one) => String.fromCharCode(one.charCodeAt(0) + 0xfee0))
  return plain
}

/** The day in the shape of another. */
function dayLike(day: string, shape: string): string {
  const [year = '', month = '', date = ''] = day.split('-')
  const short = (part: string) => String(Number(part))
  if (shape.startsWith('民国')) return `民国${Number(year) - 1911}年${short(month)}月${short(date)}日`
  if (shape.includes('/')) return `${year}/${short(month)}/${short(date)}`
  if (shape.includes('年')) return `${year}年${short(month)}月${short(date)}日`
  if (shape.includes('.')) return `${year}.${month}.${date}`
  return shape.includes('-') ? day : `${year}${month}${date}`
}

/** Makes a file of known rows in a layout; the same facts are to be read from every one that is not refused. */
export function makeFile(rows: readonly KnownRow[], layout: Layout): MadeFile {
  const { trouble } = layout
  const isBook = layout.format === 'xlsx' || layout.format === 'xls'
  const unitPlace = placeFor(layout, isBook)
  const inGroup = trouble === 'per head in a group' || trouble === 'a month in a group'
  const grouped = layout.group || unitPlace === 'group' || trouble === 'group against header' || inGroup
  const plainOrder = layout.order.filter((key) => !isMoney(key))
  const order = grouped ? [...plainOrder, ...layout.order.filter(isMoney)] : layout.order
  const inHeaders = unitPlace === 'headers' || unitPlace === 'row of units'
  const ownKey =
    layout.ownDigits !== null && !inHeaders && unitPlace !== 'group' && unitPlace !== 'format of cells'
      ? 'selfPaid'
      : undefined
  const fileDigits = unitPlace === 'none' ? 2 : layout.digits
  const digitsOf = (key: Money) => (key === ownKey ? (layout.ownDigits ?? fileDigits) : fileDigits)

  const headers = order.map((key) => {
    const name = names[key][(layout.naming[keys.indexOf(key)] ?? 0) % names[key].length] ?? names[key][0]
    if (!isMoney(key)) return name
    if (trouble === 'foreign header' && key === 'wage') return `${name}（美元）`
    if (trouble === 'group against header' && key === 'wage')
      return `${name}（${fileDigits === 6 ? '元' : '万元'}）`
    if (trouble === 'per month in a header' && key === 'wage') return `${name}（${unitName(fileDigits)}/月）`
    if (trouble === 'slip in a header' && key === 'wage') return '工资性收人'
    if (key === ownKey) return `${name}（${unitName(digitsOf(key))}）`
    return unitPlace === 'headers' ? `${name}（${unitName(fileDigits)}）` : name
  })
  const body = rows.map((row) =>
    order.map((key) => {
      const value = row[key]
      if (value === null) return ''
      if (isMoney(key) && unitPlace === 'format of cells')
        return `${formatted}${shift(Number(value), fileDigits)} ${unitName(fileDigits)}`
      if (isMoney(key)) return written(Number(value), digitsOf(key), layout.style)
      return key.startsWith('period') ? dayLike(String(value), layout.days) : String(value)
    }),
  )
  const pad = (cells: string[]) => [...(layout.serial ? [''] : []), ...cells]
  const empty = order.map(() => '')
  const at = (key: keyof KnownRow, text: string) => order.map((one) => (one === key ? text : ''))
  const extra: { header: string; value: string }[] = [
    ...(unitPlace === 'header of remarks'
      ? [{ header: `备注（金额均为${unitName(fileDigits)}）`, value: '' }]
      : []),
    ...(layout.remark ? [{ header: '备注', value: '' }] : []),
    ...(trouble === 'money nobody knows' ? [{ header: '光伏收益（元）', value: '300' }] : []),
    ...(trouble === 'column twice' ? [{ header: headers[order.indexOf('wage')] ?? '', value: '1' }] : []),
    ...(trouble === 'foreign column' ? [{ header: '币种', value: 'USD' }] : []),
  ]
  const withExtra = (cells: string[], values: 'header' | 'value' | 'none') => [
    ...pad(cells),
    ...extra.map(({ header, value }) => (values === 'header' ? header : values === 'value' ? value : '')),
  ]

  const top: string[][] = layout.titles.map((title) => [title])
  const unitTitle = (text: string) => top.push([...empty.slice(0, 3), text])
  if (unitPlace === 'title') unitTitle(`金额单位：${unitName(fileDigits)}`)
  if (unitPlace === 'title in two cells') top.push(['', '单位：', '', unitName(fileDigits)])
  const other = unitName(fileDigits === 6 ? 2 : 6)
  if (trouble === 'foreign title') unitTitle('单位：美元')
  if (trouble === 'unknown title') unitTitle('金额单位：贯')
  if (trouble === 'a month in a title') top.push(['2019年2月家庭收入统计表'])
  if (trouble === 'per head in a title') unitTitle(`单位：${unitName(fileDigits)}/人`)
  if (trouble === 'title against file name') unitTitle(`单位：${other}`)
  if (trouble === 'title against sheet') unitTitle(`单位：${other}`)
  if (trouble === 'title against note') unitTitle(`单位：${other}`)

  const head: string[][] = []
  if (grouped) {
    const unit =
      unitPlace === 'group' || trouble === 'group against header' ? `（${unitName(fileDigits)}）` : ''
    const first = order.findIndex(isMoney)
    const groupName =
      trouble === 'a month in a group'
        ? '2019年2月'
        : `${trouble === 'per head in a group' ? '人均' : ''}收入支出情况`
    head.push(
      order.map((key, i) => (isMoney(key) ? (i === first ? `${groupName}${unit}` : '') : (headers[i] ?? ''))),
    )
    head.push(order.map((key, i) => (isMoney(key) ? (headers[i] ?? '') : '')))
  } else {
    head.push(headers)
  }
  if (unitPlace === 'row of units') head.push(order.map((key) => (isMoney(key) ? unitName(fileDigits) : '')))
  // What is cut behind the number must lack a column that is required.
  const idAt = order.indexOf('idNumber')
  const isCuttable =
    (idAt > 0 || layout.serial) &&
    order.slice(idAt + 1).some((key) => key.startsWith('period') || key === 'name')
  const isBroken = layout.broken === 'quote' || (layout.broken === 'cut' && isCuttable)
  const back = !isBook && isBroken && trouble === null ? 1 : undefined
  const notes = unitPlace === 'sheet of notes' ? `金额单位：${unitName(fileDigits)}` : undefined
  const table = [
    ...top.map(pad),
    ...head.map((cells, i) => {
      const line = withExtra(cells, i === 0 ? 'header' : 'none')
      if (layout.serial && i === 0) line[0] = '序号'
      return line
    }),
    ...(layout.numbering
      ? [
          withExtra(
            order.map((_, i) => String(i + 1)),
            'none',
          ),
        ]
      : []),
    ...body.map((cells, i) => {
      const line = withExtra(cells, 'value')
      if (layout.serial) line[0] = String(i + 1)
      if (i !== back) return line
      const id = line.indexOf(rows[i]?.idNumber ?? '')
      if (layout.broken === 'quote') line[0] = `${notWhole.quote}${line[0]}`
      else line[id] = `${line[id]}${notWhole.cut}`
      return line
    }),
  ]
  const note = unitPlace === 'note' ? `注：金额单位为${unitName(fileDigits)}。` : '注：本表由村级填报。'
  const hasNote = layout.below.includes('note') || unitPlace === 'note'
  if (layout.below.includes('zeros')) for (let i = 0; i < 3; i++) table.push(pad(at('wage', '0')))
  if (layout.below.includes('heading') && !grouped) table.push(withExtra(headers, 'header'))
  if (layout.below.includes('total')) {
    const sum = rows.reduce((all, { wage }) => all + (wage ?? 0), 0)
    const cells = at('wage', written(sum, digitsOf('wage'), 'plain'))
    cells[order.indexOf('name')] = '合  计'
    table.push(pad(cells))
  }
  const sumOf = (name: string, more: Partial<Record<keyof KnownRow, string>>) =>
    pad(order.map((key) => (key === 'name' ? name : (more[key] ?? ''))))
  const days = { periodFrom: '2018-10-01', periodTo: '2019-09-30' }
  if (layout.below.includes('sum with days')) table.push(sumOf('城关镇小计', { ...days, wage: '60000' }))
  if (layout.below.includes('average')) table.push(sumOf('全镇平均', { ...days, wage: '2000' }))
  if (layout.below.includes('share')) table.push(sumOf('占比', { wage: '65.2%' }))
  if (hasNote) table.push(pad([note]))
  if (trouble === 'title against note') table.push(pad([`注：金额单位：${fileDigits === 6 ? '万元' : '元'}`]))
  if (layout.below.includes('signature')) table.push(pad(['填表人：张三', '', '审核人：李四']))
  const sheetUnit = unitPlace === 'sheet' || trouble === 'title against sheet'
  const sheet = sheetUnit
    ? `收入(${unitName(trouble === 'title against sheet' ? (fileDigits === 6 ? 6 : 2) : fileDigits)})`
    : '收入'
  return {
    ...encoded(table, layout.format, { sheet, notes, spelled: spelledUnit(unitPlace, trouble, fileDigits) }),
    back,
    refusal: trouble === null ? undefined : troubles[trouble],
  }
}

/** Some places are of workbooks alone, and a file name is spelled for two units. */
function placeFor({ unitPlace, digits }: Layout, isBook: boolean): Layout['unitPlace'] {
  const isOfBooks = unitPlace === 'format of cells' || unitPlace === 'sheet of notes'
  if (isOfBooks && !isBook) return 'title'
  if (unitPlace === 'format of cells' && digits < 2) return 'title'
  return unitPlace === 'name of the file' && digits !== 2 && digits !== 6 ? 'title' : unitPlace
}

function spelledUnit(
  place: Layout['unitPlace'],
  trouble: Trouble | null,
  digits: number,
): string | undefined {
  const isWan = digits === 6
  if (trouble === 'title against file name') return isWan ? 'wanyuan' : 'yuan'
  return place === 'name of the file' ? (isWan ? 'wanyuan' : 'yuan') : undefined
}

/** Before a cell whose format gives its unit, and before a row that is not whole. */
const formatted = '\u0001'
const notWhole = { quote: '\u0002', cut: '\u0003' } as const

interface Names {
  sheet: string
  notes: string | undefined
  spelled: string | undefined
}

function encoded(table: string[][], format: Layout['format'], { sheet, notes, spelled }: Names) {
  const bare = spelled === undefined ? undefined : `income_${spelled}_2020`
  if (format === 'xlsx' || format === 'xls') {
    const book = utils.book_new()
    utils.book_append_sheet(book, utils.aoa_to_sheet(table.map((cells) => cells.map(cellOf))), sheet)
    if (notes !== undefined)
      utils.book_append_sheet(book, utils.aoa_to_sheet([['填表说明'], [notes]]), '说明')
    const bytes = write(book, { type: 'buffer', bookType: format === 'xls' ? 'biff8' : 'xlsx' }) as Buffer
    return { name: `${bare ?? '部门'}.${format}`, bytes }
  }
  const mark = format === 'tsv' ? '\t' : ','
  const plain = (cells: string[]) =>
    cells.map((cell) => (cell.includes(mark) ? `"${cell}"` : cell)).join(mark)
  const line = ([first = '', ...rest]: string[]) => {
    if (first.startsWith(notWhole.quote)) return `"${plain([first.slice(1), ...rest])}`
    const end = rest.findIndex((cell) => cell.endsWith(notWhole.cut))
    return end < 0
      ? plain([first, ...rest])
      : plain([first, ...rest.slice(0, end), rest[end]?.slice(0, -1) ?? ''])
  }
  const text = `${table.map(line).join('\r\n')}\r\n`
  const bytes =
    format === 'gbk' ? iconv.encode(text.replaceAll('¥', '￥'), 'gb18030') : Buffer.from(`\ufeff${text}`)
  return { name: `${bare ?? sheet}.${format === 'tsv' ? 'txt' : 'csv'}`, bytes }
}

function cellOf(text: string) {
  if (!text.startsWith(formatted)) return text
  const [number = '', unit = ''] = text.slice(1).split(' ')
  return { t: 'n' as const, v: Number(number), z: `0.00####"${unit}"` }
}
