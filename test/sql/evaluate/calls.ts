import { type RawBuilder, sql } from 'kysely'
import ts from 'typescript'
import { array, elementType, member, oneOf } from './containers.ts'
import { keyOf, missing, nodesOf, type Run, remembered } from './run.ts'
import { Closure, isFragment, isFragmentType, isRecord, Scope, Unknown } from './values.ts'

export function evaluateCall(run: Run, node: ts.CallExpression, scope: Scope): unknown {
  const target = node.expression
  if (ts.isPropertyAccessExpression(target)) {
    const { name, expression } = target
    if (ts.isIdentifier(expression) && isFrom(run, expression, 'kysely'))
      return ofSql(run, node, name.text, scope)
    const from = run.evaluate(expression, scope)
    if (isFragment(from)) return ofFragment(run, node, from, target, scope)
    if (name.text === 'query' && isConnection(run.machine.checker, expression)) return query(run, node, scope)
    if (!run.isPresent(from)) return target.questionDotToken ? undefined : run.unknown(node, originOf(from))
    return ofMember(run, node, from, name, scope)
  }
  if (ts.isIdentifier(target) && isFrom(run, target, 'pg-copy-streams')) return copy(run, node, scope)
  const callee = run.evaluate(target, scope)
  return apply(run, node, callee, array(run, node.arguments, scope))
}

export function evaluateNew(run: Run, node: ts.NewExpression, scope: Scope): unknown {
  const args = array(run, node.arguments ?? [], scope)
  const name = ts.isIdentifier(node.expression) ? node.expression.text : ''
  const [first] = args
  if (name === 'Map' && (first === undefined || isEntries(first))) return new Map(first)
  if (name === 'Set' && (first === undefined || Array.isArray(first) || first instanceof Set))
    return new Set(first)
  return run.unknown(node, scope.origin)
}

const isEntries = (value: unknown): value is [unknown, unknown][] =>
  value instanceof Map || (Array.isArray(value) && value.every((one) => Array.isArray(one)))

const libraries = new WeakMap<ts.Node, string>()

function isFrom(run: Run, node: ts.Identifier, library: string): boolean {
  return remembered(libraries, node, () => libraryOf(run.machine.checker, node)) === library
}

function libraryOf(checker: ts.TypeChecker, node: ts.Identifier): string {
  const [declaration] = checker.getSymbolAtLocation(node)?.declarations ?? []
  if (!declaration || !ts.isImportSpecifier(declaration)) return ''
  const { moduleSpecifier } = declaration.parent.parent.parent
  return ts.isStringLiteral(moduleSpecifier) ? moduleSpecifier.text : ''
}

const connections = ['PoolClient', 'Client', 'ClientBase', 'Pool', 'Connections']

/** Whether texts handed to it go to the database. */
export function isConnection(checker: ts.TypeChecker, node: ts.Expression): boolean {
  const type = checker.getTypeAtLocation(node)
  const name = (type.aliasSymbol ?? type.symbol)?.name ?? ''
  return connections.includes(name)
}

/** `sql.raw`, `sql.ref`, `sql.join` …: the real ones, with what is known. */
function ofSql(run: Run, node: ts.CallExpression, name: string, scope: Scope): unknown {
  const [first, second] = array(run, node.arguments, scope)
  if (name === 'join') return join(run, first, second)
  if (name === 'val') return sql.val(first instanceof Unknown ? null : first)
  const text = run.text(first)
  if (text === undefined) {
    run.want(first)
    return sql.raw(missing)
  }
  if (name === 'lit') return sql.lit(typeof first === 'string' || typeof first === 'number' ? first : text)
  if (name === 'ref') return sql.ref(text)
  if (name === 'table') return sql.table(text)
  if (name === 'id') return sql.id(text)
  return sql.raw(text)
}

function join(run: Run, parts: unknown, separator: unknown): unknown {
  const all = Array.isArray(parts) ? parts : [parts]
  const nodes = new Set<ts.Node>([...all, separator].flatMap((part) => [...run.nodes(part)]))
  const pieces = all.map((part) => {
    if (!(part instanceof Unknown)) return part
    run.want(part)
    return sql.raw(missing)
  })
  const joined: RawBuilder<unknown> = sql.join(pieces, isFragment(separator) ? separator : undefined)
  nodesOf.set(joined, nodes)
  return joined
}

function ofFragment(
  run: Run,
  node: ts.CallExpression,
  fragment: RawBuilder<unknown>,
  target: ts.PropertyAccessExpression,
  scope: Scope,
): unknown {
  if (target.name.text === 'execute' || target.name.text === 'compile') {
    array(run, node.arguments, scope)
    run.send(node, fragment, rowType(run, target.expression))
    return run.unknown(node, undefined, awaited(run, node))
  }
  return fragment
}

/** `Row` of a `RawBuilder<Row>`. */
function rowType(run: Run, node: ts.Expression): ts.Type | undefined {
  const type = run.typeAt(node)
  const one = type?.isUnion() ? type.types.find((part) => part.getProperty('toOperationNode')) : type
  return one && run.machine.checker.getTypeArguments(one as ts.TypeReference)[0]
}

const results = new WeakMap<ts.Node, { type: ts.Type | undefined }>()

function awaited(run: Run, node: ts.Expression): ts.Type | undefined {
  return remembered(results, node, () => {
    const type = run.typeAt(node)
    return { type: type && (run.machine.checker.getAwaitedType(type) ?? type) }
  }).type
}

/** `client.query(text, values)`. */
function query(run: Run, node: ts.CallExpression, scope: Scope): unknown {
  const [first] = array(run, node.arguments, scope)
  const text = isRecord(first) && 'text' in first ? first.text : first
  if (isCopy(text)) run.send(node, text.copy, undefined)
  else
    run.send(
      node,
      text,
      node.typeArguments?.[0] && run.machine.checker.getTypeFromTypeNode(node.typeArguments[0]),
    )
  return run.unknown(node, undefined, awaited(run, node))
}

function copy(run: Run, node: ts.CallExpression, scope: Scope): unknown {
  return { copy: array(run, node.arguments, scope)[0] }
}

const isCopy = (value: unknown): value is { copy: unknown } => isRecord(value) && 'copy' in value

function apply(run: Run, node: ts.CallExpression, callee: unknown, args: unknown[]): unknown {
  if (callee instanceof Closure) {
    const type = awaited(run, node)
    const isPart = isFragmentType(type) || run.machine.followed.has(callee.node) || isLocal(callee)
    if (isPart || (isKnown(args) && !isAsync(callee))) return run.call(callee, args)
    run.passed.add(callee.node)
    return run.unknown(node, callee.node, type)
  }
  if (typeof callee === 'function' && args.every((arg) => !(arg instanceof Unknown)))
    return attempt(
      () => callee(...args.map((arg) => native(run, arg, true))),
      () => run.unknown(node, undefined),
    )
  return run.unknown(node, originOf(callee) ?? args.map(originOf).find((one) => one), awaited(run, node))
}

const isAsync = ({ node }: Closure) => (ts.getCombinedModifierFlags(node) & ts.ModifierFlags.Async) !== 0
const isKnown = (args: readonly unknown[]) =>
  args.length > 0 && args.every((arg) => isRecord(arg) || typeof arg === 'string')

/** A function inside a function, which may work on what it shares with it. */
const isLocal = ({ scope }: Closure) => scope.origin !== undefined

const originOf = (value: unknown) => (value instanceof Unknown ? value.origin : undefined)

function attempt(work: () => unknown, otherwise: () => unknown): unknown {
  try {
    return work()
  } catch (error) {
    if (error instanceof TypeError || error instanceof RangeError) return otherwise()
    throw error
  }
}

/** A function of ours as one that built-in methods can call. */
function native(run: Run, value: unknown, isTest: boolean): unknown {
  if (!(value instanceof Closure)) return value
  return (...args: unknown[]) => {
    const answer = run.call(value, args)
    return isTest && answer instanceof Unknown ? run.truth(answer) : answer
  }
}

const tests = ['filter', 'some', 'every', 'find', 'findIndex', 'findLast']
const orders = ['sort', 'toSorted']
const stores = [
  'push',
  'unshift',
  'add',
  'set',
  'concat',
  'forEach',
  'map',
  'flatMap',
  'entries',
  'values',
  'keys',
]

function ofMember(
  run: Run,
  node: ts.CallExpression,
  from: unknown,
  name: ts.MemberName,
  scope: Scope,
): unknown {
  const args = array(run, node.arguments, scope)
  if (from instanceof Unknown) return ofUnknown(run, node, from, name.text, args)
  if (from === Promise)
    return name.text === 'all' ? args[0] : run.unknown(node, undefined, awaited(run, node))
  const method = member(run, from, name.text, name)
  if (method === undefined && node.questionDotToken) return undefined
  if (typeof method !== 'function') return apply(run, node, method, args)
  if (orders.includes(name.text)) return from
  if (name.text === 'join' && Array.isArray(from)) return joinTexts(run, node, from, args[0])
  if (name.text === 'get' && args[0] instanceof Unknown && from instanceof Map)
    return oneOf(run, [...from.values()], node)
  const isStored = stores.includes(name.text) && typeof from === 'object'
  const known = isStored || !args.some((arg) => arg instanceof Unknown)
  if (!known)
    return run.unknown(
      node,
      args.map(originOf).find((one) => one),
      awaited(run, node),
    )
  const passed = args.map((arg) => native(run, arg, tests.includes(name.text)))
  return attempt(
    () => Reflect.apply(method, from, passed),
    () => run.unknown(node, undefined, awaited(run, node)),
  )
}

function joinTexts(run: Run, node: ts.Expression, parts: readonly unknown[], separator: unknown): unknown {
  const texts = parts.map((part) => run.text(part))
  const unknown = parts.find((_, i) => texts[i] === undefined)
  if (unknown) return run.note(new Unknown(run.typeAt(node), keyOf(node), originOf(unknown)))
  return texts.join(separator === undefined ? ',' : String(separator))
}

/** Methods of a list nothing is known of: it is taken to have one element. */
function ofUnknown(run: Run, node: ts.CallExpression, from: Unknown, name: string, args: unknown[]): unknown {
  const [work] = args
  const whole = () => run.unknown(node, from.origin, awaited(run, node))
  const implemented = implementation(run, node)
  if (implemented) return run.call(implemented, args)
  if (!(work instanceof Closure)) return whole()
  const one = run.unknown(node.expression, from.origin, elementType(run, from))
  if (name === 'map') return [run.call(work, [one])]
  if (name === 'flatMap') {
    const found = run.call(work, [one])
    return Array.isArray(found) ? found : [found]
  }
  if (name === 'filter') {
    run.call(work, [one])
    return from
  }
  if (['forEach', 'some', 'every', 'find'].includes(name)) run.call(work, [one])
  return whole()
}

/** A member of an interface is one of those that objects of ours have, where they must be looked into. */
function implementation(run: Run, { expression }: ts.CallExpression): Closure | undefined {
  const { checker, implementations, followed } = run.machine
  if (!ts.isPropertyAccessExpression(expression)) return undefined
  const symbol = checker.getSymbolAtLocation(expression.name)
  const all = (symbol && implementations.get(symbol))?.filter((one) => followed.has(one)) ?? []
  const chosen = oneOf(run, all, expression) as ts.FunctionLikeDeclaration | undefined
  return chosen && new Closure(chosen, new Scope())
}
