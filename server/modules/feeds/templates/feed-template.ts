import type { Cell, CellKind, Sheet, SheetColumn } from '#contract/sheets/sheet.ts'
import { allowedValues, type Column, type ColumnType, type FeedDefinition } from '../definitions/kit.ts'
import { exampleOf } from './example-row.ts'

/** Rows that formats and choices reach. */
const room = 5000

/** Numbers of people and things stay whole only as text; days and figures are typed as people type them. */
const kinds: Partial<Record<ColumnType, CellKind>> = { integer: 'int', decimal: 'number' }

const ways: Record<ColumnType, string> = {
  text: '文字',
  name: '姓名，与身份证一致',
  idNumber: '18 位证件号码，单元格已设为文本，直接填写',
  disabilityCard: '20 位残疾证号',
  phone: '11 位手机号或带区号的电话',
  bankCard: '银行卡或账号，直接填写',
  division: '12 位行政区划代码，或“县乡镇村”全名',
  yesNo: '从下拉列表中选',
  enumeration: '从下拉列表中选',
  enumerations: '可写几项，用顿号隔开',
  date: '日期，如 2020-02-15',
  month: '年月，如 2020-02',
  term: '学期，如 2020春、2019秋',
  money: '金额，单位为元，可有两位小数',
  integer: '整数',
  decimal: '数字，可有小数',
}

const headOf = ({ header, type }: Column) => (type === 'money' ? `${header}（元）` : header)

function choicesOf(column: Column): readonly string[] | undefined {
  if (column.type === 'enumerations') return undefined
  const allowed = allowedValues(column)
  return allowed.length > 0 ? allowed : undefined
}

/** Before a text it makes of a row a note, which is never taken for data (`checks/asides.ts`). */
const exampleMark = '※示例，不作为数据：'

/** Numbers are left out: whoever bears one is somebody. */
function shown(column: Column, value: string): string {
  return /\d{6}/.test(value.replaceAll('-', '')) && column.type !== 'date' ? '见“填写说明”' : value
}

/** The example of a feed as somebody would type it. */
export const feedExample = (feed: FeedDefinition): string[] =>
  feed.columns.map((column) => exampleOf(feed, column))

function exampleRow(feed: FeedDefinition): Cell[] {
  return feed.columns.map((column, place) => {
    const value = shown(column, exampleOf(feed, column))
    return { value: place === 0 ? `${exampleMark}${value}` : value, mark: 'example' }
  })
}

/**
 * A workbook to be filled in for a feed, made from its definition: heads with what must be filled in, lists to choose from, an example
 * that is no data, and a sheet that explains every column.
 */
export function feedTemplate(feed: FeedDefinition): Sheet[] {
  const columns = feed.columns.map((column): SheetColumn => {
    const choices = choicesOf(column)
    return {
      head: headOf(column),
      kind: kinds[column.type] ?? 'digits',
      required: column.required,
      ...(choices ? { choices } : {}),
      width: column.type === 'idNumber' ? 22 : 14,
    }
  })
  const explained = feed.columns.map((column) => [
    headOf(column),
    column.required ? '必填' : '选填',
    ways[column.type],
    allowedValues(column).join('、'),
    exampleOf(feed, column),
    column.aliases.slice(0, 4).join('、'),
  ])
  return [
    { name: feed.name.zh, columns, rows: [[exampleRow(feed)]], roomFor: room },
    {
      name: '填写说明',
      title: `${feed.name.zh}填写说明：红色列名必填；第二行是示例，可以留着；不要改列名`,
      columns: [
        { head: '说明：列', kind: 'text', width: 20 },
        { head: '要不要填', kind: 'text', width: 10 },
        { head: '怎么填', kind: 'text', width: 40 },
        { head: '可以填的', kind: 'text', width: 50 },
        { head: '例子', kind: 'digits', width: 24 },
        { head: '也认这些列名', kind: 'text', width: 40 },
      ],
      rows: [explained],
    },
  ]
}
