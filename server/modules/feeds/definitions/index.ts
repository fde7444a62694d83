import { comparisonResult } from './comparison-result.ts'
import { complaint } from './complaint.ts'
import { disability } from './disability.ts'
import { dwelling } from './dwelling.ts'
import { employment } from './employment.ts'
import { household } from './household.ts'
import { illness } from './illness.ts'
import { income } from './income.ts'
import { allowedValues, type FeedDefinition } from './kit.ts'
import { medicalInsurance } from './medical-insurance.ts'
import { medicalSettlement } from './medical-settlement.ts'
import { member } from './member.ts'
import { schoolEnrolment } from './school-enrolment.ts'
import { socialAssistance } from './social-assistance.ts'
import { water } from './water.ts'

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
