import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { contract } from '#contract/index.ts'
import { schemaParts } from '#server/schema.ts'
import { openTestDatabase, type TestDatabase } from '#test/harness/database.ts'
import { columnsIn, isLoose, namesIn } from '#test/harness/loose-words.ts'
import { wideLines } from '#test/sql/width.ts'

const root = path.resolve(import.meta.dirname, '..')
const files = execFileSync('git', ['ls-files', '-co', '--exclude-standard'], { cwd: root, encoding: 'utf8' })
  .trim()
  .split('\n')
const read = (file: string) => readFileSync(path.join(root, file), 'utf8')
const code = files.filter((file) => /\.(ts|tsx)$/.test(file))

/** The one file that writes an aggregate. */
const writers: Record<string, string> = {
  household: 'server/modules/registry/household-writer.ts',
  category_spell: 'server/modules/registry/spell-writer.ts',
  clue: 'server/modules/clues/writing/clue-writer.ts',
  clue_event: 'server/modules/clues/writing/clue-writer.ts',
  visit: 'server/modules/visits/visit-writer.ts',
  case_file: 'server/modules/procedures/case-writer.ts',
  plan: 'server/modules/assistance/plan/plan-writer.ts',
}
const writesTo = (table: string) => {
  const camel = table.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase())
  return new RegExp(
    `(insert into|update|delete from|merge
    into|truncate|copy)\\s+${table}\\b(?!\\s*:)|(insertInto|updateTable|deleteFrom|mergeInto)\\('${camel}'`,
    'i',
  )
}

let t: TestDatabase
beforeAll(async () => {
  t = await openTestDatabase()
})
afterAll(() => t.close())

describe('the rules of the house', () => {
  it('lets only a module write its tables', () => {
    const wrongs: string[] = []
    for (const { owner, tables } of schemaParts) {
      if (owner === 'platform') continue
      for (const table of Object.keys(tables)) {
        const writes = writesTo(table)
        for (const file of code) {
          if (
            !file.startsWith('server/') ||
            file.includes('.test.') ||
            file.startsWith(`server/modules/${owner}/`)
          )
            continue
          if (writes.test(read(file))) wrongs.push(`${file} writes ${table} of ${owner}`)
        }
      }
    }
    expect(wrongs).toEqual([])
  })

  it('has one writer for every aggregate, and no trigger that counts', async () => {
    const wrongs: string[] = []
    for (const [table, writer] of Object.entries(writers)) {
      expect([table, writesTo(table).test(read(writer))]).toEqual([table, true])
      for (const file of code)
        if (
          /^(server|demo)\//.test(file) &&
          !file.includes('.test.') &&
          file !== writer &&
          writesTo(table).test(read(file))
        )
          wrongs.push(`${file} writes ${table}`)
    }
    expect(wrongs).toEqual([])
    const { rows } = await t.database.pool.query<{ name: string }>(
      `select g.tgname as name from pg_trigger g join pg_class c on c.oid = g.tgrelid
       where not g.tgisinternal and c.relnamespace = 'public'::regnamespace order by 1`,
    )
    expect(rows.map(({ name }) => name)).toEqual(['audit_entry_queued'])
  })

  it('explains every table and column in the database', async () => {
    const { rows } = await t.database.pool.query<{ name: string }>(`
      select c.relname || coalesce('.' || a.attname, '') as name
      from pg_class c left join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
      where c.relkind in ('r', 'p', 'v') and c.relnamespace = 'public'::regnamespace and c.relname <> 'migration'
        and (col_description(c.oid, a.attnum) is null or obj_description(c.oid, 'pg_class') is null)`)
    expect(rows.map((row) => row.name)).toEqual([])
  })

  it('names a capability on every route', () => {
    const open: string[] = []
    for (const [group, routes] of Object.entries(contract)) {
      for (const [name, route] of Object.entries(routes)) {
        const { meta, route: http } = route['~orpc']
        if (!meta.capability || !http.summary || !http.path) open.push(`${group}.${name}`)
      }
    }
    expect(open).toEqual([])
  })

  it('gives every rule of every pack a hit, a miss and a cannot-judge example', () => {
    const folders = readdirSync(path.join(root, 'policy')).map((pack) =>
      path.join(root, 'policy', pack, 'rules'),
    )
    const rules = folders.flatMap((folder) =>
      readdirSync(folder)
        .filter((name) => name.endsWith('.yaml'))
        .map((name) => path.join(folder, name)),
    )
    expect(folders.length).toBeGreaterThanOrEqual(2)
    expect(rules.length).toBeGreaterThanOrEqual(16)
    for (const rule of rules) {
      const text = readFileSync(rule, 'utf8')
      expect(text, rule).toMatch(/expect: (red|orange|yellow)/)
      expect(text, rule).toMatch(/expect: miss/)
      expect(text, rule).toMatch(/expect: cannot-judge/)
    }
  })

  it('keeps Chinese text of the web in its catalogues', () => {
    const outside = code.filter(
      (file) =>
        file.startsWith('web/') &&
        !file.includes('/locales/') &&
        !file.includes('.test.') &&
        /[\u4e00-\u9fff]/.test(read(file)),
    )
    expect(outside).toEqual([])
  })

  it('counts days and takes them out of instants in contract/days.ts alone, whatever zone the machine is in', () => {
    const banned: Record<string, RegExp> = {
      'the length of a day': /86_?400_?000|\b864e5|24 \* (60 \* 60|3_?600)/,
      'a day cut out of an instant in UTC': /toISOString\(\)\s*\.(slice|substring|split|startsWith)/,
      'a part of a date in the zone of the machine': /\.(get|set)(Date|Day|Month|FullYear|Hours|Minutes)\(/,
      'a date without its zone': /(\bDateTimeFormat\(|toLocale(Date|Time)String\()(?![^;]*timeZone)/,
      'the day of a time zone the session may not have': /\bcurrent_date\b|now\(\)::(date|timestamp\b)/,
    }
    const wrongs = code
      .filter((file) => !/^(contract\/days\.ts|test\/repo-rules\.test\.ts)$/.test(file))
      .flatMap((file) =>
        Object.entries(banned).flatMap(([what, text]) => (text.test(read(file)) ? [`${file}: ${what}`] : [])),
      )
    expect(wrongs).toEqual([])
  })

  it('names things with the verbs of the glossary, one meaning each', () => {
    const names = files.flatMap((file) => {
      if (/\.(ts|tsx)$/.test(file)) return namesIn(file, read(file)).map((name) => ({ file, name }))
      return file.endsWith('.sql') ? columnsIn(read(file)).map((name) => ({ file, name })) : []
    })
    expect(names.filter(({ name, file }) => isLoose(name, file))).toEqual([])
    const before = ['settledBy', 'told', 'scopeHolder', 'AskReveal', 'held']
    expect(before.filter((name) => !isLoose(name, 'server/modules/visits/queries.ts'))).toEqual([])
  }, 60_000)

  it('wraps SQL at 120 columns', () => {
    const named = files.filter((file) => /\.(ts|sql)$/.test(file) && !file.startsWith('web/'))
    expect(named.flatMap((file) => wideLines(file, read(file)))).toEqual([])
  })

  it('has no file over 400 lines, no skipped test, no type escape', () => {
    const long = code.filter((file) => read(file).split('\n').length > 401)
    const escapes = code.filter(
      (file) =>
        !file.endsWith('repo-rules.test.ts') &&
        /\b(it|test|describe)\.(skip|only|todo)\b|@ts-(ignore|expect-error|nocheck)|biome-ignore|\bas any\b/.test(
          read(file),
        ),
    )
    expect({ long, escapes }).toEqual({ long: [], escapes: [] })
  })
})
