import { ofAccountOrArea, ofHousehold } from '#server/platform/policies.ts'
import { append, change, type SchemaPart } from '#server/platform/tables.ts'

export const schema: SchemaPart = {
  module: 'exports',
  tables: {
    export: {
      level: 'shared',
      seen: ofAccountOrArea('requested_by', 'requester_area'),
      app: change,
      work: change,
    },
    export_item: { level: 'household', seen: ofHousehold(), follows: 'household', app: append, work: append },
  },
}
