import { forAudit, ofAudit } from '#server/platform/policies.ts'
import { change, type SchemaPart } from '#server/platform/tables.ts'

export const schema: SchemaPart = {
  module: 'audit',
  tables: {
    audit_pending: { level: 'local', work: 'select, delete' },
    audit_seal: { level: 'local', seen: forAudit, app: 'select', work: 'select, insert' },
    audit_verification: { level: 'local', work: change },
    audit_alarm: { level: 'local', seen: ofAudit, app: 'select, update', work: change },
  },
}
