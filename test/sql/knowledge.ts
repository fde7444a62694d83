import { feeds } from '#server/modules/feeds/index.ts'
import { resolveForCounties } from '#server/modules/policy/index.ts'
import { engine, packOn } from '#server/modules/screening/index.ts'

/** What texts are made of that the code itself does not say: each stands for all of its type, by the type's name. */
export function exampleValues(): Map<string, readonly unknown[]> {
  const pack = packOn('2020-03-10')
  const values = resolveForCounties(pack, '2020-03-10', [341_221, 341_321])
  return new Map<string, readonly unknown[]>([
    ['FeedDefinition', feeds],
    ['PolicyPack', [pack]],
    ['CompiledRules', [engine.compileRules(pack.rules, values)]],
  ])
}

/** Types whose values are the program's own constants of that type. */
export const ownValues = ['TaskDefinition', 'NoticeDefinition', 'Projections', 'Tally', 'Derived', 'Exchange']

/** What parameters of these names stand for, where a text takes a table's name or a day. */
export const exampleTexts = new Map([
  ['stage', 'intake.stage_1_1'],
  ['asOf', '2020-03-10'],
])

/** Columns that may be null by the schema and are not in texts that say so much; the list gets only shorter. */
const present: readonly [column: string, when: RegExp, why: string][] = [
  ['auth_user.username', /./, 'every account is made with one; the sign-in library lets it be null'],
  ['declaration.declared_cipher', /outcome/, 'a check ties it to the outcomes of what is still open'],
  ['declaration.why', /outcome in/, 'written with the outcome'],
  ['batch_review.row_cipher', /decision is null/, 'emptied only after it was decided'],
]

export function isPresent(column: string, text: string): boolean {
  return present.some(([name, when]) => name === column && when.test(text))
}

/** Texts that cannot be told without running the program, by their place or file, and why; the list gets only shorter. */
export const untold: Readonly<Record<string, string>> = {
  'server/modules/access/sign-in/steps/finish.ts': 'sent where the sign-in library has called back',
  'server/modules/intake/pipeline/figures/compare-known.ts': 'working tables of a batch, made on its way',
  'server/modules/intake/pipeline/merge-facts.ts': 'working tables of a batch, made on its way',
  'server/modules/intake/pipeline/rows/match-rows.ts': 'working tables of a batch, made on its way',
  'server/modules/intake/pipeline/rows/place-rows.ts': 'working tables of a batch, made on its way',
  'server/modules/registry/households/list-queries.ts findTallied': 'a filter that several lists share',
  'server/modules/intake/pipeline/statistics.ts': 'tables the catalogue names',
  'server/modules/intake/pipeline/tables.ts dropTables': 'tables the catalogue names',
  'server/modules/visits/due/due.ts gradedHouseholds': 'a table the demonstration selects from',
  'server/modules/visits/visit-writer.ts takeOverVisits': 'visits the demonstration brings',
  'server/platform/backup/wal/replication.ts': 'commands of the replication protocol, which are no SQL',
  'server/platform/database/embedded-postgres.ts': 'a database of the name asked for',
  'server/platform/database/migrations.ts':
    'tables made from definitions and the files of migrations, run before every test',
  'server/platform/database/request-database.ts': 'hands on the texts of others',
  'server/platform/database/rights/rights.ts':
    'rights made from the list of tables, granted before every test',
}

/** Files whose texts are about the working tables of a batch in more shapes than one is made here. */
export const isWorking = (place: string): boolean => place.startsWith('server/modules/registry/matching.ts')

/** The entry of {@link untold} that a place (`file function`) falls under. */
export function untoldOf(home: string): string | undefined {
  const [file = ''] = home.split(' ')
  return [home, file].find((key) => key in untold)
}

/**
 * Texts that the screening generates from the definitions of indicators and rules: there are too many of them to go through here, and
 * its own tests run every one against the schema and compare what comes of it with DuckDB and with the reference evaluator.
 */
export const isGenerated = (file: string): boolean =>
  /\/server\/modules\/screening\/(indicators|rules|signals|as-known|screen|engine)/.test(file)
