import ts from 'typescript'
import { bind } from './bindings.ts'
import { elementType, isIterable } from './containers.ts'
import { condition } from './expressions.ts'
import { keyOf, type Run, remembered } from './run.ts'
import { type Closure, Scope, Thrown, Unknown } from './values.ts'

interface Ending {
  kind: 'return' | 'leave'
  value: unknown
}

const left: Ending = { kind: 'leave', value: undefined }

/** Calls a function of the program; what is not passed is unknown. */
export function call(run: Run, closure: Closure, args: readonly unknown[]): unknown {
  const { node } = closure
  closure.called = true
  if (!node.body || run.stack.length > 40 || run.stack.filter((one) => one === node).length > 5)
    return run.unknown(node, undefined, returned(run, node))
  const scope = new Scope(closure.scope, node)
  run.stack.push(node)
  try {
    for (const [i, parameter] of node.parameters.entries()) {
      const rest = parameter.dotDotDotToken !== undefined
      const passed = rest ? args.slice(i) : args[i]
      const value =
        rest || i < args.length
          ? passed
          : parameter.initializer || parameter.questionToken
            ? undefined
            : run.unknown(parameter, node)
      const used =
        value === undefined && parameter.initializer ? run.evaluate(parameter.initializer, scope) : value
      bind(run, parameter.name, used, scope)
    }
    if (!ts.isBlock(node.body)) return run.evaluate(node.body, scope)
    return block(run, node.body.statements, scope)?.value
  } finally {
    run.stack.pop()
  }
}

/** What stands for each parameter when a function is looked at on its own. */
export function unknownArguments(run: Run, { node }: Closure): unknown[] {
  return node.parameters.flatMap((parameter) =>
    parameter.dotDotDotToken ? [] : [run.unknown(parameter, node)],
  )
}

function returned(run: Run, node: ts.FunctionLikeDeclaration): ts.Type | undefined {
  const { checker } = run.machine
  const signature = checker.getSignatureFromDeclaration(node)
  if (!signature) return undefined
  const type = checker.getReturnTypeOfSignature(signature)
  return checker.getAwaitedType(type) ?? type
}

function block(run: Run, statements: readonly ts.Statement[], scope: Scope): Ending | undefined {
  for (const statement of statements)
    if (ts.isFunctionDeclaration(statement) && statement.name)
      scope.values.set(statement.name.text, run.closure(statement, scope))
  for (const statement of statements) {
    const ending = execute(run, statement, scope)
    if (ending) return ending
  }
  return undefined
}

function execute(run: Run, node: ts.Statement, scope: Scope): Ending | undefined {
  if (ts.isBlock(node)) return block(run, node.statements, new Scope(scope))
  if (ts.isVariableStatement(node)) {
    declare(run, node.declarationList, scope)
    return undefined
  }
  if (ts.isExpressionStatement(node)) {
    run.evaluate(node.expression, scope)
    return undefined
  }
  if (ts.isReturnStatement(node))
    return { kind: 'return', value: node.expression && run.evaluate(node.expression, scope) }
  if (ts.isIfStatement(node)) {
    const isMet = condition(run, node.expression, scope)
    // What refuses sends nothing; the other way is the one to go on.
    if (ts.isThrowStatement(node.thenStatement)) return undefined
    if (isMet) return execute(run, node.thenStatement, new Scope(scope))
    return node.elseStatement && execute(run, node.elseStatement, new Scope(scope))
  }
  if (ts.isForOfStatement(node)) return forOf(run, node, scope)
  if (ts.isForStatement(node) || ts.isWhileStatement(node) || ts.isDoStatement(node))
    return once(run, node, scope)
  if (ts.isSwitchStatement(node)) return choose(run, node, scope)
  if (ts.isTryStatement(node)) return attempt(run, node, scope)
  if (ts.isThrowStatement(node)) throw new Thrown()
  if (ts.isBreakStatement(node) || ts.isContinueStatement(node)) return left
  return undefined
}

function declare(run: Run, list: ts.VariableDeclarationList, scope: Scope) {
  for (const one of list.declarations) {
    const value = one.initializer && run.evaluate(one.initializer, scope)
    const changes = list.flags & ts.NodeFlags.Let && typeof value !== 'object' && isShared(one)
    bind(run, one.name, changes ? run.unknown(one.name, scope.origin) : value, scope)
  }
}

const shared = new WeakMap<ts.Node, boolean>()

/** Whether a function inside this one changes the variable, so that its first value says little. */
function isShared(declaration: ts.VariableDeclaration): boolean {
  return remembered(shared, declaration, () => {
    const home = ts.findAncestor(declaration, ts.isFunctionLike)
    const changes = (node: ts.Node): boolean => {
      const target =
        (ts.isBinaryExpression(node) && isAssignment(node.operatorToken.kind) && node.left) ||
        ((ts.isPrefixUnaryExpression(node) || ts.isPostfixUnaryExpression(node)) && node.operand)
      const isOurs = target && ts.isIdentifier(target) && target.text === declaration.name.getText()
      if (isOurs && ts.findAncestor(node, ts.isFunctionLike) !== home) return true
      return ts.forEachChild(node, (child) => changes(child) || undefined) ?? false
    }
    return home !== undefined && changes(home)
  })
}

const isAssignment = (kind: ts.SyntaxKind) =>
  kind >= ts.SyntaxKind.FirstAssignment && kind <= ts.SyntaxKind.LastAssignment

/** Each of what is known; one that stands for all where nothing is. */
function forOf(run: Run, node: ts.ForOfStatement, scope: Scope): Ending | undefined {
  const over = run.evaluate(node.expression, scope)
  const all =
    over instanceof Unknown ? [run.unknown(node.initializer, over.origin, elementType(run, over))] : []
  for (const value of isIterable(over) ? over : all) {
    const inner = new Scope(scope)
    if (ts.isVariableDeclarationList(node.initializer))
      for (const one of node.initializer.declarations) bind(run, one.name, value, inner)
    const ending = execute(run, node.statement, inner)
    if (ending?.kind === 'return') return ending
  }
  return undefined
}

/** A loop whose end only the running program knows is gone through once. */
function once(
  run: Run,
  node: ts.ForStatement | ts.WhileStatement | ts.DoStatement,
  scope: Scope,
): Ending | undefined {
  const inner = new Scope(scope)
  if (ts.isForStatement(node) && node.initializer) {
    if (ts.isVariableDeclarationList(node.initializer)) declare(run, node.initializer, inner)
    else run.evaluate(node.initializer, inner)
  }
  const until = ts.isForStatement(node) ? node.condition : node.expression
  if (until) run.evaluate(until, inner)
  const ending = execute(run, node.statement, inner)
  return ending?.kind === 'return' ? ending : undefined
}

function choose(run: Run, node: ts.SwitchStatement, scope: Scope): Ending | undefined {
  const value = run.evaluate(node.expression, scope)
  const { clauses } = node.caseBlock
  const matches = (clause: ts.CaseOrDefaultClause) =>
    ts.isDefaultClause(clause) || run.evaluate(clause.expression, scope) === value
  const from = value instanceof Unknown ? run.choose(keyOf(node), clauses.length) : clauses.findIndex(matches)
  if (from < 0) return undefined
  const statements = clauses.slice(from).flatMap((clause) => [...clause.statements])
  const ending = block(run, statements, new Scope(scope))
  return ending?.kind === 'return' ? ending : undefined
}

function attempt(run: Run, node: ts.TryStatement, scope: Scope): Ending | undefined {
  let ending: Ending | undefined
  let failed = false
  try {
    ending = block(run, node.tryBlock.statements, new Scope(scope))
  } catch (error) {
    if (!(error instanceof Thrown)) throw error
    failed = true
  }
  if (node.catchClause && (failed || run.choose(keyOf(node), 2) === 1)) {
    const inner = new Scope(scope)
    const { variableDeclaration } = node.catchClause
    if (variableDeclaration)
      bind(run, variableDeclaration.name, run.unknown(variableDeclaration, undefined), inner)
    ending = block(run, node.catchClause.block.statements, inner)
  }
  const last = node.finallyBlock && block(run, node.finallyBlock.statements, new Scope(scope))
  return last ?? ending
}
