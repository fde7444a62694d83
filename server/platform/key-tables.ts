import { change, everything, type Tables } from './tables.ts'

export const platformTables: Tables = {
  migration: { level: 'local', work: 'select' },
  key_check: { level: 'local', work: everything },
  data_key: { level: 'local', work: change },
  kept_key: { level: 'local', work: 'select' },
  key_progress: { level: 'local', work: change },
}
