import type pg from 'pg'
import type ts from 'typescript'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTestDatabase, type TestDatabase } from '#test/harness/database.ts'
import { type Checked, checkStatements } from './check.ts'
import { explore } from './evaluate/explore.ts'
import type { Statement } from './evaluate/run.ts'
import {
  exampleTexts,
  exampleValues,
  isGenerated,
  isPresent,
  isWorking,
  ownValues,
  untold,
  untoldOf,
} from './knowledge.ts'
import { homeOf, openProgram, textsIn } from './program.ts'

const planted = {
  file: 'server/planted.ts',
  text: `import { sql } from 'kysely'
import type { Db } from '#server/platform/database/db.ts'
export async function readPlanted(db: Db) {
  await sql<{ id: string }>\`select id from household\`.execute(db)
  await sql<{ id: number; headName: string }>\`select id from household\`.execute(db)
  await sql<{ id: number }>\`select id, ref from household\`.execute(db)
  await sql<{ closedOn: string }>\`select closed_on from household\`.execute(db)
  await sql\`select head_of_household from household\`.execute(db)
}`,
}

let t: TestDatabase
let checker: ts.TypeChecker
let statements: Statement[]
let wrong: Statement[]
let texts: ts.Node[]
let checked: Checked

beforeAll(async () => {
  t = await openTestDatabase()
  const program = openProgram(['server'], planted)
  checker = program.checker
  const machine = {
    checker,
    examples: exampleValues(),
    instances: new Map(ownValues.map((name) => [name, []])),
    texts: exampleTexts,
    isUntold: (at: ts.Node) => untoldOf(homeOf(at)) !== undefined,
    isOurs: ({ fileName }: ts.SourceFile) => !fileName.includes('/node_modules/') && !isGenerated(fileName),
  }
  const written = program.files.filter(({ fileName }) => !isGenerated(fileName))
  const all = explore(machine, [...written, ...program.planted])
  const isPlanted = ({ at }: Statement) => program.planted.includes(at.getSourceFile())
  statements = all.filter((statement) => !isPlanted(statement))
  wrong = all.filter(isPlanted)
  texts = written.flatMap((file) => textsIn(checker, file))
  checked = await check(statements)
})
afterAll(() => t.close())

async function check(some: readonly Statement[]): Promise<Checked> {
  return withConnection((client) =>
    checkStatements(client, checker, some, {
      present: isPresent,
      isUntold: (place) => isWorking(place) || untoldOf(place.replace(/:\d+$/, '')) !== undefined,
    }),
  )
}

/** A connection that is given up afterwards, with the working tables made on it. */
async function withConnection<T>(work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
  const client = await t.database.pool.connect()
  try {
    return await work(client)
  } finally {
    client.release(true)
  }
}

describe('the texts of SQL', () => {
  it('are understood by the schema, and their columns are those of the row type declared beside them', () => {
    expect(checked.findings).toEqual([])
  })

  it('are all looked at, but for those that cannot be told', () => {
    const homes = texts.filter((text) => !checked.sound.has(text)).map(homeOf)
    const left = homes.map((home) => untoldOf(home) ?? home)
    expect([...new Set(left)].toSorted()).toEqual(Object.keys(untold).toSorted())
    expect(texts.length).toBeGreaterThan(900)
    expect(left.length / texts.length).toBeLessThan(0.03)
  })

  it('are refused when a row type is wrong', async () => {
    const { findings } = await check(wrong)
    expect(findings).toEqual([
      'server/planted.ts:4 id is int8, declared string',
      'server/planted.ts:5 headName is declared, no column has that name',
      'server/planted.ts:6 column ref is not declared',
      'server/planted.ts:7 closedOn (household.closed_on) may be null, declared string',
      'server/planted.ts:8 column "head_of_household" does not exist',
    ])
  })

  it('are refused when a column is renamed', async () => {
    const named = statements.filter(({ text }) => text.includes('head_name'))
    await t.database.pool.query('alter table household rename column head_name to name_of_head')
    const { findings } = await check(named)
    expect(findings.filter((finding) => finding.includes('head_name')).length).toBeGreaterThan(20)
  })
})
