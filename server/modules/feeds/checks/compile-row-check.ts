import { yuan } from '#contract/feeds/money-units.ts'
import type { DocumentKind } from '#server/platform/people/documents.ts'
import type { Column, FeedDefinition } from '../definitions/kit.ts'
import type { Reason } from '../definitions/rows/reasons.ts'
import type { CheckLimits, Failure, Value } from '../definitions/rows/row-rule.ts'
import { unitOfHeader } from '../units/header-unit.ts'
import {
  clean,
  fail,
  isBlank,
  type ReadCell,
  readBankCard,
  readDivision,
  readPhone,
  readText,
} from './cells/cells.ts'
import { readDate, readMonth, readTerm, remember } from './cells/read-dates.ts'
import { readOne, readSome, readYesNo } from './cells/read-enumerations.ts'
import { faultOf, formulaFault } from './cells/read-faults.ts'
import { isNoNumber, readDisabilityCard, readIdNumber } from './cells/read-id-number.ts'
import { readMatchName, readName } from './cells/read-names.ts'
import { readMoney, readNumber } from './cells/read-numbers.ts'

/** Where the cell of a column stands in a row, the header there, and for money the unit where it is not the header that says it. */
export interface ColumnPlace {
  index: number
  header?: string
  unit?: number
}

/** Column key → its place. */
export type ColumnMapping = Readonly<Record<string, ColumnPlace | undefined>>

/**
 * Checks one raw row and writes its values into `values`, in the order of the feed's columns: text, codes and dates as
 * strings, money in fen, yes/no as boolean, empty as null; all ready for COPY. Returns why the row cannot be taken, or
 * undefined. After a refusal the values are not to be used. `merged` are places that are one cell with rows above or below.
 */
export type RowCheck = (
  cells: readonly string[],
  values: Value[],
  merged?: readonly number[],
) => Reason[] | undefined

/** Compiles the checks of a feed for one file's columns: 17 columns take 1.2 µs. */
export function compileRowCheck(feed: FeedDefinition, mapping: ColumnMapping, limits: CheckLimits): RowCheck {
  const places = feed.columns.map((column) => mapping[column.key]?.index ?? -1)
  const readers = feed.columns.map((column) => readerOf(column, limits, mapping[column.key]))
  const isText = feed.columns.map(({ type }) => type === 'text')
  const isRequired = feed.columns.map((column) => column.required)
  const keys = feed.columns.map((column) => column.key)
  const kinds = feed.columns.map(({ kindIn }) => (kindIn === undefined ? -1 : keys.indexOf(kindIn)))
  const fills = feed.columns.flatMap((column, at) =>
    column.otherwise ? [{ at, from: keys.indexOf(column.otherwise.from), make: column.otherwise.make }] : [],
  )
  const rules = feed.rowRules.map((rule) => ({
    rule,
    about: rule.keys[0] ?? '',
    places: rule.keys.map((key) => keys.indexOf(key)),
    // Reused for every row; rules read it and let it go.
    inputs: rule.keys.map((): Value => null),
  }))
  const width = keys.length
  const mergedFigures = figuresIn(feed, places)

  return (cells, values, merged) => {
    let reasons: Reason[] | undefined
    for (let i = 0; i < width; i++) {
      const place = places[i] ?? -1
      const raw = place < 0 ? '' : (cells[place] ?? '')
      const cell = clean(raw)
      values[i] = null
      if (isBlank(cell)) {
        if (isRequired[i]) reasons = also(reasons, keys[i], missing)
        continue
      }
      const stated = values[kinds[i] ?? -1]
      const formula = raw.charCodeAt(0) === 0x3d ? formulaFault(raw, isText[i] ?? false) : undefined
      const value =
        formula ??
        faultOf(cell) ??
        readers[i]?.(cell, typeof stated === 'string' ? stated : undefined) ??
        null
      if (value === null && isRequired[i]) reasons = also(reasons, keys[i], missing)
      else if (!isFailure(value)) values[i] = value
      // 无 in a column that may be empty is an answer: there is none.
      else if (cell !== '无' || isRequired[i]) reasons = also(reasons, keys[i], value)
    }
    if (merged) for (const key of mergedFigures(merged)) reasons = also(reasons, key, oneForSeveral)
    for (const fill of fills) {
      const from = values[fill.from]
      if (values[fill.at] === null && (typeof from === 'string' || typeof from === 'number'))
        values[fill.at] = fill.make(from)
    }
    for (const { rule, about, places, inputs } of rules) {
      if (reasons?.some((reason) => rule.keys.includes(reason.key))) continue
      for (let i = 0; i < places.length; i++) inputs[i] = values[places[i] ?? 0] ?? null
      const failure = rule.check(inputs, limits)
      if (failure) reasons = also(reasons, about, failure)
    }
    return reasons
  }
}

const missing = fail('missing')
const oneForSeveral = fail('merged-figure')

/**
 * Amounts merged over several rows belong to all of them together: each would count the whole. Not where person and key are
 * merged with them, for then the rows are one.
 */
function figuresIn(feed: FeedDefinition, places: readonly number[]) {
  const columns = feed.columns.map(({ key, type, use }, i) => ({ key, type, use, place: places[i] ?? -1 }))
  const figures = columns.filter(({ type, place }) => type === 'money' && place >= 0)
  const identity = columns.filter(
    ({ key, use, place }) => place >= 0 && (use === 'match' || feed.key.includes(key)),
  )
  return (merged: readonly number[]): string[] => {
    if (identity.every(({ place }) => merged.includes(place))) return []
    return figures.filter(({ place }) => merged.includes(place)).map(({ key }) => key)
  }
}

const isFailure = (value: Value | Failure): value is Failure => typeof value === 'object' && value !== null

function also(reasons: Reason[] | undefined, key = '', { code, detail }: Failure): Reason[] {
  const reason = detail === undefined ? { code, key } : { code, key, detail }
  if (!reasons) return [reason]
  reasons.push(reason)
  return reasons
}

/** 元 where neither the header nor the file says anything: the layouts of the feeds are in yuan (decision 0062). */
function unitOf(place: ColumnPlace | undefined): number {
  const header = unitOfHeader(place?.header ?? '')
  if ('problem' in header) throw new Error(`a column in no known unit was let through: ${header.text}`)
  return header.digits ?? place?.unit ?? yuan
}

function readerOf(column: Column, limits: CheckLimits, place: ColumnPlace | undefined): ReadCell {
  switch (column.type) {
    case 'text':
      return readText(200, column.required)
    case 'name':
      return column.use === 'match' ? readMatchName : readName
    case 'idNumber':
      return readNumberOf(column, limits)
    case 'disabilityCard':
      return readDisabilityCard(limits.today)
    case 'phone':
      return readPhone
    case 'bankCard':
      return readBankCard
    case 'division':
      return remember(readDivision)
    case 'yesNo':
      return readYesNo()
    case 'enumeration':
      return readEnumeration(column)
    case 'enumerations':
      return remember(readSome(column.enumeration ?? 'yesNo'))
    case 'date':
      return readDate(limits.today, column.mayBeFuture ?? false, column.isEnd ?? false)
    case 'month':
      return readMonth(limits.today, column.mayBeFuture ?? false)
    case 'term':
      return readTerm
    case 'money':
      return readMoney(column, unitOf(place))
    case 'integer':
      return readNumber(column, true)
    case 'decimal':
      return readNumber(column, false)
  }
}

/** Where the column may be empty, words for "none yet" are; where it may not, they miss it. */
function readNumberOf(column: Column, limits: CheckLimits): ReadCell {
  const read = readIdNumber(limits.today)
  const none = column.required ? missing : null
  return (cell, stated) => (isNoNumber(cell) ? none : read(cell, stated as DocumentKind | undefined))
}

function readEnumeration({ enumeration = 'yesNo', use }: Column): ReadCell {
  const read = readOne(enumeration)
  if (use !== 'read') return read
  return (cell) => {
    const value = read(cell)
    return isFailure(value) ? null : value
  }
}
