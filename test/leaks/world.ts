import { sql } from 'kysely'
import { type Role, reach, roles } from '#contract/access/capabilities.ts'
import type { Department } from '#contract/common.ts'
import type { Made } from '#server/manifest/leak-questions.ts'
import { areaScope, loadDivisions } from '#server/modules/divisions/index.ts'
import type { Database, Db } from '#server/platform/database/db.ts'
import type { Requester } from '#server/platform/http/rpc.ts'
import type { Vault } from '#server/platform/keys/crypto.ts'
import { fillWorld } from '#test/world/fill-world.ts'
import type { Random } from './random.ts'

export interface Household {
  county: number
  id: number
  village: number
  ref: string
  number: string
  name: string
}

export interface Caller extends Requester {
  /** Ids of the households given to it, where it sees only such. */
  granted: ReadonlySet<number>
}

/** A small province in which every text tells whose it is. */
export interface World {
  villages: readonly number[]
  households: readonly Household[]
  persons: readonly { ref: string; householdId: number }[]
  clues: readonly { id: string; householdId: number }[]
  batches: readonly { ref: string; area: number; feed: string }[]
  callers: readonly Caller[]
  /** What the askers themselves made: filled by {@link collectMade}. */
  made: {
    kind: Made
    id: string
    area: number
    userId: string
  }[]
}

/** Two counties of one city and one of another; two townships each with two villages. */
const counties = [341_221, 341_222, 340_123]

export async function buildWorld(
  owner: Database,
  random: Random,
  { households, accounts, vault }: { households: number; accounts: number; vault: Vault },
): Promise<World> {
  await loadDivisions(owner)
  const villages = await pickVillages(owner.db)
  await fillWorld(owner, { households, clueEvery: 2, encrypt: vault.encrypt, villages })
  await addLocalBatches(owner.db, villages, vault)
  const found = await readHouseholds(owner.db)
  const callers: Caller[] = []
  for (let i = 0; i < accounts; i++) callers.push(await addCaller(owner.db, random, i, villages, found))
  const read = async <R>(query: string) => (await owner.pool.query(query)).rows as R[]
  return {
    villages,
    households: found,
    persons: await read('select ref, household_id as "householdId" from person'),
    clues: await read('select id, household_id as "householdId" from clue'),
    batches: await read('select ref, area, feed from batch'),
    callers,
    made: [],
  }
}

/** Collects what the calls made, so that others can be driven with it; and inserts what no call makes. */
export async function collectMade(owner: Database, world: World): Promise<void> {
  for (const caller of world.callers) {
    const { userId, area } = caller
    // One it sees in any case: what somebody opened elsewhere is theirs to see, and would be taken for a leak.
    const household = world.households.find((one) => sees(caller, one))
    if (!household) continue
    await sql`insert into break_glass (user_id, user_area, county, household_id, household_ref, head_masked, reason,
      until)
      values (${userId}, ${area}, ${household.county}, ${household.id}, ${household.ref}, '户*', '演示', now())`.execute(
      owner.db,
    )
    await sql`
      insert into visit (county, household_id, village, purpose, state, visitor, planned_at, due_on)
      values (${household.county}, ${household.id}, ${household.village}, 'routine', 'planned', ${userId}, now(),
        '2020-03-09')
      on conflict (county, household_id, purpose) where state = 'planned' do nothing`.execute(owner.db)
    await sql`insert into field_device (device, user_id, token_digest, name, registered_at)
      values (gen_random_uuid(), ${userId}, ${`digest of ${userId}`}, '演示', now())
      on conflict (token_digest) do nothing`.execute(owner.db)
    await sql`
      insert into case_file (county, household_id, village, kind, state, step, causes, opened_on, due_on, total_due_on,
        pack)
      values (${household.county}, ${household.id}, ${household.village}, 'identification', 'running', 'publicity',
        '{illness}',
        '2020-03-01', '2020-03-05', '2020-03-20', 'anhui-2020')
      on conflict (county, household_id) where state = 'running' do nothing`.execute(owner.db)
    await sql`
      with made as (
        insert into plan (county, household_id, village, causes, opened_on, due_on, first_measure_due_on)
        values (${household.county}, ${household.id}, ${household.village}, '{illness}', '2020-03-01', '2020-03-05',
          '2020-03-09')
        on conflict (county, household_id) where closed_on is null do nothing
          returning county, household_id, village, id)
      insert into measure (county, household_id, village, plan_id, type, title, responsible, starts_on, state, made_by,
        made_at)
      select county, household_id, village, id, 'guarantee', ${household.name}, ${household.name}, '2020-03-02',
        'planned', ${userId}, now()
      from made`.execute(owner.db)
  }
  const { rows } = await sql<World['made'][number]>`
    select 'export' as kind, id, requester_area as area, requested_by as user_id from export
    union all select 'break-glass', id, user_area, user_id from break_glass
    union all select 'correction', c.id, h.village, c.opened_by from correction c
      join household h on h.county = c.county and h.id = c.household_id
    union all select 'visit', w.id, w.village, w.visitor from visit w
    union all select 'case', f.id, f.village, '' from case_file f
    union all select 'plan', x.id, x.village, '' from plan x
    union all select 'measure', m.id, x.village, '' from measure m join plan x on x.county = m.county
      and x.id = m.plan_id
    union all select 'field-device', d.device, a.area, d.user_id from field_device d join account a
      on a.user_id = d.user_id`.execute(owner.db)
  world.made.push(...rows)
}

async function pickVillages(db: Db): Promise<number[]> {
  const { rows } = await sql<{ code: number }>`
    select code from (
      select code, dense_rank() over (partition by code / 1000000 order by code / 1000) as township,
        row_number() over (partition by code / 1000 order by code) as n
      from division where level = 'village' and code / 1000000 = any(${counties}::int[])) v
    where township <= 2 and n <= 2 order by code`.execute(db)
  return rows.map(({ code }) => code)
}

/** Files of counties and townships, with rows sent back and rows that wait for a decision, beside those of the province. */
async function addLocalBatches(db: Db, villages: readonly number[], vault: Vault) {
  const areas = [
    ...new Set(villages.flatMap((code) => [Math.floor(code / 1e6) * 1e6, Math.floor(code / 1e3) * 1e3])),
  ]
  await sql`
    insert into batch (feed, department, area, file_name, file_ref, file_size, file_sm3, format, header_row, headers,
      mapping, state,
      received_at, as_of, total_rows, rejected_rows)
    select feed, department, area, area || '-' || feed || '.csv', 'none', 1, md5(area || feed), 'csv', 1, '{姓名}',
      '{"name": "姓名"}',
      case feed when 'school-enrolment' then 'held' else 'merged' end, now(), '2020-03-10', 2, 1
    from unnest(${areas}::bigint[]) area
    cross join (values ('medical-settlement', 'YB'), ('school-enrolment', 'JY')) f (feed, department)`.execute(
    db,
  )
  const { rows } = await sql<{ id: number; area: number; feed: string }>`
    select id, area, feed from batch where area = any(${areas}::bigint[])`.execute(db)
  for (const { id, area, feed } of rows) {
    const { from, to } = areaScope(area)
    await sql`
      insert into batch_reject (batch_id, area, feed, row_no, reasons, row_cipher)
      select ${id}, ${area}::bigint, ${feed}, 2, '[{"code": "missing", "key": "name"}]',
        ${vault.encrypt(JSON.stringify([`文件${area}`]))}`.execute(db)
    await sql`
      insert into batch_review (batch_id, area, feed, row_no, county, household_id, person_id, match_class, row_cipher)
      select ${id}, ${area}::bigint, ${feed}, 3, p.county, p.household_id, p.id, 'name-birth',
        ${vault.encrypt(JSON.stringify([`文件${area}`]))}
      from person p join household h on h.county = p.county and h.id = p.household_id
      where h.village between ${from}::bigint and ${to}::bigint order by p.id limit 1`.execute(db)
  }
}

async function readHouseholds(db: Db): Promise<Household[]> {
  const { rows } = await sql<Household>`
    select county, id, village, ref, household_no as number, head_name as name from household order by id`.execute(
    db,
  )
  return rows
}

const areaOf: Record<Role, readonly ('province' | 'city' | 'county' | 'township' | 'village')[]> = {
  clerk: ['province', 'city', 'county'],
  checker: ['city', 'county'],
  leader: ['city', 'county'],
  department: ['county', 'township'],
  township: ['township'],
  village: ['village'],
  'team-member': ['village'],
  helper: ['township', 'village'],
  supervisor: ['city', 'county'],
  'support-unit': ['county'],
  bank: ['county'],
  donor: ['county'],
  household: ['village'],
  'system-admin': ['province', 'county'],
  'security-admin': ['province', 'county'],
  'audit-admin': ['city', 'county'],
}
const cut = { province: 1e10, city: 1e8, county: 1e6, township: 1e3, village: 1 }

async function addCaller(
  db: Db,
  random: Random,
  i: number,
  villages: readonly number[],
  households: readonly Household[],
): Promise<Caller> {
  const role = roles[i % roles.length] ?? 'clerk'
  const village = random.of(villages)
  const span = cut[random.of(areaOf[role])]
  const area = Math.floor(village / span) * span
  const department: Department | null =
    role === 'department' ? random.of(['YB', 'JY'] as const) : role === 'bank' ? 'YH' : null
  const userId = `user-${i}-${random.number(1e9)}`
  const username = `u${i}.${random.number(1e9)}`
  await sql`insert into auth_user (id, name, email, username, display_username)
    values (${userId}, ${`账号${i}`}, ${`${username}@accounts.invalid`}, ${username}, ${username})`.execute(
    db,
  )
  await sql`insert into account (user_id, role, area, department)
    values (${userId}, ${role}, ${area}, ${department})`.execute(db)
  const scope = areaScope(area)
  const inside = households.filter((one) => one.village >= scope.from && one.village <= scope.to)
  const granted = reach[role] === 'granted' ? random.some(inside, role === 'household' ? 1 : 6) : []
  for (const { county, id, village: home } of granted) {
    await sql`insert into household_access (county, household_id, village, user_id, kind, from_at)
      values (${county}, ${id}, ${home}, ${userId}, ${role === 'household' ? 'own' : 'helper'}, '2020-01-01')`.execute(
      db,
    )
  }
  return {
    ...{ userId, username, role, department, area, scope },
    name: `账号${i}`,
    sessionId: 'none',
    method: 'password',
    sessionEndsAt: '2030-01-01T00:00:00.000Z',
    secondFactor: 'on',
    mustChangePassword: false,
    granted: new Set(granted.map(({ id }) => id)),
  }
}

/** Whether an asker may see a household. */
export function sees(caller: Caller, household: Pick<Household, 'id' | 'village'>): boolean {
  switch (reach[caller.role]) {
    case 'area':
      return household.village >= caller.scope.from && household.village <= caller.scope.to
    case 'granted':
      return caller.granted.has(household.id)
    case 'none':
      return false
  }
}
