import { householdRows, partsOf } from '#server/platform/database/rights/kinds.ts'
import { append, change, recordsWho, type SchemaPart } from '#server/platform/database/rights/tables.ts'

export const schema: SchemaPart = {
  tables: {
    visit: householdRows(change),
    // What a visitor found is written once: a report gives way to another, its items and findings never change.
    visit_report: partsOf('visit', 'visit_id', 'select, insert, update (superseded)'),
    visit_item: partsOf('visit_report', 'report', append, 'report'),
    visit_finding: partsOf('visit_report', 'report', append, 'report'),
    visit_photo: partsOf('visit', 'visit_id', change),
    visit_photo_part: partsOf('visit_photo', 'photo_id', 'select, insert, update, delete'),
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
    'visit.decided_by': recordsWho,
    'visit_report.by_user': recordsWho,
    'visit_photo.taken_by': recordsWho,
    'visit_report.second_visitor': 'a name, of whoever came along',
  },
}
