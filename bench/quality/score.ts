import { type Truth, type TruthRule, truthRules } from './truth.ts'

export interface RuleScore {
  id: TruthRule
  /** Of the households raised, those that truly meet the rule; null when none was raised. */
  precision: number | null
  /** Of the households that truly meet the rule, those raised; null when there are none. */
  recall: number | null
  truth: number
  raised: number
}

/** Precision and recall of each rule over the households of which the truth can be judged. */
export function score(
  truths: readonly Truth[],
  raised: ReadonlyMap<string, ReadonlySet<string>>,
): RuleScore[] {
  return truthRules.map((id) => {
    const unknown = new Set(truths.flatMap((one) => (one.unknown.includes(id) ? [one.householdNo] : [])))
    const truth = new Set(truths.flatMap((one) => (one.meets.includes(id) ? [one.householdNo] : [])))
    const judged = [...(raised.get(id) ?? [])].filter((householdNo) => !unknown.has(householdNo))
    const hits = judged.filter((householdNo) => truth.has(householdNo)).length
    return {
      id,
      precision: share(hits, judged.length),
      recall: share(hits, truth.size),
      truth: truth.size,
      raised: judged.length,
    }
  })
}

const share = (some: number, all: number) => (all === 0 ? null : Math.round((some / all) * 10_000) / 10_000)
