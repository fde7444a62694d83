import { type Code, type EnumerationName, termsOf } from '#contract/enumerations/enumerations.ts'
import { withoutUnit } from '../units/header-unit.ts'
import type { RowRule } from './rows/row-rule.ts'

/** `idNumber`, `disabilityCard`, `phone` and `bankCard` are secrets: they are stored as ciphertext and blind index. */
export type ColumnType =
  | 'text'
  | 'name'
  | 'idNumber'
  | 'disabilityCard'
  | 'phone'
  | 'bankCard'
  | 'division'
  | 'yesNo'
  | 'enumeration'
  | 'enumerations'
  | 'date'
  | 'month'
  | 'term'
  | 'money'
  | 'integer'
  | 'decimal'

export interface Column {
  key: string
  /** The Chinese header of the department's template. */
  header: string
  /** Other headers seen for the same column, national codes included. */
  aliases: readonly string[]
  label: string
  type: ColumnType
  required: boolean
  /** `match` columns find the person and are never stored; `read` ones say how to read another, and are not stored either. */
  use: 'store' | 'match' | 'read'
  enumeration?: EnumerationName
  /** Dates may lie after the batch's day (plans, ends of entitlements). */
  mayBeFuture?: boolean
  /** A date that ends something: 长期, 至今 and days of no calendar (9999-12-31) say that it has not ended. */
  isEnd?: boolean
  /** What a number can be at all; policy thresholds live in policy/. */
  min?: number
  max?: number
  /** Where an empty cell is filled from: nothing that is known is requested again. */
  otherwise?: { from: string; make(value: string | number): string | boolean | null }
  /** Of money: its amounts are of a month; without it of what the row is about, for its own time. */
  per?: 'month'
  /** The column that says which kind of paper an ID number is of. */
  kindIn?: string
  /** People are found by this name: it is kept as it compares as well, where that is not as it is written. */
  found?: true
}

export type Department = Code<'department'>
export type Cadence = 'monthly' | 'term' | 'event' | 'yearly'

/**
 * What a file must hold to speak of a subject of its feed: rows with one of these codes in a column, or, without codes, the column at
 * all. Nothing follows from the silence of a file about what it does not speak of.
 */
export interface Subject {
  column: string
  codes?: readonly string[]
}

export interface FeedDefinition {
  code: string
  /** What follows a merged batch; judged by the rules by default. */
  follows?: 'reports'
  name: { zh: string; en: string }
  department: Department
  cadence: Cadence
  /** Whether a row is about a person or about a household. */
  grain: 'household' | 'person'
  /** The fact table, snake_case. */
  table: string
  /** Natural key within the household (and person): a later row with the same key supersedes the earlier one. */
  key: readonly string[]
  /** Rows may take back others of their number: `issue` is part of the key and tells rows of one number apart. */
  takesBack?: true
  /** The date column that says how far the file's knowledge reaches. */
  observedBy?: string
  /** The date column that says as of which day a row speaks: of two rows of one key the later stands, whichever file is newer. */
  asOf?: string
  /** The columns between whose days the amounts of a row lie: a year, of which a month is no part that may be taken for it. */
  window?: { from: string; to: string }
  /** Kinds of things that a file of the feed may leave out altogether; without them every file speaks of everything. */
  subjects?: Readonly<Record<string, Subject>>
  columns: readonly Column[]
  /** Files of what each member of a household has are known as well: their amounts add up. */
  ofMembers?: true
  /** Amounts of one household or person stay of one size from row to row: an income, an allowance; not a hospital bill. */
  steady?: true
  /** Key of the column by whose values amounts differ in size, so that like is compared with like: hospital stays with hospital stays. */
  sizedBy?: string
  /** Headers of amounts the department's layout has and no figure needs: sums and averages of the others. Left out without a question. */
  unneeded?: readonly string[]
  rowRules: readonly RowRule[]
}

/** Checks at load that keys and rules name columns of the feed, so that a slip in a definition cannot reach a batch. */
export function defineFeed(feed: FeedDefinition): FeedDefinition {
  const keys = new Set(feed.columns.map((column) => column.key))
  const named = [
    ...feed.key,
    ...feed.columns.flatMap(({ kindIn }) => kindIn ?? []),
    ...[feed.observedBy, feed.asOf, feed.sizedBy, feed.window?.from, feed.window?.to].filter(
      (key) => key !== undefined,
    ),
    ...Object.values(feed.subjects ?? {}).map(({ column }) => column),
    ...feed.rowRules.flatMap((rule) => rule.keys),
  ]
  for (const key of named) if (!keys.has(key)) throw new Error(`feed ${feed.code}: no column ${key}`)
  if (keys.size !== feed.columns.length) throw new Error(`feed ${feed.code}: a column key occurs twice`)
  return feed
}

type Options = Partial<
  Pick<
    Column,
    'required' | 'use' | 'mayBeFuture' | 'isEnd' | 'min' | 'max' | 'otherwise' | 'kindIn' | 'found' | 'per'
  >
>
type Headers = readonly [header: string, ...aliases: string[]]

function column(
  type: ColumnType,
  key: string,
  [header, ...aliases]: Headers,
  label: string,
  options: Options,
): Column {
  return { key, header, aliases, label, type, required: false, use: 'store', ...options }
}

const of =
  (type: ColumnType) =>
  (key: string, headers: Headers, label: string, options: Options = {}): Column =>
    column(type, key, headers, label, options)

/** Column builders; the first header is the standard one, the rest are aliases. */
export const text = of('text')
export const name = of('name')
export const idNumber = of('idNumber')
export const disabilityCard = of('disabilityCard')
export const phone = of('phone')
export const bankCard = of('bankCard')
export const division = of('division')
export const yesNo = of('yesNo')
export const date = of('date')
export const month = of('month')
export const term = of('term')
export const integer = of('integer')
export const decimal = of('decimal')

export function money(key: string, headers: Headers, label: string, options: Options = {}): Column {
  return column('money', key, headers, label, { min: 0, ...options })
}

export function oneOf(
  key: string,
  headers: Headers,
  label: string,
  of: EnumerationName,
  options: Options = {},
) {
  return { ...column('enumeration', key, headers, label, options), enumeration: of }
}

/** Several values of an enumeration in one cell, separated by commas. */
export function someOf(
  key: string,
  headers: Headers,
  label: string,
  of: EnumerationName,
  options: Options = {},
) {
  return { ...column('enumerations', key, headers, label, options), enumeration: of }
}

export const required = { required: true } as const

const idNumberHeaders = [
  '身份证号',
  '身份证号码',
  '公民身份号码',
  '公民身份证号码',
  '身份证',
  '证件号',
  '居民身份证号',
  'SFZH',
  'ZJHM',
  'AAC002',
  'aab004',
  'certno',
] as const
const nameHeaders = ['人员姓名', '成员姓名', 'XM', 'AAC003', 'aab002'] as const

/** Which paper the number beside it is of; read before it. A word nobody knows leaves the number to speak for itself. */
export const idKind = () =>
  oneOf(
    'idKind',
    ['证件类型', '证件种类', '证件名称', '证件类别', '户主证件类型', 'ZJLX', 'certtype'],
    'Kind of paper',
    'documentKind',
    { use: 'read' },
  )

/** Name and ID number of the person a row is about: they find the person and are not stored. */
export function person(...nameAliases: string[]): Column[] {
  return [
    name('name', ['姓名', ...nameAliases, ...nameHeaders], 'Name', { required: true, use: 'match' }),
    idKind(),
    idNumber('idNumber', ['证件号码', ...idNumberHeaders], 'ID number', {
      ...{ required: true, use: 'match', kindIn: 'idKind' },
    }),
  ]
}

/** Name and ID number of the head or any other member of the household a row is about. */
export function head(): Column[] {
  return [
    name('name', ['户主姓名', '户主', '姓名', 'HZXM', 'aac029', ...nameHeaders], "Head's name", {
      required: true,
      use: 'match',
    }),
    idKind(),
    idNumber(
      'idNumber',
      [
        '户主证件号码',
        '户主身份证号',
        '户主身份证号码',
        '户主证件号',
        '证件号码',
        'HZSFZH',
        'aac031',
        ...idNumberHeaders,
      ],
      "Head's ID number",
      { required: true, use: 'match', kindIn: 'idKind' },
    ),
  ]
}

/** One column of the fact table and where its content comes from. */
export interface StoredColumn {
  column: string
  type: 'text' | 'bigint' | 'integer' | 'numeric' | 'boolean' | 'date' | 'bytea' | 'uuid'
  /** Key of the feed's column. */
  key: string
  /**
   * The checked value itself, what the row stage makes of it, or (`derived`) what follows from other rows. Ciphertexts differ each time:
   * compare rows without them.
   */
  source: 'value' | 'pinyin' | 'comparable' | 'cipher' | 'index' | 'derived'
}

/** Tells rows of one number apart: nothing for a bill, day and amount of a refund, and which refund a bill was made out anew after. */
const issue: StoredColumn = { column: 'issue', type: 'text', key: 'issue', source: 'derived' }

const snake = (key: string) => key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)

const secretTypes: ReadonlySet<ColumnType> = new Set(['idNumber', 'disabilityCard', 'phone', 'bankCard'])

const sqlTypes: Partial<Record<ColumnType, StoredColumn['type']>> = {
  division: 'bigint',
  yesNo: 'boolean',
  date: 'date',
  month: 'date',
  money: 'bigint',
  integer: 'integer',
  decimal: 'numeric',
}

/** The columns of the fact table that a feed's column becomes: money ends in `_fen`, secrets are `_cipher` and `_index`. */
export function storedAs(column: Column): StoredColumn[] {
  const { key, type } = column
  const base = snake(key)
  if (column.use !== 'store') return []
  if (secretTypes.has(type)) {
    return [
      { column: `${base}_cipher`, type: 'bytea', key, source: 'cipher' },
      { column: `${base}_index`, type: 'uuid', key, source: 'index' },
    ]
  }
  const plain = {
    column: type === 'money' ? `${base}_fen` : base,
    type: sqlTypes[type] ?? 'text',
    key,
    source: 'value',
  } as const
  if (type !== 'name') return [plain]
  const pinyin = { column: `${base}_pinyin`, type: 'text', key, source: 'pinyin' } as const
  return column.found
    ? [plain, pinyin, { column: `${base}_comparable`, type: 'text', key, source: 'comparable' }]
    : [plain, pinyin]
}

/** All content columns of the feed's fact table, in order. */
export function storedColumns(feed: FeedDefinition): StoredColumn[] {
  return [...feed.columns.flatMap(storedAs), ...(feed.takesBack ? [issue] : [])]
}

/** The natural key as columns of the fact table; a secret counts by its blind index. */
export function keyColumns(feed: FeedDefinition): string[] {
  return storedColumns(feed)
    .filter(
      ({ key, source }) =>
        source === 'derived' || (feed.key.includes(key) && (source === 'value' || source === 'index')),
    )
    .map((stored) => stored.column)
}

/** Chinese labels a cell of the column may hold; empty where the type is open. */
export function allowedValues(column: Column): string[] {
  if (column.type === 'yesNo') return termsOf('yesNo').map(([, term]) => term.zh)
  return column.enumeration ? termsOf(column.enumeration).map(([, term]) => term.zh) : []
}

/** A header as people vary it, made comparable: `＊医疗费总额（元）` and `医疗费总额` are the same. */
export function normalHeader(header: string): string {
  return withoutUnit(header)
    .replace(/[\s*"'=:;。、,.·_\-/›]/g, '')
    .replace(/\((?:人|亩|升|分钟|平方米|㎡|m2|必填|选填|是否|YYYY.*|格式.*)\)/gi, '')
    .toLowerCase()
}

const headersByFeed = new WeakMap<FeedDefinition, Map<string, Column>>()

function headersOf(feed: FeedDefinition): Map<string, Column> {
  let headers = headersByFeed.get(feed)
  if (!headers) {
    headers = new Map()
    // Earlier names win, so that a general alias of one column cannot take another column's own header.
    for (const namesOf of [(c: Column) => [c.header], (c: Column) => c.aliases, (c: Column) => [c.key]]) {
      for (const column of feed.columns) {
        for (const known of namesOf(column)) {
          const normal = normalHeader(known)
          if (!headers.has(normal)) headers.set(normal, column)
        }
      }
    }
    headersByFeed.set(feed, headers)
  }
  return headers
}

/** What a lower header says where the one above it names the column: `医疗救助›金额`, `医疗救助›field_12`. */
const mereAmount = /^(?:金额|数额|数|合计|小计|情况|元|金额合计|[a-z][a-z0-9_]*)?$/

/**
 * The column a header of a file stands for, by its standard name, an alias, or its key. Of a header joined of several rows
 * (`收入情况›工资性收入`) the whole is looked for, then its end, then what stands above a mere `金额` or a code.
 */
export function columnFor(feed: FeedDefinition, header: string): Column | undefined {
  const headers = headersOf(feed)
  const whole = headers.get(normalHeader(header))
  if (whole || !header.includes('›')) return whole
  const parts = header.split('›').map(normalHeader)
  const named = parts.filter((part) => part !== '')
  for (let from = 1; from < named.length; from++) {
    const column = headers.get(named.slice(from).join(''))
    if (column) return column
  }
  return mereAmount.test(named.at(-1) ?? '') ? headers.get(named.at(-2) ?? '') : undefined
}
