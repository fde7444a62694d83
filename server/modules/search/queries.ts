import { sql } from 'kysely'
import type { Cause, Department, Division, RiskLevel } from '#contract/common.ts'
import type { BatchState } from '#contract/feeds/feeds.ts'
import type { CaseKind, CaseState } from '#contract/work/cases.ts'
import type { ClueState } from '#contract/work/clues.ts'
import { inScope } from '#server/modules/access/index.ts'
import type { AreaScope } from '#server/modules/divisions/index.ts'
import { type StripRecord, stripColumns, stripJoins } from '#server/modules/registry/index.ts'
import type { Db } from '#server/platform/database/db.ts'

/** Keys of households as the database takes them, in their order. */
export interface Keys {
  county: number
  householdId: number
}

const keysOf = (keys: readonly Keys[]) => sql`unnest(${keys.map(({ county }) => county)}::int[],
  ${keys.map(({ householdId }) => householdId)}::bigint[]) with ordinality x (county, household_id, n)`

export async function readStrips(db: Db, keys: readonly Keys[]): Promise<StripRecord[]> {
  const { rows } = await sql<StripRecord>`
    select ${stripColumns} from ${keysOf(keys)} ${stripJoins} order by x.n`.execute(db)
  return rows
}

export interface ClueFound extends StripRecord {
  id: string
  cause: Cause
  level: RiskLevel
  state: ClueState
  total: number
}

/** Open clues of some households, the worst first; each row knows how many there are. */
export async function listCluesOf(
  db: Db,
  scope: AreaScope,
  keys: readonly Keys[],
  limit: number,
): Promise<ClueFound[]> {
  const { rows } = await sql<ClueFound>`
    with page as (
      select c.county, c.household_id, c.id, c.cause, c.level, c.state, c.level_rank, count(*) over ()::int as total
      from clue c where c.closed_on is null
        and (c.county, c.household_id) in (select x.county, x.household_id from ${keysOf(keys)})
        and ${inScope(scope, { village: 'c.village', county: 'c.county', household: 'c.household_id' })}
      order by c.level_rank, c.opened_on desc, c.id limit ${limit}
    )
    select ${stripColumns}, x.id, x.cause, x.level, x.state, x.total from page x ${stripJoins}
    order by x.level_rank, x.id`.execute(db)
  return rows
}

export interface CaseFound extends StripRecord {
  id: string
  kind: CaseKind
  state: CaseState
  openedOn: string
  total: number
}

/** Cases of some households, those that run first. */
export async function listCasesOf(
  db: Db,
  scope: AreaScope,
  keys: readonly Keys[],
  limit: number,
): Promise<CaseFound[]> {
  const { rows } = await sql<CaseFound>`
    with page as (
      select c.county, c.household_id, c.id, c.kind, c.state, c.opened_on, count(*) over ()::int as total
      from case_file c
      where (c.county, c.household_id) in (select x.county, x.household_id from ${keysOf(keys)})
        and ${inScope(scope, { village: 'c.village', county: 'c.county', household: 'c.household_id' })}
      order by c.state <> 'running', c.opened_on desc, c.id limit ${limit}
    )
    select ${stripColumns}, x.id, x.kind, x.state, x.opened_on, x.total from page x ${stripJoins}
    order by x.state <> 'running', x.opened_on desc, x.id`.execute(db)
  return rows
}

export interface DivisionFound extends Division {
  above: string[]
  total: number
}

/** What a place is found by: a part of its name, the beginning of its code, or pinyin as the characters of each place of the name. */
export interface PlaceTerm {
  text: string
  /** One for every way to read what was typed; null where a letter alone was. */
  spelled: readonly (readonly (readonly string[] | null)[])[]
}

/** Divisions of an area, the widest first. There are 20,155 in all, read by the range of their codes. */
export async function listDivisions(
  db: Db,
  { from, to }: Pick<AreaScope, 'from' | 'to'>,
  { text, spelled }: PlaceTerm,
  limit: number,
): Promise<DivisionFound[]> {
  const ways = [
    sql`strpos(d.name, ${text}) > 0`,
    sql`d.code::text ^@ ${text}::text`,
    ...spelled.map(
      (letters) =>
        sql`(${sql.join(
          [
            sql`length(d.name) >= ${letters.length}::int`,
            ...letters.flatMap((some, i) =>
              some ? [sql`substr(d.name, ${i + 1}::int, 1) = any(${[...some]}::text[])`] : [],
            ),
          ],
          sql` and `,
        )})`,
    ),
  ]
  const { rows } = await sql<DivisionFound>`
    with page as (
      select d.code, d.parent_code, d.name, d.level, count(*) over ()::int as total from division d
      where d.code between ${from}::bigint and ${to}::bigint and (${sql.join(ways, sql` or `)})
      order by strpos(d.name, ${text}) <> 1, d.code % 1000 <> 0, d.code limit ${limit}
    )
    select p.code, p.name, p.level, p.total, array(
      select a.name from division a
      where a.code in (p.code / 1000000 * 1000000, p.code / 1000 * 1000) and a.code <> p.code
        and a.level in ('county', 'township') order by a.code
    ) as above
    from page p order by strpos(p.name, ${text}) <> 1, p.code % 1000 <> 0, p.code`.execute(db)
  return rows
}

export interface BatchFound {
  ref: string
  feed: string
  department: Department
  fileName: string
  state: BatchState
  asOf: string
  total: number
}

/** Looked through from the newest back, and no further. */
const newestBatches = 1000

/** Files of an area by a part of their name or by their feed, the newest first; a department's are those it sent. */
export async function listBatchesNamed(
  db: Db,
  { from, to, department }: Pick<AreaScope, 'from' | 'to'> & { department: string | null },
  { text, feeds }: { text: string; feeds: readonly string[] },
  limit: number,
): Promise<BatchFound[]> {
  const { rows } = await sql<BatchFound>`
    select b.ref, b.feed, b.department, b.file_name, b.state, b.as_of, count(*) over ()::int as total
    from (
      select * from batch b where b.area between ${from}::bigint and ${to}::bigint
        and (${department}::text is null or b.department = ${department})
      order by b.received_at desc limit ${newestBatches}
    ) b
    where strpos(lower(b.file_name), ${text.toLowerCase()}) > 0 or b.feed = any(${[...feeds]}::text[])
    order by b.received_at desc limit ${limit}`.execute(db)
  return rows
}
