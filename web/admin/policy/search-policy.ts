import type { Policy } from '#contract/feeds/policy.ts'

type Parameter = Policy['parameters'][number]

export interface FeedFreshness {
  feed: string
  cadence: Parameter | undefined
  maxAge: Parameter | undefined
}

export const groups = [
  'lines',
  'thresholds',
  'windows',
  'procedure',
  'casework',
  'quality',
  'security',
] as const
export type Group = (typeof groups)[number]

const casework =
  /^(decision|authorise|compare|review|publicity|resolution|townshipAudit|countyApproval|announce|enter|identification|greenChannel|objection|plan|firstMeasure|visit|solved|escalation|scale)/
const security = /^(lockout|signIns|session|password|account|export|reveals|breakGlass|alarm|night)/
const freshness = /^feed\.(.+)\.(cadence|maxAge)$/

/** By the key alone: what a new parameter is about shows in its name, and the rest are thresholds. */
export function groupOf(key: string): Group {
  if (/Standard$|Line$|Band$|^incomeDrop$/.test(key)) return 'lines'
  if (
    /Window$|Lookback$|Aftercare$|M(in|ax)imum$|MaxAge$|^(schoolAge|lastYear|openCut|signalKept)/.test(key)
  ) {
    return key === 'clueMergeWindow' ? 'procedure' : 'windows'
  }
  if (casework.test(key)) return 'casework'
  if (security.test(key)) return 'security'
  if (/ShareLimit$|Tolerance$|CoverageShare$/.test(key)) return 'quality'
  if (/Limit$|^yellowCauses/.test(key)) return 'procedure'
  return 'thresholds'
}

export function parametersOf(parameters: readonly Parameter[], group: Group): Parameter[] {
  return parameters.filter(({ key }) => !freshness.test(key) && groupOf(key) === group)
}

/** How often each feed comes and how old it may get: two parameters each, one row to the reader. */
export function feedFreshness(parameters: readonly Parameter[]): FeedFreshness[] {
  const rows = new Map<string, FeedFreshness>()
  for (const parameter of parameters) {
    const [, feed, what] = freshness.exec(parameter.key) ?? []
    if (!feed) continue
    const row = rows.get(feed) ?? { feed, cadence: undefined, maxAge: undefined }
    rows.set(feed, { ...row, [what === 'cadence' ? 'cadence' : 'maxAge']: parameter })
  }
  return [...rows.values()]
}

export type Found = Pick<Policy, 'rules' | 'parameters' | 'measures' | 'checklist' | 'documents'>

/** Whatever contains every word of `q`, in either language. */
export function searchPolicy(policy: Policy, q: string): Found {
  const words = q.toLowerCase().split(/\s+/).filter(Boolean)
  const has = (one: unknown) => {
    const text = textOf(one).toLowerCase()
    return words.every((word) => text.includes(word))
  }
  const causes = new Map(policy.causes.map((cause) => [cause.id, cause.name]))
  const names = new Map(policy.measures.types.map(({ id, name }) => [id, name]))
  return {
    rules: policy.rules.filter((rule) => has([rule, causes.get(rule.cause)])),
    parameters: policy.parameters.filter(has),
    measures: {
      types: policy.measures.types.filter(has),
      causes: policy.measures.causes.filter(({ cause, types, source }) =>
        has([causes.get(cause), types.map((type) => names.get(type)), source]),
      ),
    },
    checklist: policy.checklist.filter(has),
    documents: policy.documents.filter(has),
  }
}

function textOf(value: unknown): string {
  if (typeof value === 'string') return value
  if (typeof value !== 'object' || value === null) return ''
  return Object.values(value).map(textOf).join(' ')
}

/** How many rules and parameters rest on a document. */
export function usesOf(policy: Policy, title: string): { rules: number; parameters: number } {
  return {
    rules: policy.rules.filter(({ source }) => source.document.zh === title).length,
    parameters: policy.parameters.filter(({ values }) =>
      values.some(({ source }) => source.document.zh === title),
    ).length,
  }
}
