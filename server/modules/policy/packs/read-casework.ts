import { Cause } from '#contract/common.ts'
import { MeasureType } from '#contract/work/plans.ts'
import type {
  CauseMeasures,
  ChecklistItem,
  MeasureCheck,
  PolicyDocument,
  PolicyPack,
  WrittenCheck,
} from '../model.ts'
import { faultTexts } from './messages.ts'
import { checkArticle } from './read-parameters.ts'
import { ChecklistFile, MeasuresFile } from './schema.ts'
import type { SourceFile } from './source-file.ts'

/** Every kind of measure must be named and every cause met by one at least. */
export function readMeasures(
  file: SourceFile,
  documents: ReadonlyMap<string, PolicyDocument>,
): PolicyPack['measures'] {
  const written = file.read(MeasuresFile)
  if (!written) return { types: [], causes: new Map(), checks: new Map() }
  const causes = new Map<Cause, CauseMeasures>()
  for (const cause of Cause.options) {
    const met = written.causes[cause]
    if (!met) {
      file.fault(['causes'], faultTexts.requiredCause(cause))
      continue
    }
    checkArticle(file, ['causes', cause], met, documents)
    causes.set(cause, met)
  }
  for (const [i, { id }] of written.types.entries())
    if (written.types.findIndex((type) => type.id === id) < i)
      file.fault(['types', i, 'id'], faultTexts.duplicateId(id))
  for (const type of MeasureType.options)
    if (!written.types.some(({ id }) => id === type)) file.fault(['types'], faultTexts.requiredMeasure(type))
  const checks = new Map(Object.entries(written.checks) as [MeasureCheck, WrittenCheck][])
  for (const [name, check] of checks) checkArticle(file, ['checks', name], check, documents)
  const types = written.types.map(({ zh, en, ...type }) => ({ ...type, name: { zh, en } }))
  return { types, causes, checks }
}

export function readChecklist(
  file: SourceFile,
  documents: ReadonlyMap<string, PolicyDocument>,
): ChecklistItem[] {
  const items: ChecklistItem[] = []
  for (const [i, { zh, en, ...item }] of (file.read(ChecklistFile) ?? []).entries()) {
    checkArticle(file, [i], item, documents)
    if (items.some(({ id }) => id === item.id)) file.fault([i, 'id'], faultTexts.duplicateId(item.id))
    items.push({ ...item, title: { zh, en } })
  }
  return items
}
