import type { Parameter, ParameterValue, PolicyDocument, Status } from '../model.ts'
import { parameterUnits, scale } from '../units.ts'
import { faultTexts } from './messages.ts'
import { ParametersFile, type WrittenParameter } from './schema.ts'
import type { SourceFile } from './source-file.ts'

const wholeProvince = '34'

export function readParameters(
  file: SourceFile,
  documents: ReadonlyMap<string, PolicyDocument>,
  into: Map<string, Parameter>,
) {
  for (const [key, written] of Object.entries(file.read(ParametersFile) ?? {})) {
    if (into.has(key)) file.fault([key], faultTexts.duplicateId(key))
    if ((written.values === undefined) === (written.derived === undefined)) {
      file.fault([key], faultTexts.valuesOrDerived())
      continue
    }
    const values = readValues(key, written, file, documents)
    const { title, unit, yearly, derived = null } = written
    into.set(key, { key, title, unit, yearly, values, derived })
  }
}

function readValues(
  key: string,
  written: WrittenParameter,
  file: SourceFile,
  documents: ReadonlyMap<string, PolicyDocument>,
): ParameterValue[] {
  const values: ParameterValue[] = []
  for (const [i, one] of (written.values ?? []).entries()) {
    const at = [key, 'values', i]
    checkArticle(file, at, one, documents)
    const value = scale(one.value, parameterUnits[written.unit].factor)
    if (value === undefined) {
      file.fault([...at, 'value'], faultTexts.notFigure(key, written.unit))
      continue
    }
    const { from, to = null, division = wholeProvince, document, article, status, note = null } = one
    if (to !== null && to < from) file.fault([...at, 'to'], faultTexts.backwards(from, to))
    if (written.yearly && to?.slice(0, 4) !== from.slice(0, 4))
      file.fault([...at, 'from'], faultTexts.yearlyEnds(key, from.slice(0, 4)))
    const clash = values.find(
      (other) => other.place === division && from <= (other.to ?? '9999') && other.from <= (to ?? '9999'),
    )
    if (clash) file.fault([...at, 'from'], faultTexts.overlap(span(clash), span({ from, to })))
    values.push({ value, from, to, place: division, document, article, status, note })
  }
  return values
}

function span({ from, to }: { from: string; to: string | null }): string {
  return `${from} 至 ${to ?? '今'}`
}

export function checkArticle(
  file: SourceFile,
  at: readonly PropertyKey[],
  source: { document: string; article: string; status: Status },
  documents: ReadonlyMap<string, PolicyDocument>,
) {
  const document = documents.get(source.document)
  if (!document) {
    file.fault([...at, 'document'], faultTexts.unknownDocument(source.document))
  } else if (!(source.article in document.clauses)) {
    const known = Object.keys(document.clauses).join('、')
    file.fault([...at, 'article'], faultTexts.unknownArticle(source.document, source.article, known))
  } else if ((document.sampleOf !== null) !== (source.status === 'sample')) {
    const { document: id, status } = source
    file.fault([...at, 'status'], faultTexts.sampleStatus(id, document.sampleOf?.zh, status))
  }
}

/** A derived parameter is a share of one that has values of its own; so no loops and no chains. */
export function checkDerived(
  parameters: ReadonlyMap<string, Parameter>,
  fileOf: (key: string) => SourceFile,
) {
  for (const { key, derived } of parameters.values()) {
    if (!derived) continue
    const at = (part: string) => [key, 'derived', part]
    const base = parameters.get(derived.of)
    const share = parameters.get(derived.share)
    if (!base) fileOf(key).fault(at('of'), faultTexts.unknownParameter(derived.of, undefined))
    else if (base.derived) fileOf(key).fault(at('of'), faultTexts.derivedLoop(derived.of))
    if (!share) fileOf(key).fault(at('share'), faultTexts.unknownParameter(derived.share, undefined))
    else if (share.unit !== 'percent') fileOf(key).fault(at('share'), faultTexts.derivedShare(derived.share))
  }
}
