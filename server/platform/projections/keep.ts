import { sql } from 'kysely'
import { type Database, inTransaction, type Session } from '../database/db.ts'
import type { Projections } from './definition.ts'
import { compactTally, compareDerived, compareTally, recountTally, remakeDerived } from './generate.ts'

/** A table that is not what the rows it follows say. */
export interface TallyDifference {
  table: string
  /** Rows that stand there and should not, and that should and do not. */
  differences: number
  /** The first of them. */
  examples: unknown[]
}

/** Adding up and counting anew exclude each other: each would leave the other's rows a second time. */
const lockNumber = 71_031

const talliesOf = ({ tallies, derived }: Projections) => [
  ...tallies,
  ...derived.flatMap((one) => one.tallies),
]

const tablesOf = (projections: Projections) =>
  [...talliesOf(projections), ...projections.derived].map(({ table }) => table)

/** Each comparison is one statement: a moment at which nobody is half way. */
export async function compareProjections(
  { db }: Pick<Database, 'db'>,
  all: readonly Projections[],
): Promise<TallyDifference[]> {
  const found: TallyDifference[] = []
  for (const projections of all) {
    const comparisons = [
      ...talliesOf(projections).map((tally) => ({ table: tally.table, statement: compareTally(tally) })),
      ...projections.derived.map((one) => ({ table: one.table, statement: compareDerived(one) })),
    ]
    for (const { table, statement } of comparisons) {
      const { rows } = await sql<Omit<TallyDifference, 'table'>>`${sql.raw(statement)}`.execute(db)
      for (const row of rows) if (row.differences > 0) found.push({ table, ...row })
    }
  }
  return found
}

/** Makes all of it anew, in the caller's transaction, while nobody changes what it follows. */
export async function rebuildProjections({ client }: Pick<Session, 'client'>, all: readonly Projections[]) {
  const sources = new Set(
    all.flatMap(({ tallies, derived }) => [
      ...tallies.map(({ source }) => source),
      ...derived.map(({ basis }) => basis),
    ]),
  )
  await client.query('select pg_advisory_xact_lock($1)', [lockNumber])
  await client.query(`lock table ${[...sources].join(', ')} in share mode`)
  for (const { tallies, derived } of all) {
    const statements = [
      ...tallies.flatMap(recountTally),
      ...derived.flatMap((one) => [...remakeDerived(one), ...one.tallies.flatMap(recountTally)]),
    ]
    for (const statement of statements) await client.query(statement)
  }
}

/** Adds up the differences that belong together, so that a tally stays as short as it has groups. */
export async function compactTallies(work: Database, all: readonly Projections[]): Promise<void> {
  await inTransaction(work, async ({ client }) => {
    await client.query('select pg_advisory_xact_lock($1)', [lockNumber])
    for (const tally of all.flatMap(talliesOf)) await client.query(compactTally(tally))
  })
  await work.pool.query(`vacuum (analyze) ${all.flatMap(tablesOf).join(', ')}`)
}
