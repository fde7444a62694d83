import { type RawBuilder, sql } from 'kysely'
import { indicatorsOf, type Rule } from '#server/modules/policy/rules/index.ts'
import type { Db } from '#server/platform/database/db.ts'
import {
  defineExchange,
  fillExchange,
  type HouseholdPlace,
  householdPlace,
} from '#server/platform/row-exchange.ts'
import { indicatorByName, sourcesOf } from './catalogue.ts'
import { type Judged, type Parts, partsOf, type RowSource } from './define.ts'

/** Hits to be proved: a table, or a select in brackets, with county, household_id, rule, case_no and what goes with every row. */
export interface ToProve {
  from: string
  take: readonly string[]
}

/** Columns of a row of evidence, after county and those taken along. */
export const evidenceColumns = [
  'fact',
  'batch_id',
  'row_no',
  'person_id',
  'happened_on',
  'amount_fen',
  'detail',
]

/** The households whose hits are proved. */
const proved = defineExchange<HouseholdPlace>('proved_household', householdPlace)

/**
 * Inserts the rows that prove hits: the very rows that the figures of the case that hit are made of, and no others. One statement per
 * source; `insert` puts a select's rows where they belong.
 */
export async function proveHits(
  db: Db,
  judged: Judged,
  rules: readonly Rule[],
  hits: ToProve,
  insert: (rows: RawBuilder<unknown>) => Promise<unknown>,
): Promise<void> {
  const households = sql.raw(`select distinct county, household_id from ${hits.from} p`)
  if ((await fillExchange(db, proved, households)) === 0) return
  const parts = partsOf({ ...judged, scope: proved.table })
  for (const [source, proofs] of proofsOf(rules)) await insert(sql.raw(proofSql(source, proofs, parts, hits)))
}

/** Which rows of a source prove, and the rules and cases they prove. */
type Proofs = Map<string, string[]>

function proofsOf(rules: readonly Rule[]): Map<RowSource, Proofs> {
  const found = new Map<RowSource, Proofs>()
  for (const [id, case_, evidence] of rules.flatMap(evidenceOf))
    for (const name of evidence) {
      const indicator = indicatorByName.get(name)
      if (!indicator?.evidence) throw new Error(`${id}: no rows prove indicator ${name}`)
      const sources = sourcesOf([indicator.group])
      for (const [name, which] of Object.entries(indicator.evidence)) {
        const source = sources.get(name)
        if (!source) throw new Error(`${indicator.name}: no source ${name}`)
        const proofs: Proofs = found.get(source) ?? new Map()
        found.set(source, proofs.set(which, [...(proofs.get(which) ?? []), `('${id}', ${case_})`]))
      }
    }
  return found
}

/** Rule, case and the indicators that prove it: of those the rule is proved by, the ones this case looks at. */
function evidenceOf({ id, cases, evidence }: Rule): [string, number, readonly string[]][] {
  return cases.map(({ when }, i) => {
    const looked = indicatorsOf(when)
    return [id, i + 1, evidence.filter((name) => looked.includes(name))]
  })
}

function proofSql(
  { fact, rows, shown }: RowSource,
  proofs: Proofs,
  parts: Parts,
  { from, take }: ToProve,
): string {
  const which = [...proofs].map(
    ([rows, cases]) => `(p.rule, p.case_no) in (${[...new Set(cases)].join(', ')}) and (${rows})`,
  )
  const origin = shown.byRecord ? 'm' : 'r'
  const record = `join ${parts.fact('member_record')} m
    on m.county = r.county and m.household_id = r.household_id and m.person_id = r.person_id`
  return `select p.county, ${take.map((column) => `p.${column}`).join(', ')}, '${fact}' as fact, ${origin}.batch_id,
    ${origin}.row_no,
    ${shown.person ? 'r.person_id' : 'null::bigint'} as person_id, ${origin}.${shown.happened} as happened_on,
    ${shown.amount ? `r.${shown.amount}` : 'null::bigint'} as amount_fen,
    jsonb_strip_nulls(jsonb_build_object(${shown.detail})) as detail
  from ${from} p
  join (${rows(parts)}) r on r.county = p.county and r.household_id = p.household_id
  ${shown.byRecord ? record : ''}
  where ${origin}.batch_id is not null and (${which.join('\n    or ')})`
}
