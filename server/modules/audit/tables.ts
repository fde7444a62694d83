import { forAudit, ofAudit } from '#server/platform/database/rights/policies.ts'
import { changeOnly, recordsWho, type SchemaPart } from '#server/platform/database/rights/tables.ts'

export const schema: SchemaPart = {
  tables: {
    audit_pending: { level: 'local', work: 'select, delete' },
    audit_seal: { level: 'local', seen: forAudit, app: 'select', work: 'select, insert' },
    audit_verification: { level: 'local', work: changeOnly('checked', 'finished_at', 'wrong') },
    audit_anchor: {
      level: 'local',
      work: changeOnly('seq', 'anchored_at', 'copied_seq', 'copied_at', 'problem'),
    },
    audit_alarm: {
      level: 'local',
      seen: ofAudit,
      app: 'select, update (acknowledged_by, acknowledged_at, reason)',
      work: changeOnly('to_at', 'count', 'detail'),
    },
  },
  kept: {
    audit: ['audit_alarm'],
    nobody: ['audit_pending', 'audit_seal', 'audit_verification', 'audit_anchor'],
  },
  stays: {
    'audit_alarm.acknowledged_by': recordsWho,
  },
}
