import { mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { Readable } from 'node:stream'
import { assembleIntake } from '#server/assembly.ts'
import { findFeed } from '#server/modules/feeds/index.ts'
import { type FeedsDeps, importFile } from '#server/modules/intake/index.ts'
import type { NewBatch } from '#server/modules/intake/receiving/create-batch.ts'
import type { Database } from '#server/platform/database/db.ts'
import { checkDigitOf } from '#server/platform/id-number.ts'
import { createLogger } from '#server/platform/log.ts'
import { testDeps } from './database.ts'

/** A sound ID number of Linquan county; the sequence makes it unlike others of the same birthday. */
export function idNumber(sequence: number, birth = '19700101'): string {
  const digits = `341221${birth}${String(sequence).padStart(3, '0')}`
  return digits + checkDigitOf(digits)
}

/** A csv file of a feed: rows by column key, standard headers. */
export function csvOf(feedCode: string, rows: readonly Record<string, string>[]): string {
  const feed = findFeed(feedCode)
  if (!feed) throw new Error(`no feed ${feedCode}`)
  const columns = feed.columns.filter(({ key }) => rows.some((row) => key in row))
  const lines = rows.map((row) => columns.map(({ key }) => row[key] ?? '').join(','))
  return `${[columns.map(({ header }) => header).join(','), ...lines].join('\r\n')}\r\n`
}

export interface TestIntake {
  deps: FeedsDeps
  deliver(
    feed: string,
    body: string | Buffer,
    request?: Partial<NewBatch> & { name?: string },
  ): Promise<Delivered>
  close(): void
}

export interface Delivered {
  id: number
  ref: string
  state: string
  counts: Record<string, number | null>
}

/** The intake as the server assembles it, with its files in a folder of their own. */
export function openIntake(database: Database, asOf = '2020-03-10'): TestIntake {
  const fileDirectory = mkdtempSync(path.join(os.tmpdir(), 'shouwang-files-'))
  const base = testDeps(database, asOf)
  // A fault of ours ends a batch as failed; the log says why.
  const deps = { ...base, log: createLogger('error'), fileDirectory, intake: assembleIntake(base.clock) }
  return {
    deps,
    async deliver(feed, body, { name = `${feed}.csv`, ...request } = {}) {
      const source = { name, body: Readable.from([Buffer.from(body)]) }
      const { id, ref, state } = await importFile(deps, source, { ...request, feed })
      return { id, ref, state, counts: await countsOf(database, id) }
    },
    close: () => rmSync(fileDirectory, { recursive: true, force: true }),
  }
}

export async function countsOf({ pool }: Database, batchId: number): Promise<Delivered['counts']> {
  const { rows } = await pool.query<Delivered['counts']>(
    `select total_rows as total, rejected_rows as rejected, duplicate_rows as duplicates, exact_rows as exact,
       id_only_rows as "idOnly", name_birth_rows as "nameBirth", unmatched_rows as unmatched, inserted_rows as inserted,
       superseded_rows as superseded, unchanged_rows as unchanged from batch where id = $1`,
    [batchId],
  )
  return rows[0] ?? {}
}

/** Villages of Linquan county and one of another county. */
export async function villages({ pool }: Database): Promise<{ here: number[]; elsewhere: number }> {
  const { rows } = await pool.query<{ code: number }>(
    "select code from division where level = 'village' and code / 1000000 in (341221, 341222) order by code",
  )
  const here = rows.map(({ code }) => code).filter((code) => Math.floor(code / 1e6) === 341_221)
  const elsewhere = rows.map(({ code }) => code).find((code) => Math.floor(code / 1e6) === 341_222) ?? 0
  return { here, elsewhere }
}

export interface TestPerson {
  householdNo: string
  village: number
  name: string
  idNumber: string
}

/** So many households of a head alone, the last of them in another county; people 1, 2, 3 … */
export async function registerPeople(
  database: Database,
  intake: TestIntake,
  count: number,
): Promise<TestPerson[]> {
  const { here, elsewhere } = await villages(database)
  const people = Array.from({ length: count }, (_, i) => {
    const village = i === count - 1 ? elsewhere : (here[i % here.length] ?? 0)
    return {
      householdNo: `${village}${1000 + i}`,
      village,
      name: `测试${nameOf(i)}`,
      idNumber: idNumber(i + 1),
    }
  })
  const households = people.map((person) => ({
    householdNo: person.householdNo,
    villageCode: String(person.village),
    headName: person.name,
    headIdNumber: person.idNumber,
    registered: '是',
    reliefMark: '脱贫',
    relievedYear: '2018',
    memberCount: '1',
  }))
  const members = people.map((person) => ({
    householdNo: person.householdNo,
    memberNo: `${person.householdNo}01`,
    name: person.name,
    sex: Number(person.idNumber[16]) % 2 === 1 ? '男' : '女',
    idNumber: person.idNumber,
    relation: '户主',
    education: '小学',
    labour: '普通劳动力',
  }))
  for (const [feed, rows] of [
    ['household', households],
    ['member', members],
  ] as const) {
    const { state, counts } = await intake.deliver(feed, csvOf(feed, rows))
    if (state !== 'merged' || counts.inserted !== count) {
      throw new Error(`the registry was not taken in: ${feed} ${state} ${JSON.stringify(counts)}`)
    }
  }
  return people
}

const letters = '甲乙丙丁戊己庚辛壬癸'
const nameOf = (i: number) => `${letters[Math.floor(i / 10) % 10]}${letters[i % 10]}`

/** A settlement of a person, sound unless told otherwise. */
export function settlement(
  person: Pick<TestPerson, 'name' | 'idNumber'>,
  no: string,
  selfPaid = 500,
  more: Record<string, string> = {},
): Record<string, string> {
  return {
    name: person.name,
    idNumber: person.idNumber,
    settlementNo: no,
    visitKind: '住院',
    hospital: '测试医院',
    admittedOn: '2020-02-01',
    settledOn: '2020-02-10',
    diagnosis: '测试病',
    total: String(selfPaid + 1000),
    basicPaid: '1000',
    selfPaid: String(selfPaid),
    ...more,
  }
}
