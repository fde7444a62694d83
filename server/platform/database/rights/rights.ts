import { hash } from 'node:crypto'
import { type Database, inTransaction } from '../db.ts'
import { type DatabaseRole, databaseRoles } from '../roles.ts'
import { type Dialect, policyText } from './policies.ts'
import type { SchemaPart, Table } from './tables.ts'

/** The role that signs in for each kind of work, on this installation. */
export type RoleNames = Record<DatabaseRole, string>

/**
 * Everything the server's roles may do, as the modules' lists say: each role holds its rights itself, on every table of the schema
 * and no other. Made anew when the lists, the roles or the migrations have changed.
 */
export async function grantRights(
  owner: Database,
  parts: readonly SchemaPart[],
  roles: RoleNames,
  dialect: Dialect = 'postgres',
): Promise<void> {
  const statements = rightsOf(parts, roles, dialect)
  await inTransaction(owner, async ({ client }) => {
    await client.query('select pg_advisory_xact_lock(71001)')
    const { rows: applied } = await client.query<{ name: string; sm3: string }>(
      'select name, sm3 from migration order by name',
    )
    const others = applied.filter(({ name }) => name !== 'rights').map(({ sm3 }) => sm3)
    const digest = hash('sm3', [...statements, ...others].join('\n'))
    if (applied.some(({ name, sm3 }) => name === 'rights' && sm3 === digest)) return
    await client.query(withdrawn)
    await client.query(statements.join(';\n'))
    await client.query(
      `insert into migration (name, sm3) values ('rights', $1)
       on conflict (name) do update set sm3 = excluded.sm3, applied_at = now()`,
      [digest],
    )
  })
}

/** Takes back whatever anybody but the owner may do, so that what follows is all there is. */
const withdrawn = `do $$
declare one record;
begin
  for one in select polrelid::regclass as relation, polname as name from pg_policy p join pg_class c on c.oid = polrelid
      where c.relnamespace = 'public'::regnamespace loop
    execute format('drop policy %I on %s', one.name, one.relation);
  end loop;
  for one in select distinct c.oid::regclass as relation, c.relkind, a.grantee from pg_class c
      cross join lateral aclexplode(c.relacl) a
      where c.relnamespace = 'public'::regnamespace and a.grantee <> c.relowner
      union select c.oid::regclass, c.relkind, a.grantee from pg_attribute t join pg_class c on c.oid = t.attrelid
        cross join lateral aclexplode(t.attacl) a
        where c.relnamespace = 'public'::regnamespace and a.grantee <> c.relowner loop
    execute format('revoke all on %s %s from %s', case one.relkind when 'S' then 'sequence' else 'table' end, one.relation,
      case one.grantee when 0 then 'public' else one.grantee::regrole::text end);
  end loop;
end $$`

export function rightsOf(parts: readonly SchemaPart[], roles: RoleNames, dialect: Dialect): string[] {
  const tables = parts.flatMap((part) => Object.entries(part.tables))
  const views = parts.flatMap((part) => Object.entries(part.views ?? {}))
  const functions = parts.flatMap((part) => Object.entries(part.functions ?? {}))
  return [
    followFunction(tables),
    ...tables.flatMap(([name, table]) => rightsOn(name, table, roles, dialect)),
    ...functions.flatMap(([signature, callers]) => [
      `revoke execute on function ${signature} from public`,
      ...callers.map((role) => `grant execute on function ${signature} to ${roles[role]}`),
    ]),
    ...views.flatMap(([name, readers]) => readers.map((role) => `grant select on ${name} to ${roles[role]}`)),
    // Ids of households and persons are drawn before their rows are written.
    `grant usage, select on all sequences in schema public to ${roles.work}`,
    ...Object.entries(workSchemas).flatMap(([name, what]) => ownSchema(name, what, roles.work)),
  ]
}

function rightsOn(name: string, table: Table, roles: RoleNames, dialect: Dialect): string[] {
  const grants = databaseRoles.flatMap((role) =>
    table[role] ? [`grant ${table[role]} on ${name} to ${roles[role]}`] : [],
  )
  const moved = table.follows ? [`grant update (county, village) on ${name} to ${roles.work}`] : []
  const policies = databaseRoles.flatMap((role) => {
    if (!table[role]) return []
    // What is not about a request's scope is bounded by the rights alone.
    if (role !== 'app')
      return [`create policy ${role} on ${name} to ${roles[role]} using (true) with check (true)`]
    if (!table.seen) return []
    const rows = `using (${policyText(table.seen, dialect)})`
    if (!table.adds) return [`create policy app on ${name} to ${roles.app} ${rows}`]
    return [
      `create policy app on ${name} for select to ${roles.app} ${rows}`,
      `create policy app_adds on ${name} for insert to ${roles.app} with check (${policyText(table.adds, dialect)})`,
    ]
  })
  return [`alter table ${name} enable row level security`, ...grants, ...moved, ...policies]
}

const workSchemas = {
  intake: 'Working tables of batches on their way; one set per running batch, dropped when it ends',
  jobs: 'Durable background work, kept by the job library',
}

/** What the work makes for itself is its own; another master key has other roles, which take it over. */
function ownSchema(name: string, what: string, role: string): string[] {
  const take = `do $$
declare owner name := (select nspowner::regrole::name from pg_namespace where nspname = '${name}');
begin
  if owner is null then create schema ${name} authorization ${role};
  elsif owner <> '${role}' then execute format('reassign owned by %I to ${role}', owner);
  end if;
end $$`
  return [take, `comment on schema ${name} is '${what}'`]
}

/** Brings the villages of whatever belongs to some households up to theirs: one statement a table, from the lists. */
function followFunction(tables: readonly [string, Table][]): string {
  const updates = tables.flatMap(([name, { follows }]) => {
    if (!follows) return []
    const moved =
      'unnest(counties, households) m (county, id) join household h on h.county = m.county and h.id = m.id'
    const [from, where] =
      follows === 'household'
        ? [moved, 't.county = h.county and t.household_id = h.id']
        : [
            `${moved} join ${follows.through} p on p.county = h.county and p.household_id = h.id`,
            `t.county = p.county and t.${follows.by} = p.${follows.key}`,
          ]
    return [
      `update ${name} t set village = h.village\n  from ${from}\n  where ${where} and t.village <> h.village;`,
    ]
  })
  return `create or replace function follow_households(counties integer[], households bigint[]) returns void
language sql set search_path = public, pg_temp as $$
${updates.join('\n')}
$$;
comment on function follow_households is 'Rows of the named households take the village these have now'`
}
