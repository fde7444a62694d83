import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openTestDatabase, type TestDatabase } from '#test/harness/database.ts'
import { describeFeeds, feeds, findFeed } from './index.ts'
import { columnFor, keyColumns, storedColumns } from './kit.ts'

let test_: TestDatabase
beforeAll(async () => {
  test_ = await openTestDatabase()
})
afterAll(() => test_.close())

interface TableColumn {
  name: string
  type: string
  required: boolean
  comment: string | null
}

async function columnsOf(table: string) {
  const { rows } = await sql<TableColumn>`
    select attname as name, format_type(atttypid, null) as type, attnotnull as required,
      col_description(attrelid, attnum) as comment
    from pg_attribute where attrelid = ${table}::regclass and attnum > 0 and not attisdropped order by attnum`.execute(
    test_.database.db,
  )
  return rows
}

describe.each(feeds)('feed $code', (feed) => {
  test('is stored in a table of exactly its columns, each with a comment', async () => {
    const columns = await columnsOf(feed.table)
    const unit = feed.grain === 'person' ? ['household_id', 'person_id'] : ['household_id']
    const content = storedColumns(feed)
    const names = [
      'county',
      ...unit,
      'batch_id',
      'row_no',
      ...content.map((c) => c.column),
      'known_from',
      'known_until',
      'village',
    ]
    expect(columns.map((c) => c.name)).toEqual(names)
    expect(columns.filter((c) => !c.comment)).toEqual([])
    const types = new Map(columns.map((c) => [c.name, c]))
    for (const stored of content) {
      expect([stored.column, types.get(stored.column)?.type]).toEqual([stored.column, stored.type])
      const column = feed.columns.find((c) => c.key === stored.key)
      expect([stored.column, types.get(stored.column)?.required]).toEqual([
        stored.column,
        column?.required === true || column?.otherwise !== undefined,
      ])
    }
  })

  test('has one live row per natural key, kept by a partial unique index', async () => {
    const { rows } = await sql<{ definition: string }>`
      select pg_get_indexdef(indexrelid) as definition from pg_index
      where indrelid = ${feed.table}::regclass and indisunique`.execute(test_.database.db)
    const unit =
      feed.grain === 'person' ? ['county', 'household_id', 'person_id'] : ['county', 'household_id']
    expect(rows.map((row) => row.definition)).toEqual([
      expect.stringContaining(`(${[...unit, ...keyColumns(feed)].join(', ')}) WHERE (known_until IS NULL)`),
    ])
  })

  test('gives every header to one column only', () => {
    for (const column of feed.columns) {
      for (const header of [column.header, ...column.aliases]) {
        expect([header, columnFor(feed, header)?.key]).toEqual([header, column.key])
      }
    }
  })

  test('keeps no name or ID number beside its facts, save the registry itself', () => {
    const kept = storedColumns(feed).filter(
      (c) => /name|id_number/.test(c.column) && c.source !== 'cipher' && c.source !== 'index',
    )
    const registry = feed.code === 'household' || feed.code === 'member'
    expect(kept.filter((c) => c.source === 'pinyin').length).toBe(registry ? 1 : 0)
  })
})

test('feeds are found by code and described with headers, aliases and allowed values', () => {
  expect(findFeed('dwelling')?.table).toBe('dwelling_survey')
  expect(findFeed('no-such-feed')).toBeUndefined()
  const settlement = describeFeeds().find((feed) => feed.code === 'medical-settlement')
  expect(settlement?.department).toBe('YB')
  expect(settlement?.columns.find((column) => column.key === 'visitKind')).toMatchObject({
    header: '就医类别',
    required: true,
    allowed: ['住院', '普通门诊', '门诊慢特病'],
  })
})
