import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { contract } from '#contract/index.ts'
import type { RouteMeta } from '#contract/route.ts'
import type { Module } from '#server/manifest/module.ts'
import { retentionActions } from '#server/manifest/retention.ts'
import { modules } from '#server/modules.ts'
import { loginRoleNames } from '#server/platform/database/roles.ts'
import { schemaParts } from '#server/schema.ts'
import { openTestDatabase, type TestDatabase, testMasterKey } from '#test/harness/database.ts'

let t: TestDatabase
beforeAll(async () => {
  t = await openTestDatabase()
})
afterAll(() => t.close())

const query = async <R extends object>(text: string, values: unknown[] = []) =>
  (await t.database.pool.query<R>(text, values)).rows
const roles = loginRoleNames(testMasterKey)

/** Tables by the rule of the retention policy that speaks of them, as their modules say. */
const kept = schemaParts.flatMap((part) =>
  Object.entries(part.kept).flatMap(([rule, tables]) => tables.map((table) => ({ rule, table, part }))),
)

describe('data of people', () => {
  it('stand under a rule of the retention policy, table by table', async () => {
    const tables = await query<{ name: string }>(
      "select relname as name from pg_class where relkind in ('r', 'p') and relnamespace = 'public'::regnamespace",
    )
    expect(kept.map(({ table }) => table).toSorted()).toEqual(tables.map(({ name }) => name).toSorted())
    expect(kept.filter(({ table, part }) => !(table in part.tables))).toEqual([])
    const rules = ['nobody', ...Object.keys(retentionActions)]
    expect(kept.filter(({ rule }) => !rules.includes(rule))).toEqual([])
  })

  it('are not shown to a connection without a scope: neither by a policy nor past one', async () => {
    const visible = await query<{ name: string; rule: string | null }>(
      `
      select c.relname as name, p.qual as rule from pg_class c
      left join pg_policies p on p.schemaname = 'public' and p.tablename = c.relname and $1 = any(p.roles)
        and p.cmd in ('ALL', 'SELECT')
      where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p', 'v', 'm')
        and has_any_column_privilege($1, c.oid, 'select')`,
      [roles.app],
    )
    for (const { name, rule } of visible) {
      if (name === 'batch_source') continue
      const bound = /(scope|area)_\w+\(\)/i
      expect([name, bound.test(rule ?? '')]).toEqual([name, true])
    }
    // The one view works with its owner's rights; it asks for itself.
    await t.database.pool.query(`insert into batch (feed, department, area, file_name, file_ref, file_size, file_sm3,
      format, header_row,
      headers, mapping, state, received_at, as_of) values ('illness', 'WJ', 340000000000, '某户.csv', '', 1, '', 'csv', 1,
      '{}', '{}',
      'merged', now(), '2020-01-01')`)
    const client = await t.database.pool.connect()
    try {
      await client.query(`set session authorization ${roles.app}`)
      const seen = async () => (await client.query('select from batch_source')).rowCount
      expect(await seen()).toBe(0)
      await client.query("set shouwang.scope_account = 'somebody'")
      expect(await seen()).toBe(1)
    } finally {
      client.release(true)
    }
  })

  it('are nobody’s to change in the audit: time and order are not the writer’s, nothing is taken back', async () => {
    const rights = await query<{ role: string; change: boolean; at: boolean; action: boolean }>(
      `
      select r as role, has_table_privilege(r, 'audit_entry', 'update, delete, truncate') as change,
        has_column_privilege(r, 'audit_entry', 'at', 'insert')
        or has_column_privilege(r, 'audit_entry', 'id', 'insert') as at,
        has_column_privilege(r, 'audit_entry', 'action', 'insert') as action
      from unnest($1::text[]) r`,
      [Object.values(roles)],
    )
    expect(rights.map(({ change, at, action }) => [change, at, action])).toEqual(
      rights.map(() => [false, false, true]),
    )
  })
})

/** Routes nothing is written down about, and why, as their modules say. */
const unwritten: Record<string, string> = Object.assign(
  {},
  ...(modules as readonly Module[]).map((module) => module.unwritten),
)

describe('routes', () => {
  it('write down every change, and every read but those that are about nobody', () => {
    const wrong: string[] = []
    const silent: string[] = []
    for (const [group, routes] of Object.entries(contract)) {
      for (const [name, route] of Object.entries(routes)) {
        const { meta, route: http } = (route as { '~orpc': { meta: RouteMeta; route: { method?: string } } })[
          '~orpc'
        ]
        const key = `${group}.${name}`
        if (meta.audit === 'none') silent.push(key)
        else if ((http.method === 'GET') !== (meta.audit === 'read')) wrong.push(`${key} ${meta.audit}`)
      }
    }
    expect({ wrong, silent: silent.toSorted() }).toEqual({
      wrong: [],
      silent: Object.keys(unwritten).toSorted(),
    })
  })
})
