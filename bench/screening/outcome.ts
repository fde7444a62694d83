/** Everything a set of rules says: each hit as `county household rule case`, cannot-judge counted by `county rule`. */
export interface Outcome {
  hits: string[]
  cannotJudge: Map<string, number>
}

/** The first difference in words; undefined when the outcomes are the same to the last household. */
export function differenceOf(a: Outcome, b: Outcome): string | undefined {
  const left = [...a.hits.toSorted(), ...countLines(a)]
  const right = [...b.hits.toSorted(), ...countLines(b)]
  if (left.length !== right.length) return `${left.length} lines against ${right.length}`
  const at = left.findIndex((line, i) => line !== right[i])
  return at < 0 ? undefined : `${left[at]} against ${right[at]}`
}

function countLines({ cannotJudge }: Outcome): string[] {
  return [...cannotJudge].map(([key, n]) => `${key} cannot judge ${n}`).toSorted()
}
