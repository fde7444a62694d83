import { CamelCasePlugin } from 'kysely'
import type pg from 'pg'
import ts from 'typescript'
import { compareColumns } from './compare.ts'
import { type Described, describeTexts } from './describe.ts'
import type { Statement } from './evaluate/run.ts'
import { placeOf } from './program.ts'
import { asQuery, commandsOf, createTables } from './schema.ts'

export interface Checked {
  /** What is wrong, with its place, each once. */
  findings: string[]
  /** Templates and calls that were part of a text the server understood. */
  sound: Set<ts.Node>
}

export interface Knowledge {
  /** Whether a column that may be null is there in every row of a text, for a reason the schema does not say. */
  present(column: string, text: string): boolean
  /** Whether nothing is said of the texts of a place (`file:line`). */
  isUntold?(place: string): boolean
}

/** Holds texts against the schema behind a connection, and their columns against the row types declared beside them. */
export async function checkStatements(
  client: pg.PoolClient,
  checker: ts.TypeChecker,
  statements: readonly Statement[],
  knowledge: Knowledge = { present: () => false },
): Promise<Checked> {
  const findings = new Set<string>()
  const sound = new Set<ts.Node>()
  const groups = Map.groupBy(statements, ({ examples }) => examples)
  const plain = groups.get('') ?? []
  groups.delete('')
  const look = async (some: readonly Statement[]) => {
    const commands = some.flatMap((statement) =>
      commandsOf(statement.text).map((command) => ({ statement, text: asQuery(command) })),
    )
    const texts = [...new Set(commands.map(({ text }) => text))]
    const described = await describeTexts(client, texts)
    const answers = new Map(texts.map((text, i) => [text, described[i]]))
    return commands.map(({ statement, text }) => {
      const answer = answers.get(text)
      return { statement, problems: answer ? problemsOf(checker, statement, answer, knowledge) : [] }
    })
  }
  const report = (problems: readonly string[], { at, nodes }: Statement) => {
    const place = placeOf(at)
    if (!knowledge.isUntold?.(place)) for (const problem of problems) findings.add(`${place} ${problem}`)
    if (problems.length === 0) for (const node of nodes) sound.add(node)
  }
  await client.query('create schema if not exists intake')
  await createTables(client, textsOf(plain))
  // A text about working tables whose columns hang on the example is right when it is right for one of them.
  const fitting = new Set<Statement>()
  const working = plain.filter(({ text }) => /\bintake"?\./.test(text))
  for (const group of groups.values()) {
    await createTables(client, textsOf(group))
    for (const { statement, problems } of await look(group)) report(problems, statement)
    for (const { statement, problems } of await look(working))
      if (problems.length === 0) fitting.add(statement)
  }
  await createTables(client, textsOf(plain))
  for (const { statement, problems } of await look(plain))
    report(fitting.has(statement) ? [] : problems, statement)
  return { findings: [...findings].toSorted(), sound }
}

const textsOf = (statements: readonly Statement[]) => statements.map(({ text }) => text)

function problemsOf(
  checker: ts.TypeChecker,
  { row, camel, text }: Statement,
  answer: Described,
  { present }: Knowledge,
): string[] {
  if ('problem' in answer) return [answer.problem]
  // A row type that the caller names is held where it is named.
  if (!row || !answer.columns || isOpen(row)) return []
  const columns = answer.columns.map((column) => {
    const isThere =
      column.nullable !== undefined && (isRuledOut(text, column.nullable) || present(column.nullable, text))
    return {
      ...column,
      name: camel ? names.inCode(column.name) : column.name,
      nullable: isThere ? undefined : column.nullable,
    }
  })
  return compareColumns(checker, row, columns)
}

function isOpen(row: ts.Type): boolean {
  if (row.flags & ts.TypeFlags.TypeParameter) return true
  return row.isIntersection() && row.types.some(isOpen)
}

/** Whether a text leaves rows out in which the column is null: it says so, or compares the column with something. */
function isRuledOut(text: string, column: string): boolean {
  const name = column.slice(column.indexOf('.') + 1)
  return new RegExp(`\\b${name}"? (is not null|= |in \\(|>|<|~|between )`).test(text)
}

/** The names Kysely makes of columns, made by Kysely. */
const names = new (class extends CamelCasePlugin {
  inCode(name: string): string {
    return this.camelCase(name)
  }
})()
