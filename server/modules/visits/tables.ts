import { ofHousehold } from '#server/platform/database/rights/policies.ts'
import {
  append,
  change,
  everything,
  type SchemaPart,
  saysWho,
  type Table,
} from '#server/platform/database/rights/tables.ts'

const ofVisit = (key: 'visit_id' | 'report', app: string): Table => ({
  level: 'household',
  seen: ofHousehold(),
  follows:
    key === 'report'
      ? { through: 'visit_report', by: 'report', key: 'report' }
      : { through: 'visit', by: 'visit_id', key: 'id' },
  app,
  work: everything,
})

export const schema: SchemaPart = {
  tables: {
    visit: { level: 'household', seen: ofHousehold(), follows: 'household', app: change, work: everything },
    // What a visitor found is written once: a report gives way to another, its items and findings never change.
    visit_report: ofVisit('visit_id', 'select, insert, update (superseded)'),
    visit_item: ofVisit('report', append),
    visit_finding: ofVisit('report', append),
    visit_photo: ofVisit('visit_id', change),
    visit_photo_part: {
      level: 'household',
      seen: ofHousehold(),
      follows: { through: 'visit_photo', by: 'photo_id', key: 'id' },
      app: 'select, insert, update, delete',
      work: everything,
    },
  },
  functions: {
    'helpers_of(integer, bigint)': ['app', 'work'],
    'count_planned_visits(text, date, date)': ['app', 'work'],
  },
  kept: {
    'visit-photos': ['visit_photo'],
    'unfinished-photos': ['visit_photo_part'],
    'visit-traces': ['visit_report'],
    casework: ['visit', 'visit_item', 'visit_finding'],
  },
  stays: {
    'visit.settled_by': saysWho,
    'visit_report.by_user': saysWho,
    'visit_photo.taken_by': saysWho,
    'visit_report.second_visitor': 'a name, of whoever came along',
  },
}
