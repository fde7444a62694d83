import type { RawBuilder } from 'kysely'
import ts from 'typescript'

/** A value that only the running program knows; what is decided about it holds for the whole run. */
export class Unknown {
  /** What the value turned out to be, once a text had to be made of it. */
  literal?: string | number
  present?: boolean
  truth?: boolean
  readonly members = new Map<string, Unknown>()
  readonly type: ts.Type | undefined
  readonly key: string
  /** The function whose callers know the value, or whose result it is. */
  readonly origin: ts.Node | undefined

  constructor(type: ts.Type | undefined, key: string, origin?: ts.Node) {
    this.type = type
    this.key = key
    this.origin = origin
  }
}

/** A function of the program with the variables it can see. */
export class Closure {
  readonly node: ts.FunctionLikeDeclaration
  readonly scope: Scope
  called = false

  constructor(node: ts.FunctionLikeDeclaration, scope: Scope) {
    this.node = node
    this.scope = scope
  }
}

export class Scope {
  readonly values = new Map<string, unknown>()
  readonly parent: Scope | undefined
  /** The function whose callers know what is unknown here. */
  readonly origin: ts.Node | undefined

  constructor(parent?: Scope, origin?: ts.Node) {
    this.parent = parent
    this.origin = origin ?? parent?.origin
  }

  owner(name: string): Scope | undefined {
    return this.values.has(name) ? this : this.parent?.owner(name)
  }
}

/** Ends a run at a `throw`. */
export class Thrown extends Error {}

/** A piece of SQL: a real one, made by Kysely itself. */
export function isFragment(value: unknown): value is RawBuilder<unknown> {
  return typeof value === 'object' && value !== null && 'toOperationNode' in value
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return (
    typeof value === 'object' && value !== null && !(value instanceof Unknown || value instanceof Closure)
  )
}

const parts = (type: ts.Type): readonly ts.Type[] => (type.isUnion() ? type.types : [type])
const isEmpty = (type: ts.Type) =>
  (type.flags & (ts.TypeFlags.Undefined | ts.TypeFlags.Null | ts.TypeFlags.Void)) !== 0

export function isFragmentType(type: ts.Type | undefined): boolean {
  return type !== undefined && parts(type).some((part) => part.getProperty('toOperationNode') !== undefined)
}

/** The texts a value can be where its type says so; a number stands for all numbers. */
export function literalsOf(type: ts.Type | undefined): (string | number)[] | undefined {
  if (!type) return undefined
  const found: (string | number)[] = []
  for (const part of parts(type)) {
    if (part.isStringLiteral() || part.isNumberLiteral()) found.push(part.value)
    else if (part.flags & ts.TypeFlags.NumberLike) found.push(1)
    else if (!isEmpty(part)) return undefined
  }
  return found.length > 0 ? found : undefined
}

export function mayBeMissing(type: ts.Type | undefined): boolean {
  if (!type || type.flags & (ts.TypeFlags.Any | ts.TypeFlags.Unknown)) return true
  return parts(type).some(isEmpty)
}

/** `both` where the type leaves open whether a condition holds. */
export function truthOf(type: ts.Type | undefined): 'yes' | 'no' | 'both' {
  if (!type) return 'both'
  const all = parts(type)
  if (all.every(isEmpty)) return 'no'
  return all.every((part) => part.flags & ts.TypeFlags.Object) ? 'yes' : 'both'
}

export const isBoolean = (type: ts.Type | undefined) =>
  type !== undefined &&
  parts(type).every((part) => (part.flags & ts.TypeFlags.BooleanLike) !== 0 || isEmpty(part))
