import { anything, ofAuditOrHousehold } from './policies.ts'
import { change, everything, type SchemaPart, saysWho } from './tables.ts'

// Who writes an entry chooses neither its time nor its place in the order.
const written =
  'actor_id, actor_name, actor_role, actor_area, action, outcome, object_kind, object_ref, household_ref, before, after, ' +
  'detail, reason, row_count, address, user_agent, request_id'
const addsAndReads = `select, insert (${written})`

/** What the platform itself keeps: its keys, what was migrated, and who did what. */
export const schema: SchemaPart = {
  tables: {
    migration: { level: 'local', work: 'select' },
    key_check: { level: 'local', work: everything },
    data_key: { level: 'local', work: change },
    kept_key: { level: 'local', work: 'select' },
    key_progress: { level: 'local', work: change },
    audit_entry: {
      level: 'local',
      seen: ofAuditOrHousehold,
      adds: anything,
      app: addsAndReads,
      work: addsAndReads,
      auth: `insert (${written})`,
    },
  },
  kept: {
    audit: ['audit_entry'],
    nobody: ['migration', 'key_check', 'data_key', 'kept_key', 'key_progress'],
  },
  stays: {
    'data_key.made_by': saysWho,
  },
}
