import { describe, expect, it } from 'vitest'
import type { Batch, Upload } from '#contract/feeds/feeds.ts'
import { trendByDepartment } from './history/trend.ts'
import { whereRowsWent } from './outcome.ts'
import { type StagedBatch, stagesOf } from './stages/stages.ts'
import {
  assign,
  bestGuess,
  mapColumns,
  missingRequired,
  openDoubts,
  unusedHeaders,
} from './upload/mapping.ts'

const states = (batch: StagedBatch) => stagesOf(batch).map(({ state }) => state)

describe('stages', () => {
  it('stand where the running stage is', () => {
    const progress = { stage: 'merge', rows: 10, share: 0.7 } as const
    expect(states({ state: 'matched', progress, counts: { total: 20 } })).toEqual([
      'done',
      'done',
      'done',
      'running',
      'waiting',
    ])
  })

  it('wait after the receipt until a worker takes the batch', () => {
    expect(states({ state: 'received', progress: null, counts: {} })).toEqual([
      'done',
      'waiting',
      'waiting',
      'waiting',
      'waiting',
    ])
  })

  it('fail at the stage whose counts are missing', () => {
    const failedAt = (counts: Batch['counts']) =>
      stagesOf({ state: 'failed', progress: null, counts }).find(({ state }) => state === 'failed')?.name
    expect(failedAt({})).toBe('check')
    expect(failedAt({ total: 5, rejected: 1 })).toBe('match')
    expect(failedAt({ total: 5, rejected: 1, exact: 4 })).toBe('merge')
  })

  it('show a held batch before it is stored, and a batch without news as without warnings', () => {
    expect(states({ state: 'held', progress: null, counts: {} })[3]).toBe('held')
    expect(states({ state: 'unchanged', progress: null, counts: {} }).slice(3)).toEqual([
      'skipped',
      'skipped',
    ])
    expect(new Set(states({ state: 'merged', progress: null, counts: {} }))).toEqual(new Set(['done']))
  })
})

describe('where the rows went', () => {
  const counts = { total: 100, rejected: 7, duplicates: 3, exact: 63, idOnly: 4, nameBirth: 1, unmatched: 25 }
  const sum = (parts: { rows: number }[] = []) => parts.reduce((all, { rows }) => all + rows, 0)

  it('adds up to the file', () => {
    const parts = whereRowsWent({ state: 'merged', counts: { ...counts, inserted: 40, unchanged: 20 } })
    expect(sum(parts)).toBe(100)
    expect(parts).toContainEqual({ outcome: 'unchanged', rows: 20 })
    expect(parts).toContainEqual({ outcome: 'changed', rows: 40 })
  })

  it('names what is older than what is known', () => {
    const parts = whereRowsWent({
      state: 'merged',
      counts: { ...counts, inserted: 40, unchanged: 15, late: 5 },
    })
    expect(sum(parts)).toBe(100)
    expect(parts).toContainEqual({ outcome: 'late', rows: 5 })
  })

  it('claims nothing new before the rows are stored', () => {
    const parts = whereRowsWent({ state: 'held', counts })
    expect(sum(parts)).toBe(100)
    expect(parts?.[0]).toEqual({ outcome: 'usable', rows: 60 })
  })

  it('is unknown until the rows are matched', () => {
    expect(whereRowsWent({ state: 'checked', counts: { total: 100, rejected: 7 } })).toBeUndefined()
  })
})

describe('the trend of departments', () => {
  it('puts the worst latest batch first and keeps time from left to right', () => {
    const batch = (department: Batch['department'], rejected: number) => ({
      department,
      counts: { total: 100, rejected },
    })
    const trends = trendByDepartment(
      [batch('YB', 1), batch('JY', 30), batch('YB', 50), { department: 'SL', counts: {} }, batch('YB', 9)],
      2,
    )
    expect(trends).toEqual([
      { department: 'JY', shares: [0.3], latest: 0.3 },
      { department: 'YB', shares: [0.5, 0.01], latest: 0.01 },
    ])
  })
})

describe('the mapping of a sheet', () => {
  const guess = { score: 0.5, saved: false, unknownHeaders: ['note'], doubtful: [], known: {} }
  const sheet: Upload['sheets'][number] = {
    name: 's',
    hidden: false,
    headerRow: 1,
    headers: ['name', 'id', '', 'note'],
    preview: [['A*', '34**', '', 'x']],
    ...{ unit: null, unitProblem: null, figures: [], asides: [] },
    guesses: [{ ...guess, feed: 'water', mapping: { name: 'name' }, missingRequired: ['idNumber'] }],
  }
  const label = { zh: '', en: '' }
  const column = (key: string, required: boolean) => ({
    ...{ key, header: key, label, aliases: [], type: 'text', allowed: null },
    required,
  })
  const feed = {
    ...{ code: 'water', name: label, department: 'SL' as const, cadence: 'monthly' as const },
    columns: [column('extra', false), column('name', true), column('idNumber', true)],
  }

  it('puts required columns first, with what the first row says', () => {
    const columns = mapColumns(feed, sheet, { name: 'name' })
    expect(columns.map((one) => one.column.key)).toEqual(['name', 'idNumber', 'extra'])
    expect(columns[0]?.sample).toBe('A*')
    expect(missingRequired(columns).map((one) => one.column.key)).toEqual(['idNumber'])
  })

  it('gives a header to one column only', () => {
    expect(assign({ name: 'name', extra: 'id' }, 'idNumber', 'id')).toEqual({ name: 'name', idNumber: 'id' })
    expect(assign({ name: 'name' }, 'name', undefined)).toEqual({})
  })

  it('asks about a doubtful column until it is mapped, and once', () => {
    const doubts = [{ header: 'note' }, { header: 'note' }]
    expect(openDoubts(doubts, {})).toEqual([{ header: 'note' }])
    expect(openDoubts(doubts, { extra: 'note' })).toEqual([])
  })

  it('names the headers nobody uses and leaves nameless ones out', () => {
    expect(unusedHeaders(sheet, { name: 'name' })).toEqual(['id', 'note'])
  })

  it('is sure of a feed only when nothing required is missing or a person saved it', () => {
    expect(bestGuess(sheet)?.sure).toBe(false)
    const [first] = sheet.guesses
    expect(first && bestGuess({ ...sheet, guesses: [{ ...first, saved: true }] })?.sure).toBe(true)
    expect(bestGuess({ ...sheet, guesses: [] })).toBeUndefined()
  })
})
