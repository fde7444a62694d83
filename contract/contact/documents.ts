import type { CaseKind, CaseStep } from '../work/cases.ts'

/** Forms of a case as Word files, made from templates that an office may replace. */
export const caseDocuments = [
  'verification-form',
  'authorisation-form',
  'review-minutes',
  'publicity-notice',
  'township-audit-form',
  'county-approval-form',
  'announcement-notice',
  'resolution-form',
] as const
export type CaseDocument = (typeof caseDocuments)[number]

const common: Partial<Record<CaseStep, readonly CaseDocument[]>> = {
  verify: ['verification-form'],
  review: ['review-minutes'],
  publicity: ['publicity-notice'],
  'township-audit': ['township-audit-form'],
  'county-approval': ['county-approval-form'],
  announce: ['announcement-notice'],
}

/** Which forms belong to which step. */
export const documentsOf: Record<CaseKind, Partial<Record<CaseStep, readonly CaseDocument[]>>> = {
  identification: { ...common, authorise: ['authorisation-form'] },
  resolution: { ...common, review: ['resolution-form', 'review-minutes'] },
}
