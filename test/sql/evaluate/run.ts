import {
  CamelCasePlugin,
  DummyDriver,
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
} from 'kysely'
import ts from 'typescript'
import {
  Closure,
  isBoolean,
  isFragment,
  literalsOf,
  mayBeMissing,
  Scope,
  truthOf,
  Unknown,
} from './values.ts'

/** One text as the program would send it, with the row type declared beside it. */
export interface Statement {
  /** The call that sends it, and every template that is part of it. */
  nodes: Set<ts.Node>
  at: ts.Node
  text: string
  row: ts.Type | undefined
  /** Which of several examples it was made with; texts with the same ones belong together. */
  examples: string
  /** Whether Kysely turns its column names into camelCase. */
  camel: boolean
}

/** What is known of the program before it is looked at. */
export interface Program {
  checker: ts.TypeChecker
  /** Values that stand for all of a type, by the type's name. */
  examples: Map<string, readonly unknown[]>
  /** Values of the program itself that stand for a type, by the type's name. */
  instances: Map<string, ts.Expression[]>
  /** Texts that parameters of these names stand for. */
  texts: Map<string, string>
  isOurs(file: ts.SourceFile): boolean
  /** Texts that only the running program knows: nobody is asked for them. */
  isUntold(at: ts.Node): boolean
  /** Texts that only the running program knows: nobody is asked for them. */
  isUntold(at: ts.Node): boolean
}

export interface Machine extends Program {
  /** Functions that are followed into although they are asynchronous: their arguments are part of a text. */
  followed: Set<ts.Node>
  /** Functions that an object has under the name of a member of an interface. */
  implementations: Map<ts.Symbol, ts.FunctionLikeDeclaration[]>
  /** What module-level declarations are, once looked at, after each row of choices. */
  modules: Map<ts.Symbol, Declared>
}

interface Choice {
  key: string
  arity: number
  otherwise: number
  taken: number
}

/** What was chosen and made while a declaration was looked at. */
export interface Watched {
  choices: Choice[]
  examples: Map<string, number>
  unknowns: Unknown[]
}

/** What a declaration is, or the next choice on which that depends. */
export type Declared =
  | { value: unknown; examples: ReadonlyMap<string, number>; restore(): void }
  | { choice: Choice; after: Map<number, Declared> }

export const compiler = new Kysely<unknown>({
  dialect: {
    createAdapter: () => new PostgresAdapter(),
    createDriver: () => new DummyDriver(),
    createIntrospector: (db) => new PostgresIntrospector(db),
    createQueryCompiler: () => new PostgresQueryCompiler(),
  },
  plugins: [new CamelCasePlugin({ maintainNestedObjectKeys: true })],
})

/** One way through the program: where it forks, the decisions say which way is taken, or else the first. */
export class Run {
  readonly machine: Machine
  readonly decide: (key: string) => number | undefined
  readonly met = new Map<string, { arity: number; taken: number; depth: number }>()
  readonly statements: Map<string, Statement>
  /** Examples that were chosen among several. */
  readonly chosen = new Map<string, number>()
  /** Functions whose callers must be looked at, because they know a piece of a text. */
  readonly wanting = new Set<ts.Node>()
  /** Functions that were called and not followed into. */
  /** Texts that were chosen for unknown values. */
  readonly literals = new Set<string | number>()
  readonly passed = new Set<ts.Node>()
  /** What follows the choices that are made from here on: each of those looking at a declaration of a module. */
  readonly watched = new Set<Watched>()
  readonly closures = new Set<Closure>()
  readonly stack: ts.Node[] = []
  /** Set once, to let the parts of the interpreter call each other. */
  evaluate: (node: ts.Expression, scope: Scope) => unknown = () => undefined
  call: (closure: Closure, args: readonly unknown[]) => unknown = () => undefined

  /** What is decided where nothing was: bit 0 leaves out what may be missing, bit 1 lets conditions hold; beyond both it is drawn. */
  readonly otherwise: number

  constructor(
    machine: Machine,
    statements: Map<string, Statement>,
    decide: (key: string) => number | undefined,
    otherwise: number,
  ) {
    this.statements = statements
    this.machine = machine
    this.decide = decide
    this.otherwise = otherwise
  }

  choose(key: string, arity: number, otherwise = 0): number {
    const first = this.otherwise < 4 ? otherwise : drawn(key, this.otherwise) % arity
    const taken = Math.min(this.met.get(key)?.taken ?? this.decide(key) ?? first, arity - 1)
    if (!this.met.has(key)) this.met.set(key, { arity, taken, depth: this.stack.length })
    for (const { choices } of this.watched) choices.push({ key, arity, otherwise, taken })
    return taken
  }

  /** What stands for a value that is not known: an example where there is one of its type. */
  unknown(node: ts.Node, origin: ts.Node | undefined, type = this.typeAt(node)): unknown {
    const isNamed = ts.isParameter(node) || ts.isBindingElement(node)
    const text = isNamed ? this.machine.texts.get(node.name.getText()) : undefined
    if (text !== undefined && type?.getFlags() === ts.TypeFlags.String) return text
    return this.exampleOf(type) ?? this.note(new Unknown(type, keyOf(node), origin))
  }

  note(made: Unknown): Unknown {
    for (const { unknowns } of this.watched) unknowns.push(made)
    return made
  }

  exampleOf(type: ts.Type | undefined): unknown {
    const { examples, instances } = this.machine
    const name = (type?.aliasSymbol ?? type?.symbol)?.name ?? ''
    const known = examples.get(name)
    if (known) return this.example(name, known)
    const named = instances.get(name) ?? instances.get(name.replace(/^Row(?=Exchange$)/, '')) ?? []
    const own = named.filter((one) => this.fits(one, type))
    const instance = own.length > 0 ? own[this.choose(`instance ${name}`, own.length)] : undefined
    return instance && this.evaluate(instance, new Scope())
  }

  /** Whether rows of one exchange are rows of another: an exchange of signals stands for none of households. */
  private fits(instance: ts.Node, type: ts.Type | undefined): boolean {
    const [rows, wanted] = [this.typeAt(instance), type].map((one) => one && this.rowOf(one))
    if (!rows || !wanted || wanted.getFlags() & ts.TypeFlags.TypeParameter) return true
    return this.machine.checker.isTypeAssignableTo(rows, wanted)
  }

  private rowOf(type: ts.Type): ts.Type | undefined {
    if (type.aliasTypeArguments) return type.aliasTypeArguments[0]
    return 'target' in type ? this.machine.checker.getTypeArguments(type as ts.TypeReference)[0] : undefined
  }

  private example(name: string, examples: readonly unknown[]): unknown {
    const at = this.choose(`example ${name}`, examples.length)
    if (examples.length > 1) this.choseExample(name, at)
    return examples[at]
  }

  choseExample(name: string, at: number) {
    this.chosen.set(name, at)
    for (const { examples } of this.watched) examples.set(name, at)
  }

  typeAt(node: ts.Node): ts.Type | undefined {
    return remembered(types, node, () => this.machine.checker.getTypeAtLocation(node))
  }

  /** Whether a condition holds; what is unknown is decided, and stays so for this run. */
  truth(value: unknown): boolean {
    if (!(value instanceof Unknown)) return Boolean(value)
    if (value.literal !== undefined) return Boolean(value.literal)
    if (value.present === false) return false
    if (value.truth !== undefined) return value.truth
    const known = truthOf(value.type)
    if (known !== 'both') value.truth = known === 'yes'
    else {
      const first = !isBoolean(value.type)
      value.truth =
        this.choose(`truth ${value.key}`, 2, first ? this.otherwise & 1 : this.otherwise >> 1) === 0
          ? first
          : !first
    }
    return value.truth
  }

  isPresent(value: unknown): boolean {
    if (!(value instanceof Unknown)) return value !== undefined && value !== null
    if (value.literal !== undefined || value.truth) return true
    value.present ??=
      !mayBeMissing(value.type) || this.choose(`present ${value.key}`, 2, this.otherwise & 1) === 0
    return value.present
  }

  /** The text of a value in a text; undefined where only a caller knows it. */
  text(value: unknown): string | undefined {
    if (value === undefined || value === null) return undefined
    if (!(value instanceof Unknown)) return String(value)
    const literals = literalsOf(value.type)
    if (value.literal === undefined && literals)
      value.literal = literals[this.choose(`literal ${value.key}`, literals.length)]
    if (value.literal !== undefined) this.literals.add(value.literal)
    return value.literal === undefined ? undefined : String(value.literal)
  }

  want(value: unknown) {
    if (value instanceof Unknown && value.origin) this.wanting.add(value.origin)
  }

  closure(node: ts.FunctionLikeDeclaration, scope: Scope): Closure {
    const made = new Closure(node, scope)
    this.closures.add(made)
    return made
  }

  /** Templates a fragment is made of. */
  nodes(value: unknown): ReadonlySet<ts.Node> {
    return (isFragment(value) ? nodesOf.get(value) : undefined) ?? new Set()
  }

  send(at: ts.Node, value: unknown, row: ts.Type | undefined) {
    const camel = isFragment(value)
    const text = camel ? value.compile(compiler).sql : this.text(value)
    if (text === undefined || text.includes(missing)) {
      if (!this.machine.isUntold(at)) this.want(value)
      return
    }
    const key = `${keyOf(at)} ${this.examples} ${text}`
    const known = this.statements.get(key)
    const statement = known ?? { at, nodes: new Set([at]), text, row, camel, examples: this.examples }
    for (const node of this.nodes(value)) statement.nodes.add(node)
    this.statements.set(key, statement)
  }

  private get examples(): string {
    return [...this.chosen].map(([name, at]) => `${name} ${at}`).join()
  }
}

/** Stands in a text where a piece is not known here; a text with it is not looked at. */
export const missing = '/* not known here */'

/** The templates each fragment was made from. */
export const nodesOf = new WeakMap<object, Set<ts.Node>>()

const keys = new WeakMap<ts.Node, string>()
const types = new WeakMap<ts.Node, ts.Type>()
let nodes = 0

/** A number drawn for a key, the same in every run. */
function drawn(key: string, seed: number): number {
  let hash = seed
  for (let i = 0; i < key.length; i++) hash = Math.imul(hash ^ key.charCodeAt(i), 0x5bd1e995) ^ (hash >>> 13)
  return (hash ^ (hash >>> 15)) >>> 0
}

export const keyOf = (node: ts.Node) => remembered(keys, node, () => String(nodes++))

export function remembered<K extends object, V>(known: WeakMap<K, V>, key: K, find: () => V): V {
  const found = known.get(key)
  if (found !== undefined) return found
  const made = find()
  known.set(key, made)
  return made
}
