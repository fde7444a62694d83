import { type RawBuilder, sql } from 'kysely'
import { assertTransaction, type Db } from '../database/db.ts'
import type { Tally } from './definition.ts'
import { addDifferences } from './generate.ts'

export interface Change {
  /** An insert, update or delete, without its `returning`. */
  statement: RawBuilder<unknown>
  /** What counts the changed rows. */
  tallies: readonly Tally[]
  /** What each changed row gives further on, as columns of `changed`: over `old`, `new` and the statement's other tables. */
  returning: RawBuilder<unknown>
  /** A statement that notes what was changed, over `changed`. */
  note?: RawBuilder<unknown> | undefined
  /** Which rows of `changed` come back, and what of them: `select` and what follows it. */
  answer: RawBuilder<unknown>
}

/**
 * Changes rows and, in the same statement, adds the differences to what counts them, from the rows as they were and as they are. Only
 * the writer of an aggregate calls this.
 */
export async function changeRows<Row>(
  db: Db,
  { statement, tallies, returning, note, answer }: Change,
): Promise<Row[]> {
  assertTransaction(db)
  const columns = [...new Set(tallies.flatMap((tally) => tally.columns))]
  const images = columns.map((column) => `old.${column} as old_${column}, new.${column} as new_${column}, `)
  const imageOf = (side: string, sign: number) =>
    `select ${sign} as sign, ${columns.map((column) => `${side}_${column} as ${column}`).join(', ')} from changed
      where ${side}_county is not null and (${columns.map((column) => `old_${column}`).join(', ')})
        is distinct from (${columns.map((column) => `new_${column}`).join(', ')})`
  const differences = tallies.map((tally, i) => `, tally_${i} as (${addDifferences(tally, 'image')})`)
  const counting =
    tallies.length > 0
      ? `, image as (${imageOf('old', -1)} union all ${imageOf('new', 1)})${differences.join('')}`
      : ''
  const { rows } = await sql<Row>`
    with changed as (${statement} returning ${sql.raw(images.join(''))}${returning})${sql.raw(counting)}
      ${note ? sql`, noted as (${note})` : sql``}
    ${answer}`.execute(db)
  return rows
}
