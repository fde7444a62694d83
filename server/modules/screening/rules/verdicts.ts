import { type CompiledRules, cannotJudge, rulesPerWord } from './compile.ts'

/** Rules beside the word and the bit where their verdict stands, as a SQL table `r(rule, word, shift)`. */
function ruleTable({ rules }: CompiledRules): string {
  const rows = rules.map(
    ({ id }, i) => `('${id}', ${Math.floor(i / rulesPerWord) + 1}, ${4 * (i % rulesPerWord)})`,
  )
  return `(values ${rows.join(', ')}) r(rule, word, shift)`
}

function wordOf({ words }: CompiledRules): string {
  if (words.length === 1) return `v.${words[0]}`
  return `case r.word ${words.map((word, i) => `when ${i + 1} then v.${word}`).join(' ')} end`
}

/** One row per household and rule that hit: county, household_id, rule, case_no. `table` holds the rules' result. */
export function hitsSql(compiled: CompiledRules, table: string): string {
  return `select v.county, unnest(v.household_ids) as household_id, r.rule,
    cast((${wordOf(compiled)} >> r.shift) & 7 as smallint) as case_no
from ${table} v cross join ${ruleTable(compiled)}
where (${wordOf(compiled)} >> r.shift) & 7 <> 0`
}

/** One row per county and rule that someone was hit by or could not be judged on: county, rule, hits, cannot_judge. */
export function countsSql(compiled: CompiledRules, table: string): string {
  const nibble = `((${wordOf(compiled)} >> r.shift) & 15)`
  return `select v.county, r.rule,
  cast(coalesce(sum(v.households) filter (where ${nibble} between 1 and 7), 0) as bigint) as hits,
  cast(coalesce(sum(v.households) filter (where ${nibble} = ${cannotJudge}), 0) as bigint) as cannot_judge
from ${table} v cross join ${ruleTable(compiled)}
where ${nibble} <> 0
group by v.county, r.rule`
}

/** One row per household and rule that cannot be judged: county, household_id, rule. For few households. */
export function undecidedSql(compiled: CompiledRules): string {
  return `select v.county, v.household_id, r.rule from (${compiled.eachSql}) v cross join ${ruleTable(compiled)}
where (${wordOf(compiled)} >> r.shift) & 15 = ${cannotJudge}`
}
