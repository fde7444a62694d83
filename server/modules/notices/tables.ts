import { ofAccount } from '#server/platform/database/rights/policies.ts'
import { change, recordsWho, type SchemaPart } from '#server/platform/database/rights/tables.ts'

export const schema: SchemaPart = {
  tables: { notice_mark: { level: 'shared', seen: ofAccount('user_id'), app: change } },
  kept: { accounts: ['notice_mark'] },
  stays: { 'notice_mark.user_id': recordsWho },
}
