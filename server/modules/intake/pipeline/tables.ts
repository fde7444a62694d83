import type pg from 'pg'
import { type FeedDefinition, keyColumns, storedColumns } from '#server/modules/feeds/index.ts'

/** The working tables of one batch, dropped when it ends. Unlogged: a crash loses them, and the batch starts over. */
export interface IntakeTables {
  /** Checked rows, a chunk of the file to a table. */
  stage(chunk: number): string
  /** Rows with their household that could not simply be added. */
  left: string
  /** The same in the order of their identity, with what the facts say already. */
  placed: string
  /** Rows whose ID number the registry does not know. */
  unknown: string
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
    stage: (chunk) => `${named('stage')}_${chunk}`,
    left: named('left'),
    placed: named('placed'),
    unknown: named('unknown'),
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

function create(table: string, columns: readonly StageColumn[]): string {
  const list = columns.map(({ column, type }) => `${column} ${type}`).join(', ')
  return `create unlogged table ${table} (${list}) with (autovacuum_enabled = off)`
}

export async function createStage(client: pg.PoolClient, table: string, feed: FeedDefinition) {
  await client.query(create(table, stageColumns(feed)))
}

const rowNumber = { column: 'row_no', type: 'integer' }
const placeTypes: Record<string, string> = { county: 'integer', household_id: 'bigint', person_id: 'bigint' }

/** What later steps fill. `match_person` is the person who was matched, for facts about a household too. */
export async function createTables(client: pg.PoolClient, tables: IntakeTables, feed: FeedDefinition) {
  const place = factColumns(feed).place.map((column) => ({ column, type: placeTypes[column] ?? 'bigint' }))
  const person = { column: 'match_person', type: 'bigint' }
  const statements = [
    create(tables.left, [
      rowNumber,
      ...place,
      { column: 'village', type: 'bigint' },
      person,
      { column: 'exact', type: 'boolean' },
      ...storedColumns(feed),
    ]),
    create(tables.unknown, [
      rowNumber,
      { column: 'match_index', type: 'uuid' },
      { column: 'match_name', type: 'text' },
      { column: 'match_birth', type: 'date' },
    ]),
    create(tables.review, [
      rowNumber,
      { column: 'county', type: 'integer' },
      { column: 'household_id', type: 'bigint' },
      { column: 'person_id', type: 'bigint' },
      { column: 'match_class', type: 'text' },
      { column: 'other_row', type: 'integer' },
    ]),
  ]
  await client.query(statements.join('; '))
  await createRefused(client, tables)
}

export async function createRefused(client: pg.PoolClient, { refused }: IntakeTables) {
  const reason = [
    { column: 'code', type: 'text' },
    { column: 'key', type: 'text' },
    { column: 'other', type: 'integer' },
  ]
  await client.query(create(refused, [rowNumber, ...reason]))
}

export async function createOriginal(client: pg.PoolClient, { original }: IntakeTables) {
  await client.query(create(original, [rowNumber, { column: 'row_cipher', type: 'bytea' }]))
}

/** Drops the working tables of batches that ended, left by a process killed at the very end. */
export async function dropOrphans(client: pg.PoolClient) {
  const { rows } = await client.query<{ id: number }>(
    `select distinct b.id from pg_class c join batch b on b.id::text = substring(c.relname from '^[a-z]+_([0-9]+)')
     where c.relnamespace = 'intake'::regnamespace and c.relkind = 'r'
       and b.state not in ('received', 'checked', 'matched')`,
  )
  for (const { id } of rows) await dropTables(client, id)
}

/** Drops whatever working tables the batch has, those of a killed process included. */
export async function dropTables(client: pg.PoolClient, batchId: number) {
  const { rows } = await client.query<{ name: string }>(
    `select 'intake.' || relname as name from pg_class
     where relnamespace = 'intake'::regnamespace and relkind = 'r' and relname ~ ('^[a-z]+_' || $1 || '(_[0-9]+)?$')`,
    [String(batchId)],
  )
  if (rows.length > 0) await client.query(`drop table if exists ${rows.map(({ name }) => name).join(', ')}`)
}

/** Names of a feed's columns in SQL: what places a fact, what makes it the same fact, what it states. */
export interface FactColumns {
  table: string
  /** county, household_id and, for facts about a person, person_id. */
  place: string[]
  /** The natural key within the place. */
  keys: string[]
  /** Everything stored, ciphertexts included. */
  content: string[]
  /** The day as of which a row speaks, where it says so itself. */
  asOf: string | undefined
  /** What two rows must agree on to be the same; a ciphertext differs each time, its index does not. */
  compared: string[]
}

export function factColumns(feed: FeedDefinition): FactColumns {
  const stored = storedColumns(feed)
  return {
    table: feed.table,
    place: ['county', 'household_id', ...(feed.grain === 'person' ? ['person_id'] : [])],
    keys: keyColumns(feed),
    content: stored.map(({ column }) => column),
    asOf: stored.find(({ key }) => key === feed.asOf)?.column,
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

/** The batch that `corrects` names and those it had corrected itself, as a list in SQL. */
export const chainOf = (corrects: number | null) => `(
  with recursive chain (id) as (
    select ${corrects ?? 'null'}::bigint
    union select b.corrects from batch b join chain on b.id = chain.id where b.corrects is not null
  ) select id from chain where id is not null)`
