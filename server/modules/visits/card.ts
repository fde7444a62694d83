import { sql } from 'kysely'
import type { z } from 'zod'
import type { Localized } from '#contract/common.ts'
import type { IncomeWindow } from '#contract/registry/households.ts'
import type { HouseholdCard } from '#contract/work/visits.ts'
import { figuresOf } from '#server/modules/deadlines/index.ts'
import { findFeed } from '#server/modules/feeds/index.ts'
import { describeFigure } from '#server/modules/policy/rules/index.ts'
import { sharedBy } from '#server/modules/registry/households/index.ts'
import { netIncomeFen } from '#server/modules/registry/index.ts'
import { indicators } from '#server/modules/screening/index.ts'
import type { Db } from '#server/platform/database/db.ts'
import type { RequestDeps } from '#server/platform/http/rpc.ts'
import { documentOf, maskDocument } from '#server/platform/people/documents.ts'
import { maskPhone } from '#server/platform/text.ts'

type Card = z.infer<typeof HouseholdCard>
type Member = Card['members'][number]
type CardDeps = Pick<RequestDeps, 'database' | 'vault' | 'clock' | 'masks'>

interface Key {
  county: number
  householdId: number
}

interface PersonRow extends Omit<Member, 'idNumber' | 'idKind' | 'health'> {
  householdId: number
  idCipher: Buffer | null
  health: string | null
}

interface HouseholdRow {
  householdId: number
  phoneCipher: Buffer | null
  lastVisitOn: string | null
  figures: [string, number | boolean | null][] | null
}

type IncomeItems = Parameters<typeof netIncomeFen>[0]

interface IncomeRow extends IncomeItems {
  householdId: number
  periodFrom: string
  periodTo: string
  sharedBy: number
}

const hidden = '****'

/** What is known of each household, in four queries whatever their number. */
export async function readCards(
  { database: { db }, vault, clock, masks }: CardDeps,
  keys: readonly Key[],
): Promise<ReadonlyMap<number, Card>> {
  const today = clock.today()
  const wanted = sql`unnest(${keys.map(({ county }) => county)}::int[],
    ${keys.map(({ householdId }) => householdId)}::bigint[])
    x (county, household_id)`
  const [households, people, incomes] = await Promise.all([
    sql<HouseholdRow>`
      select h.id as household_id, h.phone_cipher,
        (select max(w.decided_at) from visit w where w.county = h.county and w.household_id = h.id
          and w.state = 'decided')::date::text
          as last_visit_on,
        (select jsonb_agg(jsonb_build_array(e.key, e.value)) from indicator i, jsonb_each(to_jsonb(i)) e
          where i.county = h.county and i.household_id = h.id) as figures
      from ${wanted} join household h on h.county = x.county and h.id = x.household_id`.execute(db),
    listPeople(db, wanted, today),
    listIncome(db, wanted),
  ])
  const shown = (form: string, text: () => string) => (form === 'hidden' ? hidden : text())
  return new Map(
    households.rows.map((row) => {
      const { county = 0 } = keys.find(({ householdId }) => householdId === row.householdId) ?? {}
      const line = figuresOf(today, county).get('monitoringLine') ?? null
      const income = incomes.find(({ householdId }) => householdId === row.householdId)
      const { phoneCipher } = row
      const card: Card = {
        phone: phoneCipher && shown(masks.phone, () => maskPhone(vault.decrypt(phoneCipher))),
        members: people
          .filter(({ householdId }) => householdId === row.householdId)
          .map(({ householdId: _of, idCipher, health, ...member }) => ({
            ...member,
            idNumber: idCipher && shown(masks.idNumber, () => maskDocument(vault.decrypt(idCipher))),
            idKind: idCipher && documentOf(vault.decrypt(idCipher)).kind,
            health: health === null ? [] : health.split(','),
          })),
        income: income ? incomeOf(income, county) : null,
        facts: factLines(new Map(row.figures ?? [])),
        monitoringLineFen: line,
        lastVisitOn: row.lastVisitOn,
      }
      return [row.householdId, card]
    }),
  )
}

async function listPeople(db: Db, wanted: ReturnType<typeof sql>, today: string): Promise<PersonRow[]> {
  const { rows } = await sql<PersonRow>`
    select p.household_id, p.ref, p.member_no, p.name, p.id_cipher, p.sex, p.birth, p.relation, p.labour, p.health,
      p.education,
      p.student_status, p.left_on, extract(year from age(${today}::date, p.birth))::integer as age
    from ${wanted} join person p on p.county = x.county and p.household_id = x.household_id and p.left_on is null
    order by p.relation <> 'head', p.birth, p.id`.execute(db)
  return rows
}

async function listIncome(db: Db, wanted: ReturnType<typeof sql>): Promise<IncomeRow[]> {
  const { rows } = await sql<IncomeRow>`
    select x.household_id, i.* from ${wanted}
    join household h on h.county = x.county and h.id = x.household_id
    cross join lateral (
      select i.period_from, i.period_to, ${sharedBy('i')} as shared_by, coalesce(i.wage_fen, 0) as wage_fen,
        coalesce(i.business_gross_fen, 0) as business_gross_fen,
        coalesce(i.property_fen, 0) as property_fen, coalesce(i.family_planning_fen, 0) as family_planning_fen,
        coalesce(i.dibao_fen, 0) as dibao_fen, coalesce(i.tekun_fen, 0) as tekun_fen,
        coalesce(i.pension_fen, 0) as pension_fen,
        coalesce(i.eco_compensation_fen, 0) as eco_compensation_fen,
        coalesce(i.other_transfer_fen, 0) as other_transfer_fen,
        coalesce(i.business_cost_fen, 0) as business_cost_fen
      from income_statement i where i.county = x.county and i.household_id = x.household_id and i.known_until is null
      order by i.period_to desc, i.period_from limit 1
    ) i`.execute(db)
  return rows
}

function incomeOf(
  { householdId: _of, sharedBy: heads, periodFrom, periodTo, ...items }: IncomeRow,
  county: number,
): IncomeWindow {
  const netFen = netIncomeFen(items)
  const values = figuresOf(periodTo, county)
  return {
    ...{ periodFrom, periodTo, items, netFen },
    netPerHeadFen: Math.round(netFen / Math.max(heads, 1)),
    monitoringLineFen: values.get('monitoringLine') ?? null,
    povertyStandardFen: values.get('povertyStandard') ?? null,
  }
}

/** Every indicator that is known, as a line a visitor reads; what no department reported is to be looked at. */
function factLines(
  figures: ReadonlyMap<string, number | boolean | null>,
): { feed: string; name: Localized; date: null; text: Localized }[] {
  return indicators.flatMap(({ column, label, unit, feeds, group }) => {
    const value = figures.get(column)
    const feed = feeds[0]
    if (group === 'registry' || value === null || value === undefined || feed === undefined) return []
    const name = findFeed(feed)?.name ?? label
    const zh = `${label.zh} ${describeFigure(unit, value, 'zh')}`
    return [{ feed, name, date: null, text: { zh, en: `${label.en}: ${describeFigure(unit, value, 'en')}` } }]
  })
}
