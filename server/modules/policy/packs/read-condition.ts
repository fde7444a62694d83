import type { Parameter, Vocabulary } from '../model.ts'
import { type Condition, type Operand, type Operator, operators } from '../rules/tree.ts'
import { parameterUnits, toStored } from '../units.ts'
import { faultTexts } from './messages.ts'
import { nearest, type SourceFile } from './source-file.ts'

interface Terms {
  vocabulary: Vocabulary
  parameters: ReadonlyMap<string, Parameter>
}
type Path = readonly PropertyKey[]

/** Reads a `when`; undefined when anything in it is not understood, and then the file has its faults. */
export function readCondition(
  written: unknown,
  at: Path,
  file: SourceFile,
  terms: Terms,
): Condition | undefined {
  if (typeof written !== 'object' || written === null || Array.isArray(written)) {
    file.fault(at, faultTexts.notCondition())
    return undefined
  }
  const keys = Object.keys(written)
  const [only] = keys
  if (keys.length === 1 && (only === 'all' || only === 'any')) {
    const list: unknown = Reflect.get(written, only)
    if (!Array.isArray(list) || list.length === 0) {
      file.fault([...at, only], faultTexts.emptyGroup(only))
      return undefined
    }
    const of = list.map((item: unknown, i) => readCondition(item, [...at, only, i], file, terms))
    return of.every((part) => part !== undefined) ? { kind: only, of } : undefined
  }
  if (keys.length === 1 && only === 'not') {
    const of = readCondition(Reflect.get(written, 'not'), [...at, 'not'], file, terms)
    return of && { kind: 'not', of }
  }
  return readComparison(written, at, file, terms)
}

const comparisonKeys = ['indicator', 'is', 'value', 'param', 'than']

function readComparison(
  written: object,
  at: Path,
  file: SourceFile,
  { vocabulary, parameters }: Terms,
): Condition | undefined {
  const unknown = Object.keys(written).filter((key) => !comparisonKeys.includes(key))
  for (const key of unknown)
    file.fault(
      [...at, key],
      faultTexts.unknownKey(key, nearest(key, [...comparisonKeys, 'all', 'any', 'not'])),
    )
  if (unknown.length > 0) return undefined

  const { indicator, is, ...right } = written as Record<string, unknown>
  for (const [key, value] of Object.entries({ indicator, is }))
    if (value === undefined) file.fault(at, faultTexts.missingKey(key))
  if (typeof indicator !== 'string' || is === undefined) return undefined
  const operator = operators.find((known) => known === is)
  if (!operator) {
    file.fault([...at, 'is'], faultTexts.wrongValue(`${String(is)}；可用 ${operators.join(' ')}`))
    return undefined
  }
  const term = vocabulary.get(indicator)
  if (!term) {
    file.fault(
      [...at, 'indicator'],
      faultTexts.unknownIndicator(indicator, nearest(indicator, vocabulary.keys())),
    )
    return undefined
  }
  const yesNoOrGrade = term.unit === 'bool' || term.unit === 'grade'
  if (yesNoOrGrade && operator !== '=' && operator !== '!=') {
    file.fault([...at, 'is'], faultTexts.notOrdered(indicator))
    return undefined
  }
  const [side, ...more] = Object.entries(right)
  if (!side || more.length > 0) {
    file.fault(at, faultTexts.oneOperand(Object.keys(right).length))
    return undefined
  }
  const operand = readOperand(side, [...at, side[0]], file)
  return operand && compare(indicator, operator, operand)

  function compare(name: string, op: Operator, right: Operand): Condition {
    return { kind: 'compare', indicator: name, operator: op, operand: right }
  }

  function readOperand([kind, name]: [string, unknown], place: Path, from: SourceFile): Operand | undefined {
    if (!term) return undefined
    if (kind === 'value') {
      const value = isFigure(name) ? toStored(term.unit, name) : undefined
      if (value === undefined) from.fault(place, faultTexts.notFigure(term.name, term.unit))
      return value === undefined ? undefined : { kind: 'value', value }
    }
    if (kind === 'than') {
      const other = vocabulary.get(String(name))
      if (!other)
        from.fault(place, faultTexts.unknownIndicator(String(name), nearest(String(name), vocabulary.keys())))
      else if (other.unit !== term.unit) from.fault(place, faultTexts.unitMismatch(term.unit, other.unit))
      else return { kind: 'indicator', indicator: other.name }
      return undefined
    }
    const parameter = parameters.get(String(name))
    if (!parameter) {
      from.fault(place, faultTexts.unknownParameter(String(name), nearest(String(name), parameters.keys())))
      return undefined
    }
    const keeps = parameterUnits[parameter.unit].keeps
    if (keeps !== term.unit) {
      from.fault(place, faultTexts.unitMismatch(term.unit, keeps))
      return undefined
    }
    return { kind: 'parameter', parameter: parameter.key }
  }
}

function isFigure(value: unknown): value is number | boolean | string {
  return typeof value === 'number' || typeof value === 'boolean' || typeof value === 'string'
}
