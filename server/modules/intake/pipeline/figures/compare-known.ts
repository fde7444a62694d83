import type pg from 'pg'
import { type FeedDefinition, storedColumns } from '#server/modules/feeds/index.ts'
import type { Figures } from '../../figures/known-figures.ts'
import { touchedPlaces } from '../rows/place-rows.ts'
import { chainOf, equal, factColumns, type IntakeTables } from '../tables.ts'

/** Rows looked at: enough for a share, few enough to cost nothing beside the merge. */
const placesCompared = 2000
const rowsCompared = 20_000

/** A column of rows that speak of what was known already. */
export interface Compared {
  key: string
  /** Pairs of rows compared, and those of them whose column was known. */
  pairs: number
  known: number
  /** Known before, empty now. */
  emptied: number
  /** Of amounts: pairs that are not 0 on either side, the median of how many times larger the new one is, both medians in fen. */
  ratioPairs: number
  ratio: number | null
  knownMedian: number | null
  foundMedian: number | null
}

/**
 * Holds the rows of a batch that is not merged yet against what its households and people were known by: a row of the same key, and where
 * amounts of a feed stay of one size (`steady`), the newest earlier row of the same place. What the batch corrects does not count.
 */
export async function compareKnown(
  client: pg.PoolClient,
  tables: IntakeTables,
  { feed, id, corrects }: { feed: FeedDefinition; id: number; corrects: number | null },
): Promise<Compared[]> {
  const { table, place, keys } = factColumns(feed)
  const stored = storedColumns(feed).filter(
    ({ column, source }) => (source === 'value' || source === 'index') && !keys.includes(column),
  )
  const money = new Set(feed.columns.filter(({ type }) => type === 'money').map(({ key }) => key))
  const chain = chainOf(corrects)
  const observed = feed.columns.find(({ key }) => key === feed.observedBy)
  const newest = (alias: string) => (observed ? `${alias}.${snake(observed.key)} desc,` : '')
  const sameKey = `select ${pairOf(stored, 'p', 'f')}
    from (select * from ${tables.placed} where exact and copy_no = 1 and verdict in ('same', 'changed')
      limit ${rowsCompared}) p
    join ${table} f on ${equal([...place, ...keys], 'f', 'p')} and f.known_until is null and f.batch_id not in ${chain}`
  const samePlace = `select ${pairOf(stored, 'n', 'o', (key) => money.has(key))}
    from (select distinct ${place.join(', ')} from (select * from ${touchedPlaces} limit ${placesCompared}) p) t
    join lateral (select f.* from ${table} f where ${equal(place, 'f', 't')} and f.known_until is null
      and f.batch_id = ${id} order by ${newest('f')} f.row_no limit 1) n on true
    join lateral (select f.* from ${table} f where ${equal(place, 'f', 't')} and f.known_until is null
      and f.batch_id <> ${id} and f.batch_id not in ${chain}
      order by ${newest('f')} f.known_from desc limit 1) o on true`
  const pairs = feed.steady ? `${sameKey} union all ${samePlace}` : sameKey
  const figures = stored.flatMap(({ column, key }) => [
    `count(*) filter (where pairs.old_${column} is not null) as "known ${key}"`,
    `count(*) filter (where pairs.old_${column} is not null and pairs.new_${column} is null) as "emptied ${key}"`,
    ...(money.has(key) ? moneyFigures(column, key) : []),
  ])
  if (figures.length === 0) return []
  const { rows } = await client.query<Record<string, number | null>>(
    `select count(*) as pairs, ${figures.join(', ')} from (${pairs}) pairs`,
  )
  const found = rows[0] ?? {}
  return stored.map(({ key }) => ({
    key,
    pairs: Number(found.pairs ?? 0),
    known: Number(found[`known ${key}`] ?? 0),
    emptied: Number(found[`emptied ${key}`] ?? 0),
    ratioPairs: Number(found[`ratio pairs ${key}`] ?? 0),
    ratio: found[`ratio ${key}`] ?? null,
    knownMedian: found[`known median ${key}`] ?? null,
    foundMedian: found[`found median ${key}`] ?? null,
  }))
}

const snake = (key: string) => key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)

/** Of another row of the place only amounts are comparable: an entitlement that ended says nothing of the next one's end. */
function pairOf(
  stored: ReturnType<typeof storedColumns>,
  now: string,
  before: string,
  counts: (key: string) => boolean = () => true,
): string {
  return stored
    .flatMap(({ column, type, key }) =>
      counts(key)
        ? [`${now}.${column} as new_${column}`, `${before}.${column} as old_${column}`]
        : [`null::${type} as new_${column}`, `null::${type} as old_${column}`],
    )
    .join(', ')
}

function moneyFigures(column: string, key: string): string[] {
  const both = `filter (where pairs.old_${column} <> 0 and pairs.new_${column} <> 0)`
  const middle = (value: string) => `(percentile_cont(0.5) within group (order by ${value}) ${both})::float8`
  return [
    `count(*) ${both} as "ratio pairs ${key}"`,
    `exp(${middle(`ln(abs(pairs.new_${column}::float8 / pairs.old_${column}))`)}) as "ratio ${key}"`,
    `round(${middle(`abs(pairs.old_${column})`)}) as "known median ${key}"`,
    `round(${middle(`abs(pairs.new_${column})`)}) as "found median ${key}"`,
  ]
}

/** What to show beside the figures of a batch: of the same households and people where they are known, else of the last file. */
export function knownBefore(
  last: Figures | undefined,
  compared: readonly Compared[],
): Record<string, { median: number | null }> {
  const medians = Object.entries(last ?? {}).map(([key, { median }]) => [key, { median }] as const)
  const own = compared.flatMap(({ key, knownMedian }) =>
    knownMedian === null ? [] : [[key, { median: knownMedian }] as const],
  )
  return Object.fromEntries([...medians, ...own])
}
