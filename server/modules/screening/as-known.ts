import { sql } from 'kysely'
import { type PolicyPack, resolveForCounties } from '#server/modules/policy/index.ts'
import type { Session } from '#server/platform/database/db.ts'
import {
  columnsOf,
  defineExchange,
  fillExchange,
  type HouseholdPlace,
  householdPlace,
  openExchange,
  type RowExchange,
  rowsOf,
} from '#server/platform/row-exchange.ts'
import { packOn } from './active-pack.ts'
import { knownEvidence, knownHits, knownVerdicts } from './exchanges.ts'
import { indicatorGroups } from './indicators/catalogue.ts'
import { indicatorsSql } from './indicators/compute.ts'
import { prepareCounties } from './indicators/counties.ts'
import { evidenceColumns, proveHits } from './indicators/evidence.ts'
import { knowAt } from './indicators/known.ts'
import { withPlansFor } from './indicators/refresh.ts'
import { compileRules } from './rules/compile.ts'
import { coverageSql, judge } from './rules/judge.ts'

export interface PastDay {
  /** Day judged, `YYYY-MM-DD`. */
  asOf: string
  /** Instant up to which what was merged and decided counts. */
  knownAt: Date
  households: 'all' | RowExchange<HouseholdPlace>
  /** The one in force on the day when left out. */
  policy?: PolicyPack
}

export interface PastScreening {
  households: number
  /** Pairs of household and rule that hit. */
  hits: number
  rules: { rule: string; hits: number; cannotJudge: number }[]
}

/** Indicators of the households judged: the columns of `indicator`. */
export const knownIndicators = 'known_indicator'

const scope = defineExchange<HouseholdPlace>('known_scope', householdPlace)
const tables = { counties: 'known_county', coverage: 'known_coverage' }
const judged = { verdict: 'known_verdict', hit: 'known_judged' }

/**
 * Judges a day as a screening on that day would have, by what was known at an instant, and changes nothing that is kept: leaves the
 * temporary tables `knownIndicators`, `knownHits`, `knownEvidence` and `knownVerdicts` until the end of the caller's transaction.
 */
export async function screenAsKnown(
  { db }: Pick<Session, 'db'>,
  { asOf, knownAt, households, policy = packOn(asOf) }: PastDay,
): Promise<PastScreening> {
  const counties = await prepareCounties(db, tables, { pack: policy, asOf, knownAt })
  const looked = await fillExchange(
    db,
    scope,
    households === 'all'
      ? sql`select county, household_id from household_record
          where known_from <= ${knownAt} and (known_until is null or known_until > ${knownAt})`
      : sql`select distinct county, household_id from ${rowsOf(households)}`,
  )
  await withPlansFor(db, looked, async () => {
    const known = await knowAt(db, knownAt, scope)
    const day = { asOf, scope: scope.table, counties: tables.counties, known }
    await sql`drop table if exists ${sql.table(knownIndicators)}`.execute(db)
    await sql
      .raw(
        `create temporary table ${knownIndicators} on commit drop as ${indicatorsSql(day, indicatorGroups)}`,
      )
      .execute(db)
    await sql`analyze ${sql.table(knownIndicators)}`.execute(db)

    const compiled = compileRules(policy.rules, resolveForCounties(policy, asOf, counties), knownIndicators)
    await judge(db, compiled, knownIndicators, judged)
    await fillExchange(db, knownHits, sql`select ${columnsOf(knownHits)} from ${sql.table(judged.hit)}`)
    await fillExchange(db, knownVerdicts, sql.raw(coverageSql(compiled, knownIndicators, judged)))
    await openExchange(db, knownEvidence)
    await sql`create unique index on ${rowsOf(knownEvidence)} (county, household_id, rule, fact, batch_id,
      row_no)`.execute(db)
    const hits = { from: knownHits.table, take: ['household_id', 'rule'] }
    await proveHits(db, day, policy.rules, hits, (rows) =>
      sql`insert into ${rowsOf(knownEvidence)} (county, household_id, rule,
        ${sql.raw(evidenceColumns.join(', '))}) ${rows}
        on conflict do nothing`.execute(db),
    )
  })
  const { rows } = await sql<PastScreening>`
    select (select count(*) from ${sql.table(knownIndicators)}) as households,
      (select count(*) from ${rowsOf(knownHits)}) as hits,
      (select coalesce(jsonb_agg(r order by r.rule), '[]') from (
        select rule, sum(hits)::bigint as hits, sum(cannot_judge)::bigint as "cannotJudge" from ${rowsOf(knownVerdicts)}
          group by rule
      ) r) as rules`.execute(db)
  return rows[0] ?? { households: 0, hits: 0, rules: [] }
}
