import { existsSync, readdirSync } from 'node:fs'
import path from 'node:path'
import { faultTexts } from './messages.ts'
import type { Parameter, PolicyDocument, PolicyPack, Rule, Vocabulary } from './model.ts'
import { isFeedParameter, programParameters } from './program-parameters.ts'
import { readChecklist, readMeasures } from './read-casework.ts'
import { checkDerived, readParameters } from './read-parameters.ts'
import { readRetention } from './read-retention.ts'
import { checkExamples, readRule } from './read-rule.ts'
import { resolveParameters } from './resolve.ts'
import { CausesFile, PackFile } from './schema.ts'
import { type Fault, nearest, openSourceFile, PolicyError, type SourceFile } from './source-file.ts'
import { comparisonsOf } from './tree.ts'

/** Reads one pack folder whole. Throws {@link PolicyError} with every fault, its file, line and how to mend it. */
export function loadPolicyPack(root: string, vocabulary: Vocabulary): PolicyPack {
  const faults: Fault[] = []
  const open = (name: string) => openSourceFile(root, name, faults)

  const packFile = open('pack.yaml')
  const pack = packFile.read(PackFile)
  const documents = new Map<string, PolicyDocument>()
  for (const [i, one] of (pack?.documents ?? []).entries()) {
    if (documents.has(one.id)) packFile.fault(['documents', i, 'id'], faultTexts.duplicateId(one.id))
    documents.set(one.id, { ...one, number: one.number ?? null, date: one.date ?? null })
  }

  const causesFile = open('causes.yaml')
  const causes = (causesFile.read(CausesFile) ?? []).map(({ id, zh, en, plain }) => ({
    id,
    name: { zh, en },
    plain,
  }))

  const parameters = new Map<string, Parameter>()
  const placeOf = new Map<string, SourceFile>()
  for (const name of listYaml(root, 'parameters')) {
    const file = open(name)
    readParameters(file, documents, parameters)
    for (const key of parameters.keys()) if (!placeOf.has(key)) placeOf.set(key, file)
  }
  checkDerived(parameters, (key) => placeOf.get(key) ?? packFile)

  const retention = readRetention(open('retention.yaml'), documents)
  const measures = readMeasures(open('measures.yaml'), documents)
  const checklist = readChecklist(open('checklist.yaml'), documents)

  // Rules judged against broken parameters would only add faults that are none.
  if (faults.length > 0) throw new PolicyError(faults)

  const rules: Rule[] = []
  const ruleFiles = listYaml(root, 'rules').map(open)
  for (const file of ruleFiles) {
    const rule = readRule(file, { vocabulary, parameters, documents })
    if (rule) rules.push(rule)
  }
  checkUse(parameters, rules, vocabulary, (key) => placeOf.get(key) ?? packFile)

  if (!pack || faults.length > 0) throw new PolicyError(faults)
  const loaded: PolicyPack = {
    id: pack.id,
    title: pack.title,
    from: pack.from,
    categories: new Set(pack.categories),
    measures,
    checklist,
    hotline: pack.hotline,
    authorisation: pack.authorisation,
    retention,
    documents,
    causes,
    parameters,
    rules,
  }
  const values = resolveParameters(loaded, pack.from, 340_000_000_000)
  for (const [i, rule] of rules.entries()) {
    const file = ruleFiles[i]
    if (file) checkExamples(file, rule, values, pack.from)
  }
  if (faults.length > 0) throw new PolicyError(faults)
  return loaded
}

function listYaml(root: string, folder: string): string[] {
  const directory = path.join(root, folder)
  if (!existsSync(directory)) return []
  return readdirSync(directory)
    .filter((name) => name.endsWith('.yaml'))
    .toSorted()
    .map((name) => `${folder}/${name}`)
}

/** A parameter nobody reads is most often a typing error of one that is missing. */
function checkUse(
  parameters: ReadonlyMap<string, Parameter>,
  rules: readonly Rule[],
  vocabulary: Vocabulary,
  fileOf: (key: string) => SourceFile,
) {
  const operands = rules.flatMap(({ cases }) => cases.flatMap(({ when }) => comparisonsOf(when)))
  const feeds = new Set([...vocabulary.values()].flatMap((term) => term.feeds))
  const needed = [...programParameters, ...[...feeds].map((feed) => `feed.${feed}.maxAge`)]
  const used = new Set<string>(needed)
  for (const { operand } of operands) if (operand.kind === 'parameter') used.add(operand.parameter)
  for (const { derived } of parameters.values())
    if (derived) for (const key of [derived.of, derived.share]) used.add(key)
  const missing = needed.filter((key) => !parameters.has(key))
  for (const key of missing) fileOf(key).fault([], faultTexts.requiredParameter(key))
  for (const key of parameters.keys())
    if (!used.has(key) && !isFeedParameter(key))
      fileOf(key).fault([key], faultTexts.unusedParameter(key, nearest(key, missing)))
}
