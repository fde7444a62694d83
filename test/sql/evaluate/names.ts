import ts from 'typescript'
import { bind } from './bindings.ts'
import { type Declared, type Run, remembered, type Watched } from './run.ts'
import { Closure, Scope, type Unknown } from './values.ts'

const globals: Record<string, unknown> = {
  undefined,
  Object,
  Array,
  Math,
  String,
  Number,
  Boolean,
  JSON,
  Promise,
  Date,
}

/** What a name stands for: a variable in sight, a declaration of a module of ours, or a global. */
export function lookUp(run: Run, node: ts.Identifier, scope: Scope): unknown {
  const owner = scope.owner(node.text)
  if (owner) return owner.values.get(node.text)
  const { modules } = run.machine
  const { symbol } = remembered(symbols, node, () => ({ symbol: symbolAt(run.machine.checker, node) }))
  const declaration = symbol?.valueDeclaration
  if (!symbol || !declaration || !run.machine.isOurs(declaration.getSourceFile()))
    return node.text in globals ? globals[node.text] : run.unknown(node, undefined)
  const known = follow(run, modules.get(symbol))
  if (known) return known.value
  const watched: Watched = { choices: [], examples: new Map(), unknowns: [] }
  run.watched.add(watched)
  try {
    const value = declared(run, declaration, symbol.name, node)
    const found = { value, examples: watched.examples, restore: keeperOf(watched.unknowns) }
    modules.set(symbol, planted(modules.get(symbol), watched.choices, found))
    return value
  } finally {
    run.watched.delete(watched)
  }
}

/** Goes through the choices of before once more, as far as this run makes the same. */
function follow(run: Run, from: Declared | undefined) {
  let at = from
  while (at && 'choice' in at) {
    const { key, arity, otherwise } = at.choice
    at = at.after.get(run.choose(key, arity, otherwise))
  }
  if (!at) return undefined
  at.restore()
  for (const [name, example] of at.examples) run.choseExample(name, example)
  return at
}

function planted(tree: Declared | undefined, choices: Watched['choices'], found: Declared): Declared {
  const [choice, ...others] = choices
  if (!choice) return found
  const here = tree && 'choice' in tree ? tree : { choice, after: new Map<number, Declared>() }
  here.after.set(choice.taken, planted(here.after.get(choice.taken), others, found))
  return here
}

/** What is unknown is so again for the next run, whatever this one decides of it. */
function keeperOf(unknowns: readonly Unknown[]): () => void {
  const before = unknowns.map((one) => ({ one, state: { ...one }, members: [...one.members] }))
  return () => {
    for (const { one, state, members } of before) {
      for (const name of ['literal', 'present', 'truth'] as const) {
        if (name in state) Object.assign(one, { [name]: state[name] })
        else delete one[name]
      }
      one.members.clear()
      for (const [name, member] of members) one.members.set(name, member)
    }
  }
}

const symbols = new WeakMap<ts.Node, { symbol: ts.Symbol | undefined }>()

function symbolAt(checker: ts.TypeChecker, node: ts.Identifier): ts.Symbol | undefined {
  const local = ts.isShorthandPropertyAssignment(node.parent)
    ? checker.getShorthandAssignmentValueSymbol(node.parent)
    : checker.getSymbolAtLocation(node)
  return local && local.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(local) : local
}

function declared(run: Run, declaration: ts.Declaration, name: string, node: ts.Node): unknown {
  const scope = new Scope()
  if (ts.isFunctionDeclaration(declaration)) return new Closure(declaration, scope)
  let at: ts.Node = declaration
  while (ts.isBindingElement(at) || ts.isObjectBindingPattern(at) || ts.isArrayBindingPattern(at))
    at = at.parent
  if (ts.isVariableDeclaration(at) && at.initializer) {
    bind(run, at.name, run.evaluate(at.initializer, scope), scope)
    return scope.values.get(name)
  }
  return run.unknown(node, undefined)
}
