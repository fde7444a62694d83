import { existsSync, readdirSync } from 'node:fs'
import path from 'node:path'
import type { Parameter, PolicyDocument, PolicyPack, Rule, Vocabulary } from '../model.ts'
import { resolveParameters } from '../resolve.ts'
import { comparisonsOf } from '../rules/tree.ts'
import { faultTexts } from './messages.ts'
import { isFeedParameter, optionalParameters, programParameters } from './program-parameters.ts'
import { readChecklist, readMeasures } from './read-casework.ts'
import { readLetters } from './read-letters.ts'
import { checkDerived, readParameters } from './read-parameters.ts'
import { readRetention } from './read-retention.ts'
import { checkExamples, readRule } from './read-rule.ts'
import { CausesFile, PackFile, RuleVersion } from './schema.ts'
import { type Fault, nearest, openSourceFile, PolicyError, type SourceFile } from './source-file.ts'

type PackText = ReturnType<typeof PackFile.parse>

/**
 * Reads one pack folder whole. A pack that inherits takes from the other, which stands beside it, every file, parameter and rule
 * it has not itself, but for those it goes `without`. Throws {@link PolicyError} with every fault, its file, line and how to
 * mend it; a file of the other pack is named `../other/…`.
 */
export function loadPolicyPack(root: string, vocabulary: Vocabulary): PolicyPack {
  const faults: Fault[] = []
  const open = (name: string) => openSourceFile(root, name, faults)

  const packFile = open('pack.yaml')
  const pack = packFile.read(PackFile)
  const parent = pack && readParent(root, packFile, pack, open)
  // Without its own head or the other pack every file would seem to be missing.
  if (!pack || (pack.inherits !== undefined && !parent)) throw new PolicyError(faults)
  checkHead(packFile, pack)
  const whole = (name: string) =>
    open(parent && !existsSync(path.join(root, name)) ? `${parent.folder}/${name}` : name)

  const documents = new Map<string, PolicyDocument>(
    (parent?.pack.documents ?? []).map((one) => [one.id, asDocument(one)]),
  )
  for (const [i, one] of (pack.documents ?? []).entries()) {
    if (documents.has(one.id)) packFile.fault(['documents', i, 'id'], faultTexts.duplicateId(one.id))
    documents.set(one.id, asDocument(one))
  }

  const causes = (whole('causes.yaml').read(CausesFile) ?? []).map(({ id, zh, en, plain }) => ({
    id,
    name: { zh, en },
    plain,
  }))

  const inherited = readFolder(parent ? [parent.folder] : [])
  const own = readFolder(['.'])
  const parameters = new Map([...inherited.parameters, ...own.parameters])
  const placeOf = new Map([...inherited.placeOf, ...own.placeOf])
  const fileOf = (key: string) => placeOf.get(key) ?? packFile

  const rulePaths = new Map(
    [...(parent ? listYaml(root, `${parent.folder}/rules`) : []), ...listYaml(root, 'rules')].map(
      (name) => [path.basename(name, '.yaml'), name] as const,
    ),
  )
  for (const [i, name] of (pack.without ?? []).entries()) {
    if (!parent) packFile.fault(['without'], faultTexts.withoutParent())
    else if (inherited.parameters.has(name)) parameters.delete(name)
    else if (!rulePaths.delete(name))
      packFile.fault(['without', i], faultTexts.notInherited(name, parent.pack.id))
  }
  checkDerived(parameters, fileOf)
  for (const { key, derived, yearly, values } of parameters.values())
    for (const day of [pack.from, pack.to ?? '9999-12-31'])
      if (
        !derived &&
        !yearly &&
        !values.some((one) => one.place === '34' && one.from <= day && day <= (one.to ?? day))
      )
        if (own.parameters.has(key)) fileOf(key).fault([key], faultTexts.noValue(key, day))
        else packFile.fault(['inherits'], faultTexts.noValue(key, day))

  const retention = readRetention(whole('retention.yaml'), documents)
  const measures = readMeasures(whole('measures.yaml'), documents)
  const checklist = readChecklist(whole('checklist.yaml'), documents)
  const letters = readLetters(whole)

  // Rules judged against broken parameters would only add faults that are none.
  const { hotline, authorisation } = { ...parent?.pack, ...pack }
  if (!hotline || !authorisation || !letters || faults.length > 0) throw new PolicyError(faults)

  const rules: Rule[] = []
  const ruleFiles = [...rulePaths].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, name]) => open(name))
  for (const file of ruleFiles) {
    const rule = readRule(file, { vocabulary, parameters, documents })
    if (!rule) continue
    rules.push(rule)
    if (parent && file.name.startsWith('rules/')) checkVersion(file, rule, parent)
  }
  checkUse(parameters, rules, vocabulary, fileOf)
  if (faults.length > 0) throw new PolicyError(faults)

  const { id, title, from, to = null, inherits = null } = pack
  const loaded: PolicyPack = {
    ...{ id, title, from, to, inherits, hotline, authorisation },
    categories: new Set(pack.categories),
    ...{ measures, checklist, letters, retention, documents, causes, parameters, rules },
  }
  const values = resolveParameters(loaded, from, 340_000_000_000)
  for (const [i, rule] of rules.entries()) {
    const file = ruleFiles[i]
    if (file) checkExamples(file, rule, values, from)
  }
  if (faults.length > 0) throw new PolicyError(faults)
  return loaded

  function readFolder(folders: readonly string[]) {
    const read = new Map<string, Parameter>()
    const places = new Map<string, SourceFile>()
    for (const name of folders.flatMap((folder) => listYaml(root, path.posix.join(folder, 'parameters')))) {
      const file = open(name)
      readParameters(file, documents, read)
      for (const key of read.keys()) if (!places.has(key)) places.set(key, file)
    }
    return { parameters: read, placeOf: places }
  }

  function checkVersion(file: SourceFile, { id, version }: Rule, { folder, pack: other }: Parent) {
    const before = `${folder}/${file.name}`
    if (!existsSync(path.join(root, before))) return
    const known = open(before).read(RuleVersion)
    if (known && version <= known.version)
      file.fault(['version'], faultTexts.sameVersion(id, other.id, known.version))
  }
}

interface Parent {
  /** As seen from the pack that inherits. */
  folder: string
  pack: PackText
}

function readParent(
  root: string,
  packFile: SourceFile,
  { inherits }: PackText,
  open: (name: string) => SourceFile,
): Parent | undefined {
  if (inherits === undefined) return undefined
  const folder = `../${inherits}`
  if (!existsSync(path.join(root, folder, 'pack.yaml'))) {
    packFile.fault(['inherits'], faultTexts.noParent(inherits))
    return undefined
  }
  const pack = open(`${folder}/pack.yaml`).read(PackFile)
  if (pack?.inherits !== undefined) packFile.fault(['inherits'], faultTexts.grandparent(inherits))
  return pack && { folder, pack }
}

/** Its days in order, and nothing left out that only a pack that inherits may leave out. */
function checkHead(packFile: SourceFile, pack: PackText) {
  if (pack.to !== undefined && pack.to < pack.from)
    packFile.fault(['to'], faultTexts.backwards(pack.from, pack.to))
  if (pack.inherits !== undefined) return
  for (const key of ['hotline', 'authorisation', 'documents'] as const)
    if (pack[key] === undefined) packFile.fault([], faultTexts.missingKey(key))
}

function asDocument(one: NonNullable<PackText['documents']>[number]): PolicyDocument {
  return { ...one, number: one.number ?? null, date: one.date ?? null, sampleOf: one.sampleOf ?? null }
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
  const used = new Set<string>([...needed, ...optionalParameters])
  for (const { operand } of operands) if (operand.kind === 'parameter') used.add(operand.parameter)
  for (const { derived } of parameters.values())
    if (derived) for (const key of [derived.of, derived.share]) used.add(key)
  const missing = needed.filter((key) => !parameters.has(key))
  for (const key of missing) fileOf(key).fault([], faultTexts.requiredParameter(key))
  for (const key of parameters.keys())
    if (!used.has(key) && !isFeedParameter(key))
      fileOf(key).fault([key], faultTexts.unusedParameter(key, nearest(key, missing)))
}
