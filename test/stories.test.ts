import { readdirSync } from 'node:fs'
import { afterEach, describe, expect, test } from 'vitest'
import { indicators, packOn } from '#server/modules/screening/index.ts'
import { whyUnknown } from '#server/modules/screening/unknown/index.ts'
import { openTestDatabase, type TestDatabase } from './harness/database.ts'
import { liveStory, missed, openRules, readStory, storyFolder } from './harness/stories.ts'

let t: TestDatabase | undefined
afterEach(async () => {
  await t?.close()
  t = undefined
})

async function query<Row extends object>(text: string, values: unknown[] = []): Promise<Row[]> {
  return (await t?.database.pool.query<Row>(text, values))?.rows ?? []
}

async function live(name: string) {
  t = await openTestDatabase()
  const story = readStory(name)
  await liveStory(t, name, story.commands)
  return { story, open: await openRules(t) }
}

test.each(readdirSync(storyFolder).toSorted())('%s', async (name) => {
  const { story, open } = await live(name)
  expect({ story: story.words, missed: missed(story, open) }).toEqual({ story: story.words, missed: [] })
  // Whatever happened: nothing ends before it began.
  expect(await query('select id from clue where closed_on < opened_on')).toEqual([])
  expect(await query('select id from signal where cleared_on < opened_on')).toEqual([])
})

/** Why each unknown figure of a household is so. */
async function reasons(household: string, day: string) {
  const [row] = await query<Record<string, number | boolean | null> & { id: number }>(
    `select h.id, i.* from household h join indicator i on i.county = h.county and i.household_id = h.id
     where h.household_no = $1`,
    [household],
  )
  const figures = Object.fromEntries(indicators.map(({ name, column }) => [name, row?.[column] ?? null]))
  const place = { county: 341_221, householdId: row?.id ?? 0 }
  if (!t) throw new Error('no story')
  return whyUnknown(t.database.db, place, figures, { pack: packOn(day), day })
}

describe('besides the open clues', () => {
  test('F02: the clue says which year it is about', async () => {
    await live('F02-december-bills')
    expect(await query(`select why ->> 'zh' as why from clue`)).toEqual([
      { why: '钱甲家 2019 年住院自付合计 9,000 元，达到警戒线 5,000 元。' },
    ])
  })

  test('F03: what came late adds to what was known', async () => {
    await live('F03-back-dated')
    expect(await query('select rule, measured, opened_on from signal')).toEqual([
      { rule: 'R01', measured: 610_000, opened_on: '2020-03-05' },
    ])
    // Nobody knew of it before it came.
    expect(
      await query(`select a.settlement_no from medical_settlement a join medical_settlement b on b.settlement_no = '1'
        where a.settlement_no = '0' and a.known_from <= b.known_from`),
    ).toEqual([])
  })

  test('F04: a cut nobody ended is known up to the day it was seen', async () => {
    await live('F04-open-water-cut')
    const because = await reasons('A', '2020-03-05')
    expect(because.get('waterCutDaysYear')).toMatchObject([{ why: 'open', on: '2015-05-01', days: 12 }])
    expect((await reasons('B', '2020-03-05')).has('waterCutDaysYear')).toBe(false)
  })

  test('F05: too old, and of which day; a household that was never told of is another thing', async () => {
    await live('F05-old-facts')
    const because = await reasons('A', '2020-03-05')
    expect(because.get('netIncomePerHead')).toMatchObject([{ why: 'old', on: '2015-09-30' }])
    expect(because.get('waterQualityFailed')).toMatchObject([{ why: 'old', on: '2015-02-01' }])
    expect(because.get('dwellingGrade')).toMatchObject([{ why: 'late', on: null }])
    expect((await reasons('B', '2020-03-05')).has('netIncomePerHead')).toBe(false)
  })

  test('F06: the report of the epidemic says nothing of other illnesses, and it does of the epidemic', async () => {
    await live('F06-daily-covers-monthly')
    expect(
      await query('select new_major_illness_members as major, epidemic_members as epidemic from indicator'),
    ).toEqual([
      { major: null, epidemic: 0 },
      { major: null, epidemic: 0 },
    ])
    // One row says nothing of the other counties of the province.
    expect(await query('select county, subject from feed_coverage where feed = $1', ['illness'])).toEqual([
      { county: 341_221, subject: 'epidemic' },
    ])
  })

  test('F07: the rows of the figure and no others, adding up to it', async () => {
    await live('F07-withdrawn-evidence')
    expect(
      await query(`select s.rule, s.measured, e.amount_fen from signal s join signal_evidence e on e.county = s.county
        and e.signal_id = s.id where s.cleared_on is null`),
    ).toEqual([{ rule: 'R01', measured: 520_000, amount_fen: 520_000 }])
  })

  test('F11: kept, no longer known for the new year, and ended as that after the longest hold', async () => {
    const name = 'F11-uninsured-new-year'
    await live(name)
    const signal = () => query('select silent_since, cleared_on, ended from signal')
    expect(await signal()).toEqual([{ silent_since: '2021-01-04', cleared_on: null, ended: null }])
    expect((await reasons('A', '2021-01-04')).get('uninsuredMembers')).toMatchObject([
      { why: 'never', year: 2021, lastYear: 2020 },
    ])
    if (t) await liveStory(t, name, [{ does: 'screen', asOf: '2021-07-05' }])
    expect(await signal()).toMatchObject([{ cleared_on: null }])
    if (t) await liveStory(t, name, [{ does: 'screen', asOf: '2021-07-06' }])
    expect(await signal()).toMatchObject([{ cleared_on: '2021-07-06', ended: 'unknown' }])
  })

  test('F13: no line is set, and the rule cannot judge', async () => {
    await live('F13-line-after-2024')
    expect(await query('select net_income_per_head_fen as fen from indicator')).toEqual([{ fen: 839_999 }])
    expect(
      await query(`select hits, cannot_judge from rule_coverage where rule = 'R22' and county = 341221
        order by run_id desc limit 1`),
    ).toEqual([{ hits: 0, cannot_judge: 1 }])
  })
})
