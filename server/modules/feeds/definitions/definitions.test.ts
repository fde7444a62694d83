import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openTestDatabase, type TestDatabase } from '#test/harness/database.ts'
import { factTable } from './fact-table.ts'
import { describeFeeds, feeds, findFeed } from './index.ts'
import { columnFor, storedColumns } from './kit.ts'

let test_: TestDatabase
beforeAll(async () => {
  test_ = await openTestDatabase()
})
afterAll(() => test_.close())

/** What a migration would have to say where a definition changed: `alter table … add column if not exists …`. */
async function describeTable(schema: string, table: string) {
  const columns = await sql<{ name: string; type: string; required: boolean; comment: string | null }>`
    select a.attname as name, format_type(a.atttypid, null) as type, a.attnotnull as required,
      col_description(a.attrelid, a.attnum) as comment
    from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
    where n.nspname = ${schema} and c.relname = ${table} and a.attnum > 0 and not a.attisdropped
      order by a.attname`.execute(test_.database.db)
  const indexes = await sql<{ text: string }>`
    select replace(indexdef, schemaname || '.', '') as text from pg_indexes
    where schemaname = ${schema} and tablename = ${table} order by 1`.execute(test_.database.db)
  return { columns: columns.rows, indexes: indexes.rows }
}

describe.each(feeds)('feed $code', (feed) => {
  test('is stored in a table of exactly its columns, each with its type and comment, and its indexes', async () => {
    const stands = await describeTable('public', feed.table)
    await test_.database.pool.query(
      `create schema if not exists made; set search_path = made; ${factTable(feed)}; reset search_path`,
    )
    expect(stands).toEqual(await describeTable('made', feed.table))
    expect(stands.columns.filter(({ comment }) => !comment)).toEqual([])
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
