import { disability } from './health/disability.ts'
import { illness } from './health/illness.ts'
import { medicalInsurance } from './health/medical-insurance.ts'
import { medicalSettlement } from './health/medical-settlement.ts'
import { allowedValues, type FeedDefinition } from './kit.ts'
import { dwelling } from './living/dwelling.ts'
import { employment } from './living/employment.ts'
import { schoolEnrolment } from './living/school-enrolment.ts'
import { water } from './living/water.ts'
import { household } from './registry/household.ts'
import { income } from './registry/income.ts'
import { member } from './registry/member.ts'
import { comparisonResult } from './relief/comparison-result.ts'
import { complaint } from './relief/complaint.ts'
import { socialAssistance } from './relief/social-assistance.ts'

/** Every feed there is; a new one is added here. */
export const feeds: readonly FeedDefinition[] = [
  household,
  member,
  income,
  medicalSettlement,
  medicalInsurance,
  illness,
  schoolEnrolment,
  dwelling,
  water,
  socialAssistance,
  disability,
  employment,
  comparisonResult,
  complaint,
]

const byCode = new Map(feeds.map((feed) => [feed.code, feed]))

export function findFeed(code: string): FeedDefinition | undefined {
  return byCode.get(code)
}

/** What a department needs to know to fill a file of each feed. */
export function describeFeeds() {
  return feeds.map((feed) => ({
    code: feed.code,
    name: feed.name,
    department: feed.department,
    cadence: feed.cadence,
    grain: feed.grain,
    columns: feed.columns.map((column) => ({
      key: column.key,
      header: column.header,
      label: column.label,
      aliases: column.aliases,
      type: column.type,
      required: column.required,
      allowed: allowedValues(column),
    })),
  }))
}
