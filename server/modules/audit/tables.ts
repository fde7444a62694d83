import { forAudit, ofAudit, ofAuditOrHousehold } from '#server/platform/policies.ts'
import { change, type SchemaPart } from '#server/platform/tables.ts'

// Who writes an entry chooses neither its time nor its place in the order.
const written =
  'actor_id, actor_name, actor_role, actor_area, action, outcome, object_kind, object_ref, household_ref, before, after, ' +
  'detail, reason, row_count, address, user_agent, request_id'
const addsAndReads = `select, insert (${written})`

export const schema: SchemaPart = {
  tables: {
    audit_entry: {
      level: 'local',
      seen: ofAuditOrHousehold,
      adds: 'anything',
      app: addsAndReads,
      work: addsAndReads,
      auth: `insert (${written})`,
    },
    audit_pending: { level: 'local', work: 'select, delete' },
    audit_seal: { level: 'local', seen: forAudit, app: 'select', work: 'select, insert' },
    audit_verification: { level: 'local', work: change },
    audit_alarm: { level: 'local', seen: ofAudit, app: 'select, update', work: change },
  },
}
