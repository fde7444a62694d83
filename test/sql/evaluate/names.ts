import ts from 'typescript'
import { bind } from './bindings.ts'
import { type Run, remembered } from './run.ts'
import { Closure, Scope } from './values.ts'

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
  if (modules.has(symbol)) return modules.get(symbol)
  const choices = run.choices
  const value = declared(run, declaration, symbol.name, node)
  if (run.choices === choices) modules.set(symbol, value)
  return value
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
