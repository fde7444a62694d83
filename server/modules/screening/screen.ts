import { sql } from 'kysely'
import { type PolicyPack, resolveForCounties } from '#server/modules/policy/index.ts'
import { indicatorsOf, type Rule } from '#server/modules/policy/rules/index.ts'
import type { Clock } from '#server/platform/clock.ts'
import type { Db, Session } from '#server/platform/database/db.ts'
import { type HouseholdPlace, type RowExchange, rowsOf } from '#server/platform/row-exchange.ts'
import { screenedHouseholds } from './exchanges.ts'
import { type IndicatorGroup, indicatorByName } from './indicators/catalogue.ts'
import { refreshIndicators } from './indicators/refresh.ts'
import { screenAlone } from './judged-day.ts'
import { compileRules } from './rules/compile.ts'
import { judge, recordCoverage } from './rules/judge.ts'
import { proveSignals } from './signals/prove.ts'
import { applyHits, type SignalChanges } from './signals/signals.ts'

export interface ScreeningDeps {
  policy: PolicyPack
  clock: Clock
}

export interface ScreeningRequest {
  /** Every household, or those whose facts of these feeds changed. */
  scope: 'full' | { touched: RowExchange<HouseholdPlace>; feeds: readonly string[] }
  /** Day judged; the clock's day when left out. */
  asOf?: string
}

export interface ScreeningResult extends SignalChanges {
  run: number
  households: number
  /** Pairs of household and rule that hit now. */
  hits: number
}

/**
 * Refreshes indicators, evaluates every rule and brings the signals up to them, inside the caller's transaction. Leaves
 * `changedSignals` and `screenedHouseholds` for casework. A batch and a full run of the same day give the same signals.
 */
export async function screen(
  { policy, clock }: ScreeningDeps,
  { db }: Pick<Session, 'db'>,
  { scope, asOf = clock.today() }: ScreeningRequest,
): Promise<ScreeningResult> {
  const started = performance.now()
  const feeds = scope === 'full' ? [] : scope.feeds
  const touched = scope === 'full' ? undefined : scope.touched
  await screenAlone(db)
  const { judged, counties, groups } = await refreshIndicators(db, policy, { touched, feeds, asOf })
  const affected = rulesOn(policy.rules, groups)
  const rules = affected.length > 0 ? affected : policy.rules

  const values = resolveForCounties(policy, asOf, counties)
  const looked =
    scope === 'full'
      ? 'indicator'
      : `(select i.* from indicator i join ${screenedHouseholds.table} using (county, household_id))`
  const compiled = compileRules(rules, values, looked)
  await judge(db, compiled)
  const run = await openRun(db, {
    startedAt: clock.now(),
    asOf,
    kind: touched ? 'batch' : 'full',
    feeds,
    pack: policy.id,
  })
  const changes = await applyHits(db, {
    compile: (other) => compileRules(rules, values, other),
    ...{ run, asOf, counties: judged.counties },
    rules: scope === 'full' ? null : rules.map(({ id }) => id),
  })
  await proveSignals(db, { judged, rules, run })
  await recordCoverage(db, compiled, run, `${looked} looked`)
  return closeRun(db, run, changes, Math.round(performance.now() - started))
}

/** Rules that look at any of the groups: what the others found cannot have changed. */
function rulesOn(rules: readonly Rule[], groups: readonly IndicatorGroup[]): Rule[] {
  return rules.filter(({ cases }) =>
    cases.some(({ when }) =>
      indicatorsOf(when).some((name) => groups.some((group) => group === indicatorByName.get(name)?.group)),
    ),
  )
}

interface RunStart {
  startedAt: Date
  asOf: string
  kind: 'full' | 'batch'
  feeds: readonly string[]
  pack: string
}

async function openRun(db: Db, { startedAt, asOf, kind, feeds, pack }: RunStart): Promise<number> {
  const { rows } = await sql<{ id: number }>`
    insert into screening_run (started_at, as_of, kind, feeds, pack, households, hits, raised, changed, cleared,
      milliseconds)
    values (${startedAt}, ${asOf}::date, ${kind}, ${feeds}, ${pack}, 0, 0, 0, 0, 0, 0) returning id`.execute(
    db,
  )
  const [row] = rows
  if (!row) throw new Error('insert into screening_run returned nothing')
  return row.id
}

async function closeRun(
  db: Db,
  run: number,
  changes: SignalChanges,
  milliseconds: number,
): Promise<ScreeningResult> {
  const { rows } = await sql<{ households: number; hits: number }>`
    update screening_run set raised = ${changes.raised}, changed = ${changes.changed}, cleared = ${changes.cleared},
      milliseconds = ${milliseconds}, households = (select count(*) from ${rowsOf(screenedHouseholds)}),
      hits = (select count(*) from screening_hit)
    where id = ${run} returning households, hits`.execute(db)
  const [row] = rows
  if (!row) throw new Error(`run ${run} is missing`)
  return { run, ...row, ...changes }
}
