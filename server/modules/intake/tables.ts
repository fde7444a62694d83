import { factTable, feeds } from '#server/modules/feeds/index.ts'
import { householdRows } from '#server/platform/database/rights/kinds.ts'
import { forSignedIn, ofAccount, ofCounty, ofFile } from '#server/platform/database/rights/policies.ts'
import { change, everything, recordsWho, type SchemaPart } from '#server/platform/database/rights/tables.ts'

export const schema: SchemaPart = {
  tables: {
    batch: { level: 'shared', seen: ofFile, app: change, work: everything },
    batch_reject: { level: 'shared', seen: ofFile, app: 'select', work: everything },
    batch_review: { level: 'shared', seen: ofFile, app: 'select, update', work: everything },
    upload: { level: 'local', seen: ofAccount('received_by'), app: change, work: everything },
    feed_mapping: { level: 'shared', seen: forSignedIn, app: change, work: everything },
    feed_coverage: { level: 'household', seen: ofCounty, app: 'select', work: everything },
    batch_coverage: { level: 'household', seen: ofCounty, app: 'select', work: everything },
    waiting_refund: householdRows('select'),
    ...Object.fromEntries(feeds.map(({ table }) => [table, householdRows('select')])),
  },
  made: Object.fromEntries(feeds.map((feed) => [feed.table, factTable(feed)])),
  views: { batch_source: ['app', 'work'] },
  kept: {
    'uploads-never-imported': ['upload'],
    'received-files': ['batch'],
    'rejected-cells': ['batch_reject'],
    'review-cells': ['batch_review'],
    nobody: ['feed_coverage', 'batch_coverage', 'feed_mapping'],
    facts: [...feeds.map(({ table }) => table), 'waiting_refund'],
  },
  stays: {
    'batch.received_by': recordsWho,
    'batch.decided_by': recordsWho,
    'batch_review.decided_by': recordsWho,
    'feed_mapping.saved_by': recordsWho,
    'upload.received_by': 'a file half sent goes on from the same browser or not at all',
  },
}
