import type { Random } from '#test/leaks/random.ts'

/** As much of JSON Schema as the published document uses. */
export interface Schema {
  type?: string
  format?: string
  pattern?: string
  enum?: readonly unknown[]
  const?: unknown
  anyOf?: readonly Schema[]
  oneOf?: readonly Schema[]
  allOf?: readonly Schema[]
  properties?: Readonly<Record<string, Schema>>
  required?: readonly string[]
  items?: Schema
  prefixItems?: readonly Schema[]
  minimum?: number
  maximum?: number
  minLength?: number
  maxLength?: number
  minItems?: number
  maxItems?: number
}

const days = [
  ...['0000-01-01', '0001-01-01', '0099-12-31', '1000-01-01', '1582-10-10', '1899-12-31', '1970-01-01'],
  ...['2020-02-29', '2020-03-09', '2020-03-10', '2020-03-11', '2038-01-19', '2262-04-12', '9999-12-31'],
]
const noDays = ['2021-02-29', '2020-13-01', '+010000-01-01', '-000001-01-01', '2020-3-1', 'infinity', 'now']
const times = ['00:00:00Z', '23:59:59.999Z', '12:00:00Z', '23:59:59.999999999Z']
const numbers = [
  ...[0, -0, 1, -1, 2, 0.5, 49, 50, 200, 201, 32_767, 32_768, 2 ** 31 - 1, 2 ** 31, -(2 ** 31) - 1, 2 ** 32],
  ...[2 ** 53 - 1, -(2 ** 53) + 1, 2 ** 53, 2 ** 63, 1e15, 1e21, 1e308, -1e308, 5e-324, 100_000_000_000],
  ...[999_999_999_999, 340_000_000_000, 341_221_000_000, 341_221_001_003, 341_999_000_000, 341_221_001_999],
]
const texts = [
  ...[
    '',
    ' ',
    '0',
    '-1',
    'null',
    'undefined',
    'NaN',
    '[object Object]',
    '__proto__',
    'constructor',
    '%',
    '_',
  ],
  ...[
    '\\',
    '%\\',
    "'",
    "';--",
    '"',
    '户1',
    '户9999999',
    '%户%',
    '..',
    '../../etc/passwd',
    '/',
    '{}',
    '[]',
    '$1',
  ],
  ...[
    '\u202egnp.exe',
    '\u200b',
    '\ufeff',
    'a\u0301',
    '🀄',
    '𠮷𠮷',
    '１２３',
    '　',
    '\n',
    '\r\n',
    '\t',
    '\u0001',
    '\u007f',
  ],
  ...['\0', '\ud800', '\uffff', '34122119700101001X', '341221197001010011', 'a&b=c', '<b>', '=1+1'],
  ...[
    '(',
    '[a-z',
    '*',
    '.*'.repeat(20),
    'a:*',
    '!',
    '& |',
    '1e309',
    '0x10',
    'true',
    '2020-03-10',
    'ſ',
    'İ',
    'ß',
  ],
]

/** Values that fit a schema at its edges, and those just beyond. `ill` says how many of a hundred fit no schema at all. */
export function valueFor(schema: Schema, random: Random, ill = 4): unknown {
  if (random.number(100) < ill) return unfit(random)
  const ways = schema.anyOf ?? schema.oneOf ?? schema.allOf
  if (ways) return valueFor(random.of(ways), random, ill)
  if ('const' in schema) return schema.const
  if (schema.enum) return random.of(schema.enum)
  switch (schema.type) {
    case 'integer':
    case 'number':
      return numberOf(schema, random)
    case 'string':
      return stringOf(schema, random)
    case 'boolean':
      return random.number(2) === 0
    case 'null':
      return null
    case 'array':
      return arrayOf(schema, random, ill)
    case 'object':
      return objectOf(schema, random, ill)
    default:
      return unfit(random)
  }
}

const unfit = (random: Random): unknown =>
  random.of([null, [], {}, [[]], true, '', random.of(numbers), random.of(texts), { $gt: '' }, ['a', 'a']])

function numberOf({ minimum, maximum }: Schema, random: Random): number {
  const edges = [minimum, maximum].flatMap((edge) => (edge === undefined ? [] : [edge, edge - 1, edge + 1]))
  return random.of(random.number(2) && edges.length > 0 ? edges : numbers)
}

function stringOf({ format, pattern, minLength = 0, maxLength }: Schema, random: Random): string {
  if (format === 'date') return random.of(random.number(8) ? days : noDays)
  if (format === 'date-time') return `${random.of(random.number(8) ? days : noDays)}T${random.of(times)}`
  if (format === 'uuid')
    return random.of([random.uuid(), '00000000-0000-0000-0000-000000000000', random.uuid().toUpperCase()])
  if (pattern !== undefined) return random.of([...texts, 'illness', 'rule-a', '123456', '341221197001010011'])
  const length = random.of([minLength, maxLength ?? 300, (maxLength ?? 300) + 1, Math.max(0, minLength - 1)])
  const text = random.of(texts)
  return random.number(3) ? text : (text || '字').repeat(length).slice(0, length)
}

function arrayOf({ items, prefixItems, minItems = 0, maxItems }: Schema, random: Random, ill: number) {
  if (prefixItems) return prefixItems.map((item) => valueFor(item, random, ill))
  const length = random.of([minItems, 1, 2, maxItems ?? 40, (maxItems ?? 40) + 1])
  const one = items ?? {}
  const first = valueFor(one, random, ill)
  // Many of one, or some of each.
  return Array.from({ length: Math.min(length, 500) }, () =>
    random.number(2) ? first : valueFor(one, random, ill),
  )
}

function objectOf({ properties = {}, required = [] }: Schema, random: Random, ill: number) {
  const chosen = Object.entries(properties).filter(
    ([name]) => (required.includes(name) ? random.number(40) : random.number(3)) > 0,
  )
  return Object.fromEntries(chosen.map(([name, schema]) => [name, valueFor(schema, random, ill)]))
}
