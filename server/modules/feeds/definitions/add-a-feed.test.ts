import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestDatabase, type TestDatabase } from '#test/harness/database.ts'
import { compileRowCheck } from '../checks/index.ts'
import { factTable } from './fact-table.ts'
import { feeds } from './index.ts'
import { columnFor, type FeedDefinition, keyColumns } from './kit.ts'
import type { Value } from './rows/row-rule.ts'

// The worked example of docs/add-a-feed.md, taken from the page and run.
const page = readFileSync(path.resolve(import.meta.dirname, '../../../../docs/add-a-feed.md'), 'utf8')
const block = (language: string) => page.split(`\`\`\`${language}\n`)[1]?.split('```')[0] ?? ''
const folder = mkdtempSync(path.join(os.tmpdir(), 'shouwang-add-a-feed-'))

let opened: TestDatabase
let feed: FeedDefinition

beforeAll(async () => {
  opened = await openTestDatabase()
  const source = block('ts')
    .replace("'../kit.ts'", `'${import.meta.dirname}/kit.ts'`)
    .replace("'../rows/row-rules.ts'", `'${import.meta.dirname}/rows/row-rules.ts'`)
  const file = path.join(folder, 'micro-loan.ts')
  writeFileSync(file, source)
  const loaded: { microLoan: FeedDefinition } = await import(/* @vite-ignore */ file)
  feed = loaded.microLoan
})
afterAll(async () => {
  await opened.close()
  rmSync(folder, { recursive: true, force: true })
})

test('the definition makes exactly the table that stands on the page', async () => {
  expect(feeds.map((known) => known.code)).not.toContain(feed.code)
  expect(`${factTable(feed)};\n`).toBe(block('sql'))
  await opened.database.pool.query(factTable(feed))
  expect(keyColumns(feed)).toEqual(['contract_no'])
})

test('its rows are recognised and checked', () => {
  const headers = [
    '借款人姓名',
    '公民身份号码',
    '合同编号',
    '贷款余额(万元)',
    '放款日期',
    '到期日',
    '统计日期',
  ]
  const mapping = Object.fromEntries(
    headers.map((header, index) => [columnFor(feed, header)?.key ?? header, { index, header }]),
  )
  const check = compileRowCheck(feed, mapping, { today: '2020-03-10', settlementToleranceFen: 0 })
  const row = ['测试户甲', '341722196207150042', 'XD001', '4.5', '2019-03-01', '2021-03-01', '2020-02-29']
  const values: Value[] = []
  expect(check(row, values)).toBeUndefined()
  expect(values).toEqual([
    '测试户甲',
    null,
    '341722196207150042',
    'XD001',
    4_500_000,
    '2019-03-01',
    '2021-03-01',
    null,
    '2020-02-29',
  ])
  expect(check(row.with(5, '2019-02-28'), values)).toEqual([
    { code: 'dates-out-of-order', key: 'dueOn', detail: '放款日期' },
  ])
})
