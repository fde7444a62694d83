import ts from 'typescript'
import type { Run } from './run.ts'
import { isRecord, type Scope, Unknown } from './values.ts'

/** Gives the names of a declaration, destructured or not, their values. */
export function bind(run: Run, name: ts.BindingName, value: unknown, scope: Scope) {
  if (ts.isIdentifier(name)) {
    scope.values.set(name.text, value)
    return
  }
  if (ts.isArrayBindingPattern(name)) {
    const all =
      isRecord(value) && Symbol.iterator in value ? [...(value as unknown as Iterable<unknown>)] : undefined
    for (const [i, part] of name.elements.entries()) {
      if (ts.isOmittedExpression(part)) continue
      if (part.dotDotDotToken)
        bind(run, part.name, all ? all.slice(i) : run.unknown(part, originOf(value)), scope)
      else bindPart(run, part, all ? all[i] : run.unknown(part, originOf(value)), scope)
    }
    return
  }
  const taken = new Set<string>()
  for (const part of name.elements) {
    if (part.dotDotDotToken) {
      const rest = isRecord(value)
        ? Object.fromEntries(Object.entries(value).filter(([key]) => !taken.has(key)))
        : run.unknown(part, originOf(value))
      bind(run, part.name, rest, scope)
      continue
    }
    const key = part.propertyName ?? part.name
    const text = ts.isIdentifier(key) || ts.isStringLiteral(key) ? key.text : ''
    taken.add(text)
    bindPart(run, part, property(run, value, text, part), scope)
  }
}

const originOf = (value: unknown) => (value instanceof Unknown ? value.origin : undefined)

function property(run: Run, value: unknown, name: string, node: ts.BindingElement): unknown {
  if (isRecord(value)) return value[name]
  if (!(value instanceof Unknown)) return run.unknown(node, undefined)
  const made = value.members.get(name)
  if (made) return made
  const unknown = run.unknown(node, value.origin)
  if (unknown instanceof Unknown) value.members.set(name, unknown)
  return unknown
}

function bindPart(run: Run, part: ts.BindingElement, value: unknown, scope: Scope) {
  const missing = value === undefined || (value instanceof Unknown && value.present === false)
  bind(run, part.name, missing && part.initializer ? run.evaluate(part.initializer, scope) : value, scope)
}
