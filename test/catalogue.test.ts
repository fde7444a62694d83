import { readdirSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { TableLevel } from '#server/platform/database/rights/tables.ts'
import { loginRoleNames } from '#server/platform/database/roles.ts'
import { schemaParts } from '#server/schema.ts'
import { openTestDatabase, type TestDatabase, testMasterKey } from './harness/database.ts'

let t: TestDatabase
beforeAll(async () => {
  t = await openTestDatabase()
})
afterAll(() => t.close())

const query = async <R extends object>(text: string, values: unknown[] = []) =>
  (await t.database.pool.query<R>(text, values)).rows
const tables = new Map(schemaParts.flatMap((part) => Object.entries(part.tables)))
const at = (level: TableLevel) =>
  [...tables].flatMap(([name, table]) => (table.level === level ? [name] : []))
const roles = Object.values(loginRoleNames(testMasterKey))
const migrationsFolder = path.resolve(import.meta.dirname, '../migrations')
const ours = "n.nspname = 'public'"

describe('tables', () => {
  it('stand in the list of exactly one module, which says where they lie', async () => {
    const found = await query<{ name: string }>(`
      select c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where ${ours} and c.relkind in ('r', 'p')`)
    const listed = schemaParts.flatMap((part) => Object.keys(part.tables))
    expect(listed.toSorted()).toEqual(found.map(({ name }) => name).toSorted())
  })

  it('of households have the county in every key, and refer by it to one another', async () => {
    const keys = await query<{ name: string; on: string; refers: string | null; county: boolean }>(
      `
      select i.indexrelid::regclass::text as name, i.indrelid::regclass::text as on, null as refers,
        exists (select from pg_attribute a where a.attrelid = i.indrelid and a.attname = 'county'
          and a.attnum = any (i.indkey::int2[])) as county
      from pg_index i where (i.indisunique or i.indisexclusion) and i.indrelid = any ($1::regclass[]::oid[])
      union all
      select k.conname, k.conrelid::regclass::text, k.confrelid::regclass::text,
        exists (select from unnest(k.conkey, k.confkey) u (own, other)
          join pg_attribute a on a.attrelid = k.conrelid and a.attnum = u.own and a.attname = 'county'
          join pg_attribute b on b.attrelid = k.confrelid and b.attnum = u.other and b.attname = 'county')
      from pg_constraint k where k.contype = 'f' and k.conrelid = any ($1::regclass[]::oid[])`,
      [at('household')],
    )
    // What is the same everywhere may be referred to from anywhere.
    const wrong = keys.filter(
      ({ refers, county }) => !county && !(refers && tables.get(refers)?.level === 'shared'),
    )
    expect(wrong).toEqual([])
  })

  it('that lie everywhere refer to none that lie at one place', async () => {
    const wrong = await query(
      `select conname from pg_constraint where contype = 'f' and conrelid = any ($1::regclass[]::oid[])
         and not confrelid = any ($1::regclass[]::oid[])`,
      [at('shared')],
    )
    expect(wrong).toEqual([])
  })
})

it('constraints have names that say what they hold', async () => {
  const unnamed = await query(`
    select conrelid::regclass::text as on, conname from pg_constraint k join pg_namespace n on n.oid = k.connamespace
    where ${ours} and contype = 'c' and conname ~ '_check[0-9]*$'`)
  expect(unnamed).toEqual([])
})

it('migrations stand in the folders of the modules whose tables they make', () => {
  const owners = schemaParts.map(({ owner }) => owner)
  const folders = readdirSync(migrationsFolder, { withFileTypes: true })
  expect(folders.filter((one) => !one.isDirectory() || !owners.includes(one.name))).toEqual([])
})

describe('policies', () => {
  const policies = () =>
    query<{ name: string; on: string; rule: string; bound: string[] }>(`
      select p.polname as name, p.polrelid::regclass::text as on,
        coalesce(pg_get_expr(p.polqual, p.polrelid), '') || coalesce(pg_get_expr(p.polwithcheck, p.polrelid),
        '') as rule,
        array(select d.refobjid::regclass::text from pg_depend d where d.classid = 'pg_policy'::regclass
        and d.objid = p.oid
          and d.refclassid = 'pg_class'::regclass and d.refobjid <> p.polrelid) as bound
      from pg_policy p`)

  it('read the row itself and the settings of the transaction, never another table', async () => {
    const reading = await query<{ name: string }>(`
      select distinct f.proname as name from pg_policy p
      join pg_depend d on d.classid = 'pg_policy'::regclass and d.objid = p.oid and d.refclassid = 'pg_proc'::regclass
      join pg_proc f on f.oid = d.refobjid
      where exists (select from pg_depend g where g.classid = 'pg_proc'::regclass and g.objid = f.oid
        and g.refclassid = 'pg_class'::regclass) or f.prosecdef or pg_get_functiondef(f.oid) ~* '\\mfrom\\M'`)
    expect(reading).toEqual([])
    for (const { name, on, rule, bound } of await policies()) {
      expect([on, name, bound]).toEqual([on, name, []])
      expect([on, rule.match(/\bFROM\b/i)]).toEqual([on, null])
    }
  })

  it('carry the village beside the county wherever a row belongs to a household', async () => {
    const columns = await query<{ on: string; names: string[] }>(`
      select c.relname as on, array_agg(a.attname::text) as names from pg_class c join pg_namespace n
        on n.oid = c.relnamespace
      join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
      where ${ours} and c.relkind in ('r', 'p') group by 1`)
    const seen = new Map(
      (await policies()).filter(({ name }) => name === 'app').map(({ on, rule }) => [on, rule]),
    )
    const without = columns.filter(
      ({ on, names }) =>
        tables.get(on)?.level === 'household' &&
        names.includes('household_id') &&
        !(names.includes('county') && names.includes('village') && /village/.test(seen.get(on) ?? '')),
    )
    expect(without).toEqual([])
  })

  it('and rights are given to the roles that sign in, which hold them themselves', async () => {
    const others = await query(
      `select p.polrelid::regclass::text as on, r::regrole::text as role from pg_policy p
        cross join unnest(p.polroles) r
         where not r::regrole::text = any ($1)
       union
       select c.relname, a.grantee::regrole::text from pg_class c join pg_namespace n on n.oid = c.relnamespace
         cross join lateral aclexplode(c.relacl) a
         where ${ours} and a.grantee <> c.relowner and not a.grantee::regrole::text = any ($1)`,
      [roles],
    )
    expect(others).toEqual([])
    const borrowed = await query(
      `select r.rolname from pg_roles r where r.rolname = any ($1) and (not r.rolcanlogin
         or exists (select from pg_auth_members m where m.member = r.oid)
         or exists (select from pg_db_role_setting s cross join unnest(s.setconfig) c where s.setrole = r.oid
           and c ~ '^role='))`,
      [roles],
    )
    expect(borrowed).toEqual([])
  })
})

describe('the role of jobs and commands', () => {
  const work = loginRoleNames(testMasterKey).work

  it('changes only what its work changes of records of who did and asked for what', async () => {
    const kept: [table: string, columns: string[]][] = [
      ['audit_entry', ['actor_id', 'at', 'action', 'reason']],
      ['audit_seal', ['digest', 'seq', 'entry_id']],
      ['audit_alarm', ['kind', 'actor_id', 'from_at', 'acknowledged_by', 'reason']],
      ['audit_verification', ['started_at']],
      ['export', ['purpose', 'filter', 'kind', 'requested_at']],
      ['break_glass', ['user_id', 'household_id', 'reason', 'opened_at', 'until']],
      ['retention_run', ['requested_by', 'requested_at']],
      ['retention_result', ['rule', 'due']],
      ['correction', ['what', 'explanation', 'opened_by']],
      ['correction_step', ['by_user', 'text']],
      ['authorisation', ['scope', 'by_user']],
    ]
    for (const [table, columns] of kept) {
      const rows = await query<{ column: string; may: boolean }>(
        `select attname::text as column, has_column_privilege($1, attrelid, attnum, 'update') as may
         from pg_attribute where attrelid = $2::regclass and attname = any ($3)`,
        [work, table, columns],
      )
      expect([table, rows.length]).toEqual([table, columns.length])
      expect([table, rows.filter(({ may }) => may)]).toEqual([table, []])
    }
  })

  it('may change whole rows of fewer tables than before', async () => {
    const [whole] = await query<{ n: number }>(
      `select count(*)::int as n from pg_class c join pg_namespace n on n.oid = c.relnamespace
       where ${ours} and c.relkind in ('r', 'p') and has_table_privilege($1, c.oid, 'update')`,
      [work],
    )
    // The number gets only smaller; rows of a household, which go where it goes, are the only reason for one more.
    expect(whole?.n).toBeLessThanOrEqual(70)
  })
})

it('settings of a transaction have names that are no reserved words', async () => {
  const functions = await query<{ source: string }>(
    `select pg_get_functiondef(f.oid) as source from pg_proc f join pg_namespace n on n.oid = f.pronamespace
     where ${ours} and f.prokind = 'f' and f.prolang = (select oid from pg_language where lanname = 'sql')`,
  )
  const names = new Set(
    functions.flatMap(({ source }) => [...source.matchAll(/'shouwang\.(\w+)'/g)].map(([, name]) => name)),
  )
  expect(names.size).toBeGreaterThan(8)
  const reserved = await query(
    `select word from pg_get_keywords() where catcode <> 'U' and word = any ($1)`,
    [[...names]],
  )
  expect(reserved).toEqual([])
})

it('no trigger reads the rows of a statement from transition tables', async () => {
  const triggers = await query<{ name: string; on: string }>(`
    select tgname as name, tgrelid::regclass::text as on from pg_trigger
    where not tgisinternal and (tgoldtable is not null or tgnewtable is not null)`)
  expect(triggers).toEqual([])
})
