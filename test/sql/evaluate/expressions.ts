import { sql } from 'kysely'
import ts from 'typescript'
import { evaluateCall, evaluateNew } from './calls.ts'
import { array, member, memberOf, oneOf } from './containers.ts'
import { lookUp } from './names.ts'
import { keyOf, missing, nodesOf, type Run } from './run.ts'
import { Closure, isFragment, isFragmentType, isRecord, literalsOf, type Scope, Unknown } from './values.ts'

/** What an expression is worth, as far as it can be known without the running program. */
export function evaluate(run: Run, node: ts.Expression, scope: Scope): unknown {
  const way = ways[node.kind]
  return way ? way(run, node as never, scope) : run.unknown(node, scope.origin)
}

type Way = (run: Run, node: never, scope: Scope) => unknown

const inner: Way = (run, node: ts.ParenthesizedExpression, scope) => evaluate(run, node.expression, scope)
const text: Way = (_run, node: ts.StringLiteralLike) => node.text
const made: Way = (run, node: ts.ArrowFunction, scope) => run.closure(node, scope)

const ways: Partial<Record<ts.SyntaxKind, Way>> = {
  [ts.SyntaxKind.StringLiteral]: text,
  [ts.SyntaxKind.NoSubstitutionTemplateLiteral]: text,
  [ts.SyntaxKind.NumericLiteral]: (_run, node: ts.NumericLiteral) => Number(node.text),
  [ts.SyntaxKind.BigIntLiteral]: (_run, node: ts.BigIntLiteral) => BigInt(node.text.slice(0, -1)),
  [ts.SyntaxKind.RegularExpressionLiteral]: (_run, node: ts.RegularExpressionLiteral) =>
    regularExpression(node.text),
  [ts.SyntaxKind.TrueKeyword]: () => true,
  [ts.SyntaxKind.FalseKeyword]: () => false,
  [ts.SyntaxKind.NullKeyword]: () => null,
  [ts.SyntaxKind.Identifier]: lookUp,
  [ts.SyntaxKind.TaggedTemplateExpression]: tagged,
  [ts.SyntaxKind.TemplateExpression]: template,
  [ts.SyntaxKind.ArrowFunction]: made,
  [ts.SyntaxKind.FunctionExpression]: made,
  [ts.SyntaxKind.ObjectLiteralExpression]: object,
  [ts.SyntaxKind.ArrayLiteralExpression]: (run, node: ts.ArrayLiteralExpression, scope) =>
    array(run, node.elements, scope),
  [ts.SyntaxKind.PropertyAccessExpression]: (run, node: ts.PropertyAccessExpression, scope) =>
    member(run, evaluate(run, node.expression, scope), node.name.text, node),
  [ts.SyntaxKind.ElementAccessExpression]: element,
  [ts.SyntaxKind.CallExpression]: evaluateCall,
  [ts.SyntaxKind.NewExpression]: evaluateNew,
  [ts.SyntaxKind.ConditionalExpression]: (run, node: ts.ConditionalExpression, scope) =>
    evaluate(run, condition(run, node.condition, scope) ? node.whenTrue : node.whenFalse, scope),
  [ts.SyntaxKind.BinaryExpression]: binary,
  [ts.SyntaxKind.PrefixUnaryExpression]: unary,
  [ts.SyntaxKind.PostfixUnaryExpression]: unary,
  [ts.SyntaxKind.YieldExpression]: (run, node: ts.YieldExpression, scope) => {
    if (node.expression) evaluate(run, node.expression, scope)
    return run.unknown(node, scope.origin)
  },
  [ts.SyntaxKind.ParenthesizedExpression]: inner,
  [ts.SyntaxKind.AsExpression]: inner,
  [ts.SyntaxKind.SatisfiesExpression]: inner,
  [ts.SyntaxKind.AwaitExpression]: inner,
  [ts.SyntaxKind.DeleteExpression]: inner,
  [ts.SyntaxKind.VoidExpression]: inner,
}

function regularExpression(text: string): RegExp {
  const end = text.lastIndexOf('/')
  return new RegExp(text.slice(1, end), text.slice(end + 1))
}

function tagged(run: Run, node: ts.TaggedTemplateExpression, scope: Scope): unknown {
  const spans = ts.isTemplateExpression(node.template) ? [...node.template.templateSpans] : []
  const head = ts.isTemplateExpression(node.template) ? node.template.head : node.template
  const nodes = new Set<ts.Node>([node])
  const values = spans.map((span) => {
    const value = evaluate(run, span.expression, scope)
    for (const inner of run.nodes(value)) nodes.add(inner)
    return asPart(run, value, span.expression)
  })
  const fragment = sql(templateStrings([head.text, ...spans.map(({ literal }) => literal.text)]), ...values)
  nodesOf.set(fragment, nodes)
  return fragment
}

/** A part of a template: SQL as it is, everything else as a parameter. */
function asPart(run: Run, value: unknown, node: ts.Expression): unknown {
  if (isFragment(value)) return value
  if (value instanceof Unknown) {
    if (!isFragmentType(value.type ?? run.typeAt(node))) return null
    run.want(value)
    return sql.raw(missing)
  }
  return value instanceof Closure ? null : value
}

function templateStrings(strings: string[]): TemplateStringsArray {
  return Object.assign(strings, { raw: strings })
}

function template(run: Run, node: ts.TemplateExpression, scope: Scope): unknown {
  let text = node.head.text
  let unknown: Unknown | undefined
  for (const span of node.templateSpans) {
    const found = evaluate(run, span.expression, scope)
    const value = found ?? run.unknown(span.expression, scope.origin)
    const part = run.text(value)
    if (part === undefined && value instanceof Unknown) unknown ??= value
    text += `${part}${span.literal.text}`
  }
  return unknown ? new Unknown(run.typeAt(node), keyOf(node), unknown.origin) : text
}

function object(run: Run, node: ts.ObjectLiteralExpression, scope: Scope): unknown {
  const made: Record<string, unknown> = {}
  for (const property of node.properties) {
    if (ts.isSpreadAssignment(property)) {
      const spread = evaluate(run, property.expression, scope)
      if (isRecord(spread)) Object.assign(made, spread)
      else if (spread instanceof Unknown) spreadUnknown(run, made, spread)
      continue
    }
    const name = nameOf(run, property.name, scope)
    if (name === undefined) continue
    if (ts.isPropertyAssignment(property)) made[name] = evaluate(run, property.initializer, scope)
    else if (ts.isShorthandPropertyAssignment(property)) made[name] = lookUp(run, property.name, scope)
    else made[name] = run.closure(property, scope)
  }
  return made
}

function spreadUnknown(run: Run, made: Record<string, unknown>, spread: Unknown) {
  for (const symbol of spread.type?.getProperties() ?? []) {
    const type = run.machine.checker.getTypeOfSymbol(symbol)
    made[symbol.name] = run.exampleOf(type) ?? memberOf(spread, symbol.name, type)
  }
}

export function nameOf(run: Run, node: ts.PropertyName, scope: Scope): string | undefined {
  if (!ts.isComputedPropertyName(node))
    return ts.isNumericLiteral(node) ? String(Number(node.text)) : node.text
  const value = evaluate(run, node.expression, scope)
  return value instanceof Unknown ? run.text(value) : String(value)
}

function element(run: Run, node: ts.ElementAccessExpression, scope: Scope): unknown {
  const from = evaluate(run, node.expression, scope)
  // Either of two for each of several: all of them are looked at.
  if (Array.isArray(from) && ts.isConditionalExpression(node.argumentExpression))
    return oneOf(run, from, node, String([...run.literals]))
  const key = evaluate(run, node.argumentExpression, scope)
  if (from instanceof Unknown) {
    const name = key instanceof Unknown ? `[${key.key}]` : `[${String(key)}]`
    return member(run, from, name, node)
  }
  if (!(key instanceof Unknown)) return member(run, from, String(key), node)
  const text = literalsOf(key.type)?.some((one) => typeof one === 'string') ? run.text(key) : undefined
  if (text !== undefined) return member(run, from, text, node)
  return isRecord(from) ? oneOf(run, Object.values(from), node) : run.unknown(node, key.origin)
}

/** Whether a condition holds. What is unknown is decided once for a run, so that two looks at it agree. */
export function condition(run: Run, node: ts.Expression, scope: Scope): boolean {
  if (ts.isParenthesizedExpression(node)) return condition(run, node.expression, scope)
  if (ts.isPrefixUnaryExpression(node) && node.operator === ts.SyntaxKind.ExclamationToken)
    return !condition(run, node.operand, scope)
  if (ts.isBinaryExpression(node)) {
    const { kind } = node.operatorToken
    if (kind === ts.SyntaxKind.AmpersandAmpersandToken)
      return condition(run, node.left, scope) && condition(run, node.right, scope)
    if (kind === ts.SyntaxKind.BarBarToken)
      return condition(run, node.left, scope) || condition(run, node.right, scope)
  }
  return run.truth(evaluate(run, node, scope))
}

function binary(run: Run, node: ts.BinaryExpression, scope: Scope): unknown {
  const { kind } = node.operatorToken
  if (kind === ts.SyntaxKind.AmpersandAmpersandToken || kind === ts.SyntaxKind.BarBarToken) {
    const left = evaluate(run, node.left, scope)
    const isMet = run.truth(left)
    return isMet === (kind === ts.SyntaxKind.AmpersandAmpersandToken)
      ? evaluate(run, node.right, scope)
      : left
  }
  if (kind === ts.SyntaxKind.QuestionQuestionToken) {
    const left = evaluate(run, node.left, scope)
    return run.isPresent(left) ? left : evaluate(run, node.right, scope)
  }
  if (kind >= ts.SyntaxKind.FirstAssignment && kind <= ts.SyntaxKind.LastAssignment)
    return assign(run, node, scope)
  const left = evaluate(run, node.left, scope)
  const right = evaluate(run, node.right, scope)
  const equality = equals(run, kind, left, right, node)
  if (equality !== undefined) return equality
  if (left instanceof Unknown || right instanceof Unknown) {
    const from = left instanceof Unknown ? left : right
    const key = `${keyOf(node)} ${left instanceof Unknown ? left.key : ''}`
    return new Unknown(run.typeAt(node), key, from instanceof Unknown ? from.origin : undefined)
  }
  return calculate(kind, left, right)
}

const equalities = new Map([
  [ts.SyntaxKind.EqualsEqualsEqualsToken, true],
  [ts.SyntaxKind.ExclamationEqualsEqualsToken, false],
])

function equals(run: Run, kind: ts.SyntaxKind, left: unknown, right: unknown, node: ts.Node): unknown {
  const positive = equalities.get(kind)
  if (positive === undefined) return undefined
  if (!(left instanceof Unknown || right instanceof Unknown)) return (left === right) === positive
  if (!(left instanceof Unknown)) return equals(run, kind, right, left, node)
  if (right === undefined || right === null) return run.isPresent(left) !== positive
  if (right instanceof Unknown) return run.choose(keyOf(node), 2) === (positive ? 1 : 0)
  const literals = literalsOf(left.type)
  if (literals?.includes(right as string) && typeof right === 'string' && run.isPresent(left))
    return (run.text(left) === right) === positive
  return run.choose(`${left.key} is ${String(right)}`, 2) === (positive ? 1 : 0)
}

function calculate(kind: ts.SyntaxKind, left: unknown, right: unknown): unknown {
  if (kind === ts.SyntaxKind.PlusToken && (typeof left === 'string' || typeof right === 'string'))
    return `${left}${right}`
  if (kind === ts.SyntaxKind.InKeyword) return isRecord(right) && String(left) in right
  const [a, b] = [left as number, right as number]
  switch (kind) {
    case ts.SyntaxKind.PlusToken:
      return a + b
    case ts.SyntaxKind.MinusToken:
      return a - b
    case ts.SyntaxKind.AsteriskToken:
      return a * b
    case ts.SyntaxKind.SlashToken:
      return a / b
    case ts.SyntaxKind.PercentToken:
      return a % b
    case ts.SyntaxKind.LessThanToken:
      return a < b
    case ts.SyntaxKind.LessThanEqualsToken:
      return a <= b
    case ts.SyntaxKind.GreaterThanToken:
      return a > b
    case ts.SyntaxKind.GreaterThanEqualsToken:
      return a >= b
    case ts.SyntaxKind.AsteriskAsteriskToken:
      return a ** b
    case ts.SyntaxKind.CommaToken:
      return right
    default:
      return undefined
  }
}

function assign(run: Run, node: ts.BinaryExpression, scope: Scope): unknown {
  const { kind } = node.operatorToken
  const before = kind === ts.SyntaxKind.EqualsToken ? undefined : evaluate(run, node.left, scope)
  if (kind === ts.SyntaxKind.QuestionQuestionEqualsToken && run.isPresent(before)) return before
  const right = evaluate(run, node.right, scope)
  const sum =
    before instanceof Unknown || right instanceof Unknown
      ? before
      : calculate(ts.SyntaxKind.PlusToken, before, right)
  const value = kind === ts.SyntaxKind.PlusEqualsToken ? sum : right
  if (ts.isIdentifier(node.left)) scope.owner(node.left.text)?.values.set(node.left.text, value)
  else if (ts.isPropertyAccessExpression(node.left)) {
    const target = evaluate(run, node.left.expression, scope)
    if (isRecord(target) && !Object.isFrozen(target) && isPlain(target)) target[node.left.name.text] = value
  }
  return value
}

const isPlain = (value: object) => Object.getPrototypeOf(value) === Object.prototype

function unary(run: Run, node: ts.PrefixUnaryExpression | ts.PostfixUnaryExpression, scope: Scope): unknown {
  if (node.operator === ts.SyntaxKind.ExclamationToken) return !condition(run, node.operand, scope)
  const value = evaluate(run, node.operand, scope)
  if (value instanceof Unknown) return new Unknown(run.typeAt(node), keyOf(node), value.origin)
  if (node.operator === ts.SyntaxKind.MinusToken) return -Number(value)
  if (node.operator === ts.SyntaxKind.PlusToken) return Number(value)
  const next = Number(value) + (node.operator === ts.SyntaxKind.PlusPlusToken ? 1 : -1)
  if (ts.isIdentifier(node.operand)) scope.owner(node.operand.text)?.values.set(node.operand.text, next)
  return ts.isPostfixUnaryExpression(node) ? value : next
}
