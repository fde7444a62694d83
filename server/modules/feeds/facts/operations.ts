import { labelOf } from '#contract/enumerations/enumerations.ts'
import { placeOfRow } from '#contract/feeds/place-of-row.ts'
import { yuanText } from '#contract/money.ts'
import type { HouseholdKey } from '#server/modules/registry/households/index.ts'
import type { Db } from '#server/platform/database/db.ts'
import { feeds } from '../definitions/index.ts'
import type { Column, FeedDefinition } from '../definitions/kit.ts'
import { listStoredFacts, type StoredFact } from './queries.ts'

export interface Localized {
  zh: string
  en: string
}

export interface Fact {
  feed: string
  person: string | null
  /** The day the fact speaks about. */
  date: string | null
  fields: { key: string; label: Localized; value: Localized }[]
  batch: string
  fileName: string
  /** Null where the file is of one sheet. */
  sheet: string | null
  rowNo: number
  knownFrom: string
  knownUntil: string | null
}

export interface FactGroup {
  feed: string
  name: Localized
  department: FeedDefinition['department']
  facts: Fact[]
}

/**
 * The facts about a household by kind, ready to show, each with the file and row it came from. With a day, as they were
 * known at its end; without, every version, the superseded ones marked by `knownUntil`. Kinds without facts are left out.
 * The household comes from `findHousehold`, which has seen to the scope.
 */
export async function listFacts(db: Db, household: HouseholdKey, knownOn?: string): Promise<FactGroup[]> {
  const byFeed = Map.groupBy(await listStoredFacts(db, household, feeds, knownOn), (fact) => fact.feed)
  return feeds.flatMap((feed) => {
    const facts = byFeed.get(feed.code) ?? []
    if (facts.length === 0) return []
    const shown = facts
      .map((fact) => present(feed, fact))
      .sort((a, b) => (b.date ?? '').localeCompare(a.date ?? ''))
    return [{ feed: feed.code, name: feed.name, department: feed.department, facts: shown }]
  })
}

function present(feed: FeedDefinition, fact: StoredFact): Fact {
  const { personName, batchRef, content, feed: code, rowNo, sheets, ...rest } = fact
  const { sheet, row } = placeOfRow(rowNo, sheets)
  const dated =
    feed.observedBy ?? feed.columns.find((column) => column.type === 'date' && column.required)?.key
  const date = dated === undefined ? null : content[dated]
  return {
    ...rest,
    sheet,
    rowNo: row,
    feed: code,
    person: personName,
    batch: batchRef,
    date: typeof date === 'string' ? date : null,
    fields: feed.columns.flatMap((column) => {
      const value = content[column.key]
      if (value === null || value === undefined) return []
      return [
        { key: column.key, label: { zh: column.header, en: column.label }, value: wordsOf(column, value) },
      ]
    }),
  }
}

/** A stored value as people read it. */
function wordsOf(column: Column, value: string | number | boolean): Localized {
  const { enumeration } = column
  switch (column.type) {
    case 'enumeration':
    case 'enumerations': {
      const codes = String(value).split(',')
      const words = (language: 'zh' | 'en') =>
        codes.map((code) => (enumeration ? labelOf(enumeration, code, language) : code))
      return { zh: words('zh').join('、'), en: words('en').join(', ') }
    }
    case 'yesNo': {
      const code = value === true ? 'yes' : 'no'
      return { zh: labelOf('yesNo', code, 'zh'), en: labelOf('yesNo', code, 'en') }
    }
    case 'money': {
      const yuan = yuanText(Number(value))
      return { zh: `${yuan} 元`, en: `¥${yuan}` }
    }
    case 'month': {
      const month = String(value).slice(0, 7)
      return { zh: month, en: month }
    }
    default:
      return { zh: String(value), en: String(value) }
  }
}
