import type { MaskForm, Masks } from '#contract/access/masks.ts'
import type { AreaScope } from '#server/modules/divisions/index.ts'
import type { Clock } from '#server/platform/clock.ts'
import type { Database } from '#server/platform/database/db.ts'
import { AppError } from '#server/platform/errors.ts'
import type { Vault } from '#server/platform/keys/crypto.ts'
import { type DocumentKind, documentOf, maskDocument } from '#server/platform/people/documents.ts'
import { maskBankCard, maskPhone } from '#server/platform/text.ts'
import { ageOn, netIncomeFen } from '../rules.ts'
import { listSpells, type SpellRow } from '../spells.ts'
import { type HouseholdFilter, type HouseholdRow, listHouseholds, type Page } from './list-queries.ts'
import {
  findHousehold,
  type HouseholdDetailRow,
  type IncomeStatementRow,
  listIncomeStatements,
  listMembers,
  type MemberRow,
} from './queries.ts'
import { searchTerm } from './search.ts'

export interface RegistryDeps {
  database: Database
  vault: Vault
  clock: Clock
  /** How the requester sees the numbers of people; masked by default. */
  masks?: Masks
}

const masked: Masks = { idNumber: 'masked', phone: 'masked', bankCard: 'masked' }
/** Shows that there is a number, and nothing of it. */
const hidden = '****'

export interface HouseholdMember extends Omit<MemberRow, 'idCipher' | 'health'> {
  /** Masked: `341221********0019`; null where there is none yet. */
  idNumber: string | null
  idKind: DocumentKind | null
  age: number | null
  health: string[]
}

export interface IncomeWindow extends IncomeStatementRow {
  netFen: number
  netPerHeadFen: number
}

export interface HouseholdDetail extends Omit<HouseholdDetailRow, 'phoneCipher' | 'bankCardCipher'> {
  /** Masked: `199****0001`. */
  phone: string | null
  /** Masked: `622848********1234`. */
  bankCard: string | null
  members: HouseholdMember[]
  spells: SpellRow[]
  income: IncomeWindow[]
}

/** One household of the scope with its members, categories over time and income; `not-found` outside the scope too. */
export async function getHousehold(
  { database: { db }, vault, clock, masks = masked }: RegistryDeps,
  scope: AreaScope,
  ref: string,
  knownOn?: string,
): Promise<HouseholdDetail> {
  const household = await findHousehold(db, scope, ref)
  if (!household) throw new AppError('not-found', { what: 'household' })
  const [members, spells, statements] = await Promise.all([
    listMembers(db, household),
    listSpells(db, household),
    listIncomeStatements(db, household, knownOn),
  ])
  const { phoneCipher, bankCardCipher, ...rest } = household
  const shown = (form: MaskForm, cipher: Buffer, mask: (text: string) => string) =>
    form === 'hidden' ? hidden : mask(vault.decrypt(cipher))
  return {
    ...rest,
    phone: phoneCipher && shown(masks.phone, phoneCipher, maskPhone),
    bankCard: bankCardCipher && shown(masks.bankCard, bankCardCipher, maskBankCard),
    members: members.map(({ idCipher, health, ...member }) => ({
      ...member,
      idNumber: idCipher && shown(masks.idNumber, idCipher, maskDocument),
      idKind: idCipher && documentOf(vault.decrypt(idCipher)).kind,
      age: member.birth === null ? null : ageOn(member.birth, member.leftOn ?? clock.today()),
      health: health === null ? [] : health.split(','),
    })),
    spells,
    income: statements.map((statement) => {
      const {
        periodFrom: _from,
        periodTo: _to,
        sharedBy: _heads,
        batchRef: _batch,
        rowNo: _row,
        ...items
      } = statement
      const netFen = netIncomeFen(items)
      return { ...statement, netFen, netPerHeadFen: Math.round(netFen / Math.max(statement.sharedBy, 1)) }
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

export type SecretField = 'id-number' | 'phone' | 'bank-card'

/**
 * One number of a household of the scope in full; only for an operation that records the requester and the reason. Throws `not-found`:
 * no such household or member in the scope, or no such number.
 */
export async function openSecret(
  { database: { db }, vault }: Pick<RegistryDeps, 'database' | 'vault'>,
  scope: AreaScope,
  ref: string,
  { field, person }: { field: SecretField; person?: string | undefined },
): Promise<string> {
  const household = await findHousehold(db, scope, ref)
  if (!household) throw new AppError('not-found', { what: 'household' })
  const ciphers: Record<SecretField, () => Promise<Buffer | null | undefined>> = {
    phone: async () => household.phoneCipher,
    'bank-card': async () => household.bankCardCipher,
    'id-number': async () =>
      (await listMembers(db, household)).find((member) => member.ref === person)?.idCipher,
  }
  const cipher = await ciphers[field]()
  if (!cipher) throw new AppError('not-found', { what: field })
  const text = vault.decrypt(cipher)
  return field === 'id-number' ? documentOf(text).number : text
}
