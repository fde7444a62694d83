import type { Localized, Source, Unit } from '#contract/common.ts'
import type { PolicyPack, Rule, Status, Vocabulary } from './model.ts'
import { resolveParameters, type Values, valueInForce } from './resolve.ts'
import { evaluateRule } from './rules/evaluate.ts'
import { describeCase, describeUnset, measureOf, type Sentences } from './rules/explain.ts'
import { parameterUnits } from './units.ts'
import { describeCondition, describeExample } from './words.ts'

const province = 340_000_000_000

interface ParameterView {
  key: string
  label: Localized
  unit: string
  values: {
    value: number
    from: string
    to: string | null
    place: string
    source: Source
    current: boolean
  }[]
}

/** Every parameter with all its values; a derived one shows the value that follows today. */
function viewParameters(pack: PolicyPack, day: string): ParameterView[] {
  const inForce = resolveParameters(pack, day, province)
  return [...pack.parameters.values()].map((parameter) => {
    const current = valueInForce(parameter, day, String(province))
    const base = parameter.derived && pack.parameters.get(parameter.derived.share)
    const followed = base && valueInForce(base, day, String(province))
    const follows = inForce.get(parameter.key)
    const written = followed
      ? follows === undefined
        ? []
        : [{ ...followed, value: follows }]
      : parameter.values
    return {
      key: parameter.key,
      label: parameter.title,
      unit: parameterUnits[parameter.unit].keeps,
      values: written.map((one) => ({
        value: one.value,
        from: one.from,
        to: one.to,
        place: one.place.padEnd(12, '0'),
        source: sourceOf(pack, one),
        current: followed ? true : one === current,
      })),
    }
  })
}

interface RuleView {
  id: string
  version: number
  title: Localized
  cause: Rule['cause']
  levels: Rule['cases'][number]['level'][]
  needs: string[]
  cases: { level: Rule['cases'][number]['level']; words: Localized; unit: Unit | null }[]
  explanation: Localized
  clears: Localized
  source: Source
  examples: { expect: string; words: Localized }[]
}

/** Every rule readable: its conditions turned into words with the figures in force that day in the whole province. */
function viewRules(pack: PolicyPack, vocabulary: Vocabulary, day: string): RuleView[] {
  const values = resolveParameters(pack, day, province)
  return pack.rules.map((rule) => {
    const { id, version, title, cause, needs, examples, cases } = rule
    const written = cases.map(({ level, when, measure }) => ({
      level,
      words: describeCondition(when, { vocabulary, values }),
      unit: vocabulary.get(measure)?.unit ?? null,
    }))
    const explained = explainExample(rule, values, { vocabulary, day })
    return {
      ...{ id, version, title, cause },
      levels: [...new Set(cases.map(({ level }) => level))],
      needs: [...needs],
      cases: written,
      explanation: explained.sentence,
      clears: explained.clears,
      source: sourceOf(pack, rule),
      examples: examples.map((example) => ({
        expect: example.expect,
        words: describeExample(example, vocabulary),
      })),
    }
  })
}

function viewMeasures({ measures, ...pack }: PolicyPack) {
  return {
    types: [...measures.types],
    causes: [...measures.causes].map(([cause, { types, ...written }]) => ({
      cause,
      types: [...types],
      source: sourceOf(pack, written),
    })),
  }
}

function viewChecklist(pack: PolicyPack) {
  return pack.checklist.map((item) => {
    const { id, title, scope, effect, explain } = item
    return { id, title, scope, effect, explain, source: sourceOf(pack, item) }
  })
}

const example = { zh: '张某', en: 'Zhang' }

/** A rule explained on its own first example, with the figures in force. */
function explainExample(
  rule: Rule,
  values: Values,
  terms: { vocabulary: Vocabulary; day: string },
): Sentences {
  for (const { indicators } of rule.examples) {
    const verdict = evaluateRule(rule, values, indicators)
    const hit = verdict.outcome === 'hit' ? rule.cases[verdict.case - 1] : undefined
    const measure = hit && measureOf(hit, values, indicators, terms)
    if (hit && measure) return describeCase(hit, measure, example)
  }
  // Where nothing is set for the day the sentence stands with its gaps named.
  return describeUnset(rule, example, terms.day)
}

/** A pack as people read it on a day: parameters, rules in words, measures against each cause, check list. */
export function viewPack(pack: PolicyPack, vocabulary: Vocabulary, day: string) {
  return {
    parameters: viewParameters(pack, day),
    rules: viewRules(pack, vocabulary, day),
    measures: viewMeasures(pack),
    checklist: viewChecklist(pack),
    samples: samplesIn(pack),
  }
}

/** The other provinces whose figures the pack holds as samples, each once. */
function samplesIn({ documents }: PolicyPack): Localized[] {
  const found = [...documents.values()].flatMap(({ sampleOf }) => sampleOf ?? [])
  return [...new Map(found.map((one) => [one.zh, one])).values()]
}

export function sourceOf(
  pack: Pick<PolicyPack, 'documents'>,
  { document, article, status }: { document: string; article: string; status: Status },
): Source {
  const found = pack.documents.get(document)
  if (!found) throw new Error(`no document ${document}`)
  return { document: found.title, number: found.number, article, status, sampleOf: found.sampleOf }
}
