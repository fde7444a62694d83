import { termsOf } from '#contract/enumerations/enumerations.ts'
import { type Column, type FeedDefinition, keyColumns, type StoredColumn, storedAs } from './kit.ts'

/** More values than these are named by their enumeration alone. */
const valuesShown = 10

const ofPerson = [['person_id', 'bigint not null', 'Person in the registry']] as const

/**
 * The statements that make the fact table of a feed: its place, its source, the stored columns of the definition in their order, and
 * the two times. The live index holds the newest row of each natural key, the past index superseded rows alone, and that of refunds
 * these few, so that a first import pays for one index entry a row.
 */
export function factTable(feed: FeedDefinition): string {
  const { table } = feed
  const columns: (readonly [name: string, type: string, comment: string])[] = [
    ['county', 'integer not null', '6-digit county code; distribution column'],
    ['household_id', 'bigint not null', 'Household in the registry'],
    ...(feed.grain === 'person' ? ofPerson : []),
    [
      'village',
      'bigint not null',
      '12-digit code of the village the household lives in; it follows the household',
    ],
    ['batch_id', 'bigint not null', 'Batch it came from'],
    ['row_no', 'integer not null', 'Row of the batch, counted from 1 after the header'],
    ...feed.columns.flatMap((column) => storedAs(column).map((stored) => contentColumn(column, stored))),
    ...(feed.takesBack ? [ofIssue] : []),
    ofWord,
    ['known_from', 'timestamptz not null', 'When the batch was merged'],
    ['known_until', 'timestamptz', 'When a later batch superseded the row; null while it is the newest'],
  ]
  const place = feed.grain === 'person' ? ['county', 'household_id', 'person_id'] : ['county', 'household_id']
  const what = `${feed.name.zh}: ${feed.name.en}, facts of the feed ${feed.code}; superseded, never overwritten`
  return [
    `create table ${table} (\n${columns.map(([name, type]) => `  ${name} ${type}`).join(',\n')}\n)`,
    `comment on table ${table} is ${quoted(what)}`,
    ...columns.map(([name, , comment]) => `comment on column ${table}.${name} is ${quoted(comment)}`),
    `create unique index ${table}_live on ${table} (${[...place, ...keyColumns(feed)].join(', ')})
      where known_until is null`,
    ...(feed.takesBack
      ? [
          `create index ${table}_refunds on ${table} (${place.join(', ')}) where refund and known_until is null`,
        ]
      : []),
    `create index ${table}_past on ${table} (county, household_id) where known_until is not null`,
  ].join(';\n')
}

function contentColumn(column: Column, { column: name, type, source }: StoredColumn) {
  const isMark = column.type === 'yesNo' && column.otherwise !== undefined
  const isRequired = isMark || (column.required && source !== 'comparable')
  const remark = source === 'value' || source === 'derived' ? unitOf(column) : remarks[source]
  const comment = [`${column.header}: ${column.label}`, ...(remark ? [remark] : [])].join('; ')
  // A mark that follows from other columns stands for none where nothing is said.
  const fallback = isMark ? ' default false' : ''
  return [name, isRequired ? `${type} not null${fallback}` : type, comment] as const
}

const ofIssue = [
  'issue',
  "text not null default ''",
  'Tells rows of one number apart: empty for a bill, day and amount of a refund, after which a bill was made out anew',
] as const

const ofWord = [
  'word_on',
  "date not null default '-infinity'",
  'Day of the newest file that says so: end of its period, else day of the batch',
] as const

const remarks: Record<Exclude<StoredColumn['source'], 'value' | 'derived'>, string> = {
  pinyin: 'pinyin initials, for search',
  comparable: 'as it is compared with departments; null where that is as it is written',
  cipher: 'SM4 ciphertext',
  index: 'blind index (HMAC-SM3, 128 bits)',
}

function unitOf({ type, enumeration }: Column): string | undefined {
  switch (type) {
    case 'money':
      return '分'
    case 'division':
      return '12 digits'
    case 'month':
      return 'first day of the month'
    case 'term':
      return 'year and 春 or 秋'
    default: {
      if (!enumeration) return undefined
      const codes = termsOf(enumeration).map(([code]) => code)
      const values = codes.length > valuesShown ? `code of ${enumeration}` : codes.join(', ')
      return type === 'enumerations' ? `codes joined by commas; ${values}` : values
    }
  }
}

const quoted = (text: string) => `'${text.replaceAll("'", "''")}'`
