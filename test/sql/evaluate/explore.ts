import ts from 'typescript'
import { evaluate } from './expressions.ts'
import { type Machine, type Program, Run, type Statement } from './run.ts'
import { call, unknownArguments } from './statements.ts'
import { Closure, Scope, Thrown } from './values.ts'

/** More ways through one function than this are not gone; through one that only calls others, fewer. */
const most = 1200
const mostOfOthers = 120

/** Calls deeper than this are taken to be the same whoever the caller is. */
const deep = 4

/** Every text the functions of these files send, each fork taken both ways at least once. */
export function explore(program: Program, files: readonly ts.SourceFile[]): Statement[] {
  const machine: Machine = { ...program, followed: new Set(), implementations: new Map(), modules: new Map() }
  const entries = files.flatMap(entriesOf)
  for (const file of files) implement(machine, file)
  const callers = callersOf(machine, entries)
  const found = new Map<ts.Node, ReturnType<typeof exploreEntry>>()
  let waiting = new Set<ts.Node>(entries.filter(hasSql))
  while (waiting.size > 0) {
    const wanted = new Set<ts.Node>()
    // A fork in a function that several call is taken both ways for the first of them.
    const forks = new Set<string>()
    for (const entry of entries) {
      if (!waiting.has(entry)) continue
      const explored = exploreEntry(machine, entry, forks)
      found.set(entry, explored)
      for (const one of explored.wanting) if (!machine.followed.has(one)) wanted.add(one)
    }
    waiting = new Set([...wanted].flatMap((one) => callers.get(one) ?? []))
    for (const [entry, { passed }] of found)
      if ([...passed].some((one) => wanted.has(one))) waiting.add(entry)
    for (const one of wanted) machine.followed.add(one)
    machine.modules.clear()
  }
  const all = () => [...found.values()].flatMap(({ statements }) => [...statements.values()])
  // What was not sent yet takes more than one fork at a time, in its function or in those that call it.
  const sent = new Set(all().flatMap(({ nodes }) => [...nodes]))
  let left = new Set<ts.Node>(entries.filter((entry) => hasUnsent(machine, entry, sent)))
  for (let level = 0; level < 3; level++)
    left = new Set([...left, ...[...left].flatMap((one) => callers.get(one) ?? [])])
  for (const entry of entries) {
    if (!left.has(entry)) continue
    const { statements } = exploreEntry(machine, entry, new Set(), true)
    for (const [key, statement] of statements) found.get(entry)?.statements.set(key, statement)
  }
  return all()
}

function hasUnsent(machine: Machine, entry: ts.Node, sent: ReadonlySet<ts.Node>): boolean {
  const find = (node: ts.Node): true | undefined =>
    (ts.isTaggedTemplateExpression(node) && !sent.has(node) && !machine.isUntold(node)) ||
    ts.forEachChild(node, find)
      ? true
      : undefined
  return find(entry) ?? false
}

/** Functions of a module that no other function of it contains. */
function entriesOf(file: ts.SourceFile): ts.FunctionLikeDeclaration[] {
  const found: ts.FunctionLikeDeclaration[] = []
  const visit = (node: ts.Node) => {
    if (ts.isFunctionLike(node) && 'body' in node && node.body) found.push(node as ts.FunctionLikeDeclaration)
    else ts.forEachChild(node, visit)
  }
  ts.forEachChild(file, visit)
  return found
}

function hasSql(entry: ts.Node): boolean {
  return /\bsql[<`.]|\.query\b|copyFrom\(|\.execute\(/.test(entry.getText())
}

function implement({ checker, implementations, instances }: Machine, file: ts.SourceFile) {
  const visit = (node: ts.Node) => {
    if (ts.isVariableDeclaration(node) && node.initializer)
      instances.get(typeNamed(node, node.initializer))?.push(node.initializer)
    if (ts.isObjectLiteralExpression(node))
      for (const property of node.properties) {
        const value = ts.isPropertyAssignment(property) ? property.initializer : property
        if (!property.name || !ts.isFunctionLike(value) || ts.isGetAccessor(value)) continue
        const symbol = checker.getContextualType(node)?.getProperty(property.name.getText())
        if (symbol)
          implementations.set(symbol, [
            ...(implementations.get(symbol) ?? []),
            value as ts.FunctionLikeDeclaration,
          ])
      }
    ts.forEachChild(node, visit)
  }
  visit(file)
}

/** `Tally` of `const x: Tally = …`, and `Exchange` of `const x = defineExchange(…)`. */
function typeNamed({ type }: ts.VariableDeclaration, value: ts.Expression): string {
  if (type) return type.getText()
  const maker = ts.isCallExpression(value) && ts.isIdentifier(value.expression) ? value.expression.text : ''
  return maker.startsWith('define') ? maker.slice('define'.length) : ''
}

/** Entries in which a function is named. */
function callersOf(
  { checker, implementations }: Machine,
  entries: readonly ts.Node[],
): Map<ts.Node, ts.Node[]> {
  const found = new Map<ts.Node, ts.Node[]>()
  for (const entry of entries) {
    const named = new Set<ts.Node>()
    const visit = (node: ts.Node) => {
      if (ts.isIdentifier(node)) {
        const declaration = declarationOf(checker, node)
        if (declaration) named.add(declaration)
        const symbol = checker.getSymbolAtLocation(node)
        for (const one of (symbol && implementations.get(symbol)) ?? []) named.add(one)
      }
      ts.forEachChild(node, visit)
    }
    visit(entry)
    for (const one of named) found.set(one, [...(found.get(one) ?? []), entry])
  }
  return found
}

function declarationOf(checker: ts.TypeChecker, node: ts.Identifier): ts.Node | undefined {
  const local = checker.getSymbolAtLocation(node)
  const symbol = local && local.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(local) : local
  const declaration = symbol?.valueDeclaration
  if (!declaration || declaration.getSourceFile().isDeclarationFile) return undefined
  const value =
    ts.isVariableDeclaration(declaration) || ts.isPropertyAssignment(declaration)
      ? declaration.initializer
      : declaration
  return value && ts.isFunctionLike(value) ? value : undefined
}

type Way = Run['met']

function exploreEntry(
  machine: Machine,
  entry: ts.FunctionLikeDeclaration,
  shared: Set<string>,
  isThorough = false,
) {
  const own = new Set<string>()
  const statements = new Map<string, Statement>()
  const wanting = new Set<ts.Node>()
  const passed = new Set<ts.Node>()
  const modes = isThorough ? Array.from({ length: 200 }, (_, i) => i) : [0, 1]
  const waiting: { way: Way; key: string; turn: number; otherwise: number }[] = modes.map((otherwise) => ({
    ...{ way: new Map(), key: '', turn: 0, otherwise },
  }))
  const limit = hasSql(entry) ? most : mostOfOthers
  for (let runs = 0; runs < limit; runs++) {
    const next = waiting.shift()
    if (!next) break
    const { otherwise } = next
    const decide = (key: string) => (key === next.key ? next.turn : next.way.get(key)?.taken)
    const run = new Run(machine, statements, decide, otherwise)
    run.evaluate = (node, scope) => evaluate(run, node, scope)
    run.call = (closure, args) => call(run, closure, args)
    perform(run, entry)
    for (const one of run.wanting) wanting.add(one)
    for (const one of run.passed) passed.add(one)
    if (otherwise > 3) continue
    for (const [key, { arity, taken, depth }] of run.met)
      for (let turn = 0; turn < arity; turn++) {
        const step = isThorough ? `${key} ${turn} ${otherwise}` : `${key} ${turn}`
        const known = depth > deep ? shared : own
        if (known.has(step)) continue
        known.add(step)
        if (taken !== turn) waiting.push({ way: run.met, key, turn, otherwise })
      }
  }
  return { statements, wanting, passed }
}

function perform(run: Run, entry: ts.FunctionLikeDeclaration) {
  const attempt = (closure: Closure) => {
    try {
      run.call(closure, unknownArguments(run, closure))
    } catch (error) {
      if (!(error instanceof Thrown)) throw error
    }
  }
  attempt(new Closure(entry, new Scope()))
  // What was handed to somebody else is called by somebody else.
  for (const closure of run.closures) if (!closure.called) attempt(closure)
}
