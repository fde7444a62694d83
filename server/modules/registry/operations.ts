import type { AreaScope } from '#server/modules/divisions/index.ts'
import type { Clock } from '#server/platform/clock.ts'
import type { Vault } from '#server/platform/crypto.ts'
import type { Database } from '#server/platform/db.ts'
import { AppError } from '#server/platform/errors.ts'
import { maskIdNumber, maskPhone } from '#server/platform/text.ts'
import { type HouseholdFilter, type HouseholdRow, listHouseholds, type Page } from './list-queries.ts'
import {
  findHousehold,
  type HouseholdDetailRow,
  type IncomeStatementRow,
  listIncomeStatements,
  listMembers,
  listRecordVersions,
  type MemberRow,
} from './queries.ts'
import { ageOn, type CategorySpell, categorySpells, netIncomeFen } from './rules.ts'
import { searchTerm } from './search.ts'

export interface RegistryDeps {
  database: Database
  vault: Vault
  clock: Clock
}

export interface HouseholdMember extends Omit<MemberRow, 'idCipher' | 'health'> {
  /** Masked: `341221********0019`. */
  idNumber: string
  age: number
  health: string[]
}

export interface IncomeWindow extends IncomeStatementRow {
  netFen: number
  netPerHeadFen: number
}

export interface HouseholdDetail extends Omit<HouseholdDetailRow, 'phoneCipher'> {
  /** Masked: `199****0001`. */
  phone: string | null
  members: HouseholdMember[]
  spells: CategorySpell[]
  income: IncomeWindow[]
}

/** One household of the scope with its members, categories over time and income; `not-found` outside the scope too. */
export async function getHousehold(
  { database: { db }, vault, clock }: RegistryDeps,
  scope: AreaScope,
  ref: string,
  knownOn?: string,
): Promise<HouseholdDetail> {
  const household = await findHousehold(db, scope, ref)
  if (!household) throw new AppError('not-found', { what: 'household' })
  const [members, versions, statements] = await Promise.all([
    listMembers(db, household),
    listRecordVersions(db, household),
    listIncomeStatements(db, household, knownOn),
  ])
  const { phoneCipher, ...rest } = household
  const heads = Math.max(household.memberCount, 1)
  return {
    ...rest,
    phone: phoneCipher && maskPhone(vault.decrypt(phoneCipher)),
    members: members.map(({ idCipher, health, ...member }) => ({
      ...member,
      idNumber: maskIdNumber(vault.decrypt(idCipher)),
      age: ageOn(member.birth, member.leftOn ?? clock.today()),
      health: health === null ? [] : health.split(','),
    })),
    spells: categorySpells(versions),
    income: statements.map((statement) => {
      const { periodFrom: _from, periodTo: _to, batchRef: _batch, rowNo: _row, ...items } = statement
      const netFen = netIncomeFen(items)
      return { ...statement, netFen, netPerHeadFen: Math.round(netFen / heads) }
    }),
  }
}

export type HouseholdSearch = Omit<HouseholdFilter, 'term'> & {
  /** Beginning of a member's name, of its pinyin initials or of the household number, or a whole ID number. */
  q?: string
}

/** A page of the households of the scope, and how many there are on all pages. */
export function searchHouseholds(
  { database: { db }, vault }: Pick<RegistryDeps, 'database' | 'vault'>,
  scope: AreaScope,
  { q = '', ...filter }: HouseholdSearch,
  page: Page,
): Promise<{ total: number; rows: HouseholdRow[] }> {
  return listHouseholds(db, scope, { ...filter, term: searchTerm(q, vault.blindIndex) }, page)
}
