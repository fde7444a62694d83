import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { contract } from '#contract/index.ts'
import type { RouteMeta } from '#contract/route.ts'
import type { RetentionKey } from '#server/manifest/retention.ts'
import { loginRoleNames } from '#server/platform/database/roles.ts'
import { openTestDatabase, type TestDatabase, testMasterKey } from '#test/harness/database.ts'

let t: TestDatabase
beforeAll(async () => {
  t = await openTestDatabase()
})
afterAll(() => t.close())

const query = async <R extends object>(text: string, values: unknown[] = []) =>
  (await t.database.pool.query<R>(text, values)).rows
const roles = loginRoleNames(testMasterKey)

/** Which rule of the retention policy speaks of which table. A new table with data of people fails until it stands here. */
const kept: Record<RetentionKey, string[]> = {
  'uploads-never-imported': ['upload'],
  'received-files': ['batch'],
  'rejected-cells': ['batch_reject'],
  'review-cells': ['batch_review'],
  'ended-sessions': ['auth_session', 'auth_verification', 'sign_in_attempt', 'used_code'],
  'visit-photos': ['visit_photo'],
  'unfinished-photos': ['visit_photo_part'],
  'visit-traces': ['visit_report'],
  'revoked-devices': ['field_device'],
  'declaration-marks': ['declaration'],
  facts: [
    ...[
      'household',
      'person',
      'person_index',
      'membership_end',
      'household_record',
      'member_record',
      'income_statement',
    ],
    ...[
      'medical_settlement',
      'medical_insurance',
      'illness',
      'school_enrolment',
      'dwelling_survey',
      'water_survey',
    ],
    ...[
      'social_assistance',
      'disability_certificate',
      'employment_month',
      'asset_record',
      'petition_complaint',
    ],
    ...['indicator', 'signal', 'signal_evidence'],
  ],
  clues: ['clue', 'clue_event', 'clue_report', 'clue_shield', 'household_clues', 'clue_span'],
  casework: [
    ...['visit', 'visit_item', 'visit_finding', 'case_file', 'case_entry', 'case_flag', 'case_objection'],
    ...[
      'plan',
      'measure',
      'category_spell',
      'correction',
      'correction_step',
      'authorisation',
      'case_follower',
    ],
  ],
  accounts: [
    ...['account', 'auth_user', 'auth_login', 'auth_two_factor', 'password_history', 'household_access'],
    ...['break_glass', 'export', 'export_item', 'retention_run', 'handover', 'handover_item'],
  ],
  audit: ['audit_entry', 'audit_alarm'],
}

/** Tables about nobody. */
const impersonal = [
  ...[
    'migration',
    'division',
    'screening_run',
    'feed_coverage',
    'indicator_coverage',
    'rule_coverage',
    'clue_tally',
  ],
  ...[
    'category_tally',
    'audit_pending',
    'audit_seal',
    'audit_verification',
    'key_check',
    'data_key',
    'kept_key',
  ],
  ...[
    'key_progress',
    'retention_result',
    'feed_mapping',
    'clue_day_tally',
    'clue_span_tally',
    'household_tally',
  ],
]

describe('data of people', () => {
  it('stand under a rule of the retention policy, table by table', async () => {
    const tables = await query<{ name: string }>(
      "select relname as name from pg_class where relkind in ('r', 'p') and relnamespace = 'public'::regnamespace",
    )
    const known = [...Object.values(kept).flat(), ...impersonal]
    expect(known.toSorted()).toEqual(tables.map(({ name }) => name).toSorted())
  })

  it('are not shown to a connection that was told nothing: neither by a policy nor past one', async () => {
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
    await t.database.pool.query(`insert into batch (feed, department, area, file_name, file_ref, file_size, file_sm3, format, header_row,
      headers, mapping, state, received_at, as_of) values ('illness', 'WJ', 340000000000, '某户.csv', '', 1, '', 'csv', 1, '{}', '{}',
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
        has_column_privilege(r, 'audit_entry', 'at', 'insert') or has_column_privilege(r, 'audit_entry', 'id', 'insert') as at,
        has_column_privilege(r, 'audit_entry', 'action', 'insert') as action
      from unnest($1::text[]) r`,
      [Object.values(roles)],
    )
    expect(rights.map(({ change, at, action }) => [change, at, action])).toEqual(
      rights.map(() => [false, false, true]),
    )
  })
})

/** Routes nothing is written down about, and why. */
const unwritten: Record<string, string> = {
  'session.me': 'one’s own account',
  'session.options': 'rules of the sign-in',
  'session.demo': 'accounts of the demonstration, shown to all',
  'session.list': 'one’s own sessions',
  'divisions.get': 'names of places',
  'feeds.list': 'definitions of files',
  'overview.get': 'counts by area',
  'categories.summary': 'counts by area',
  'categories.reconcile': 'counts by area',
  'workbench.ladder': 'counts by area',
  'workbench.reminders': 'counts by officer',
  'visits.visitors': 'officers who may be sent, and how much they have',
  'batches.list': 'files and their counts; their rows are read by routes that are written down',
  'batches.get': 'a file and its counts; likewise',
  'declarations.countUnmatched': 'a count',
  'visits.dueSums': 'counts by area',
  'breakGlass.list':
    'one’s own openings; to the security administrator those of the area, with masked names, at every page',
  'keys.list': 'numbers and states of keys, never keys',
  'audit.chain': 'how far the seals reach',
  'retention.get': 'counts',
  'workbench.reminder': 'counts of one’s own tasks, asked for by the page itself',
  'field.status': 'whether a telephone is to be erased, told without an account',
  'field.devices': 'one’s own telephones',
  'declarations.form': 'the name of a village',
}

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
