import ts from 'typescript'
import { keyOf, type Run } from './run.ts'
import { Closure, isRecord, type Scope, Unknown } from './values.ts'

export function array(run: Run, nodes: readonly ts.Expression[], scope: Scope): unknown[] {
  return nodes.flatMap((node) => {
    if (!ts.isSpreadElement(node)) return [run.evaluate(node, scope)]
    const value = run.evaluate(node.expression, scope)
    if (value instanceof Unknown) return [run.unknown(node, value.origin, elementType(run, value))]
    return isIterable(value) ? [...value] : []
  })
}

export function isIterable(value: unknown): value is Iterable<unknown> {
  return typeof value === 'string' || (isRecord(value) && Symbol.iterator in value)
}

export function elementType(run: Run, { type }: Unknown): ts.Type | undefined {
  if (!type) return undefined
  const { checker } = run.machine
  const present = checker.getNonNullableType(type)
  return (
    checker.getIndexTypeOfType(present, ts.IndexKind.Number) ??
    checker.getTypeArguments(present as ts.TypeReference)[0]
  )
}

export function memberOf(from: Unknown, name: string, type: ts.Type | undefined): Unknown {
  const found = from.members.get(name) ?? new Unknown(type, `${from.key}.${name}`, from.origin)
  from.members.set(name, found)
  return found
}

/** A property, of known things and unknown ones. */
export function member(run: Run, from: unknown, name: string, node: ts.Node): unknown {
  if (from instanceof Unknown) {
    const made = from.members.get(name)
    if (made) return made
    const unknown = run.unknown(node, from.origin)
    if (!(unknown instanceof Unknown)) return unknown
    return memberOf(from, name, unknown.type)
  }
  if (from === undefined || from === null) return undefined
  if (from instanceof Closure) return run.unknown(node, undefined)
  return Reflect.get(Object(from), name)
}

/** One of several values, another one in another run. */
export function oneOf(run: Run, values: readonly unknown[], node: ts.Node, detail = ''): unknown {
  return values.length === 0
    ? undefined
    : values[run.choose(`one of ${keyOf(node)} ${detail}`, values.length)]
}
