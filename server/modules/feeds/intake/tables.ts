import type pg from 'pg'
import { type FeedDefinition, keyColumns, storedColumns } from '../definitions/kit.ts'

/** The working tables of one batch, dropped when it ends. Unlogged: a crash loses them, and the batch starts over. */
export interface IntakeTables {
  /** Checked rows. */
  stage: string
  /** Rows with their household, in key order. */
  placed: string
  /** Rows for a person to decide. */
  review: string
  /** Rows that contradict the file or the registry. */
  refused: string
  /** Original rows, sealed, of those two. */
  original: string
}

export function intakeTables(batchId: number): IntakeTables {
  const named = (what: string) => `intake.${what}_${batchId}`
  return {
    stage: named('stage'),
    placed: named('placed'),
    review: named('review'),
    refused: named('refused'),
    original: named('original'),
  }
}

/** Files of the registry itself bring their households and persons; all others are matched by name and ID number. */
export function isRegistryFeed(feed: FeedDefinition): boolean {
  return !feed.columns.some((column) => column.use === 'match')
}

export interface StageColumn {
  column: string
  type: string
}

/** Columns of the staging table, in the order of its COPY lines. */
export function stageColumns(feed: FeedDefinition): StageColumn[] {
  const match = isRegistryFeed(feed)
    ? []
    : [
        { column: 'match_index', type: 'uuid' },
        { column: 'match_name', type: 'text' },
        { column: 'match_birth', type: 'date' },
      ]
  return [{ column: 'row_no', type: 'integer' }, ...match, ...storedColumns(feed)]
}

const unlogged = 'with (autovacuum_enabled = off)'

export async function createTables(client: pg.PoolClient, tables: IntakeTables, feed: FeedDefinition) {
  const columns = stageColumns(feed).map(({ column, type }) => `${column} ${type}`)
  await client.query(`create unlogged table ${tables.stage} (${columns.join(', ')}) ${unlogged}`)
  await client.query(
    `create unlogged table ${tables.original} (row_no integer not null, row_cipher bytea not null) ${unlogged}`,
  )
  await client.query(
    `create unlogged table ${tables.refused} (row_no integer not null, code text not null, key text not null, other integer)`,
  )
  await client.query(`create unlogged table ${tables.review} (row_no integer not null, county integer not null,
    household_id bigint not null, person_id bigint not null, match_class text not null)`)
}

export async function dropTables(client: pg.PoolClient | pg.Pool, tables: IntakeTables) {
  await client.query(`drop table if exists ${Object.values(tables).join(', ')}`)
}

/** Names of a feed's columns in SQL: what places a fact, what makes it the same fact, what it says. */
export interface FactColumns {
  table: string
  /** county, household_id and, for facts about a person, person_id. */
  place: string[]
  /** The innermost of them and the natural key: equal for rows of one file that speak of the same thing. */
  identity: string[]
  /** Everything stored, ciphertexts included. */
  content: string[]
  /** What two rows must agree on to say the same; a ciphertext differs each time, its index does not. */
  compared: string[]
}

export function factColumns(feed: FeedDefinition): FactColumns {
  const place = ['county', 'household_id', ...(feed.grain === 'person' ? ['person_id'] : [])]
  const stored = storedColumns(feed)
  const innermost = place.at(-1) ?? 'household_id'
  return {
    table: feed.table,
    place,
    identity: [innermost, ...keyColumns(feed)],
    content: stored.map(({ column }) => column),
    compared: stored.filter(({ source }) => source !== 'cipher').map(({ column }) => column),
  }
}

/** `a.x = b.x and …` */
export function equal(columns: readonly string[], a: string, b: string): string {
  return columns.map((column) => `${a}.${column} = ${b}.${column}`).join(' and ')
}

/** `a.x, a.y` */
export function listed(columns: readonly string[], of: string): string {
  return columns.map((column) => `${of}.${column}`).join(', ')
}
