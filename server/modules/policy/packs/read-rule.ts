import type {
  Parameter,
  PolicyDocument,
  Rule,
  RuleCase,
  RuleExample,
  RuleTexts,
  Vocabulary,
} from '../model.ts'
import { evaluateRule, type Verdict } from '../rules/evaluate.ts'
import { comparisonsOf, indicatorsOf } from '../rules/tree.ts'
import { toStored } from '../units.ts'
import { faultTexts } from './messages.ts'
import { readCondition } from './read-condition.ts'
import { checkArticle } from './read-parameters.ts'
import { RuleFile } from './schema.ts'
import { nearest, type SourceFile } from './source-file.ts'

export interface RuleContext {
  vocabulary: Vocabulary
  parameters: ReadonlyMap<string, Parameter>
  documents: ReadonlyMap<string, PolicyDocument>
}

export function readRule(file: SourceFile, context: RuleContext): Rule | undefined {
  const written = file.read(RuleFile)
  if (!written) return undefined
  if (!file.name.endsWith(`/${written.id}.yaml`)) file.fault(['id'], faultTexts.fileName(written.id))
  checkArticle(file, [], written, context.documents)

  const cases: RuleCase[] = []
  for (const [i, one] of written.cases.entries()) {
    const when = readCondition(one.when, ['cases', i, 'when'], file, context)
    if (!when) continue
    const times = comparisonsOf(when).filter((comparison) => comparison.indicator === one.measure).length
    if (times < 1) file.fault(['cases', i, 'measure'], faultTexts.measureOnce(one.measure))
    const texts: RuleTexts = {
      explanation: one.explanation ?? written.explanation,
      clears: one.clears ?? written.clears,
    }
    checkPlaceholders(texts, file, one.explanation ? ['cases', i] : [])
    cases.push({ level: one.level, cause: one.cause ?? written.cause, measure: one.measure, when, ...texts })
  }
  if (cases.length < written.cases.length) return undefined

  const used = [...new Set(cases.flatMap(({ when }) => indicatorsOf(when)))]
  const feeds = [...new Set(used.flatMap((name) => context.vocabulary.get(name)?.feeds ?? []))].toSorted()
  if (feeds.join() !== written.needs.toSorted().join())
    file.fault(['needs'], faultTexts.needsDiffer(written.needs.join(', '), feeds.join(', ')))
  for (const [i, name] of written.evidence.entries())
    if (!used.includes(name))
      file.fault(['evidence', i], faultTexts.unknownIndicator(name, nearest(name, used)))

  const { id, version, title, cause, status, document, article, needs, evidence, explanation, clears } =
    written
  const examples = readExamples(written.examples, used, file, context.vocabulary)
  return {
    ...{ id, version, title, cause, status, document, article, needs, evidence, explanation, clears },
    cases,
    examples,
  }
}

function checkPlaceholders({ explanation, clears }: RuleTexts, file: SourceFile, at: readonly PropertyKey[]) {
  for (const [key, text] of Object.entries({ explanation, clears }))
    for (const [locale, template] of Object.entries(text))
      for (const [, name = ''] of template.matchAll(/\{([^}]*)\}/g))
        if (!['name', 'value', 'threshold', 'margin', 'year', 'month'].includes(name))
          file.fault([...at, key, locale], faultTexts.placeholder(name))
}

function readExamples(
  written: RuleFile['examples'],
  used: readonly string[],
  file: SourceFile,
  vocabulary: Vocabulary,
): RuleExample[] {
  const examples = written.map(({ title, expect, indicators }, i) => {
    const at = ['examples', i, 'indicators']
    for (const name of used) if (!(name in indicators)) file.fault(at, faultTexts.exampleIndicator(name))
    const figures: Record<string, number | boolean | null> = {}
    for (const [name, figure] of Object.entries(indicators)) {
      const term = vocabulary.get(name)
      if (!term || !used.includes(name)) {
        file.fault([...at, name], faultTexts.exampleUnused(name))
        continue
      }
      const stored = figure === null ? null : toStored(term.unit, figure)
      if (stored === undefined) file.fault([...at, name], faultTexts.notFigure(name, term.unit))
      else if (stored === null && term.feeds.length === 0)
        file.fault([...at, name], faultTexts.exampleNull(name))
      else figures[name] = stored
    }
    return { title, expect, indicators: figures }
  })
  const kinds = new Set(
    examples.map(({ expect }) => (expect === 'miss' || expect === 'cannot-judge' ? expect : 'hit')),
  )
  for (const [kind, name] of [
    ['hit', '命中'],
    ['miss', '未命中'],
    ['cannot-judge', '无法判定'],
  ] as const)
    if (!kinds.has(kind)) file.fault(['examples'], faultTexts.exampleMissing(name))
  return examples
}

/** Runs a rule's examples through the reference; a rule whose examples fail is not loaded. */
export function checkExamples(
  file: SourceFile,
  rule: Rule,
  values: ReadonlyMap<string, number>,
  day: string,
) {
  for (const [i, { expect, indicators }] of rule.examples.entries()) {
    const verdict = evaluateRule(rule, values, indicators)
    const got = nameOutcome(rule, verdict)
    if (got !== expect) file.fault(['examples', i, 'expect'], faultTexts.exampleFails(expect, got, day))
  }
}

function nameOutcome(rule: Rule, verdict: Verdict): string {
  return verdict.outcome === 'hit' ? (rule.cases[verdict.case - 1]?.level ?? 'hit') : verdict.outcome
}
