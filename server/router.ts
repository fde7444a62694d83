import { accountRoutes, sessionRoutes } from '#server/modules/access/index.ts'
import { auditRoutes } from '#server/modules/audit/index.ts'
import {
  caseRoutes,
  categoryRoutes,
  clueRoutes,
  declarationRoutes,
  fieldRoutes,
  householdRoutes,
  letterRoutes,
  overviewRoutes,
  planRoutes,
  visitRoutes,
  workbenchRoutes,
} from '#server/modules/clues/index.ts'
import { divisionRoutes } from '#server/modules/divisions/index.ts'
import { exportRoutes } from '#server/modules/exports/index.ts'
import { batchRoutes, feedRoutes } from '#server/modules/feeds/index.ts'
import {
  breakGlassRoutes,
  correctionRoutes,
  ownLetterRoutes,
  ownRecordRoutes,
  retentionRoutes,
  secretRoutes,
} from '#server/modules/rights/index.ts'
import { keyRoutes } from '#server/modules/rights/keys/key-routes.ts'
import { policyRoutes } from '#server/modules/screening/index.ts'

/** Every module's routes, by explicit import; the shape is the contract's. */
export const router = {
  session: sessionRoutes,
  accounts: accountRoutes,
  divisions: divisionRoutes,
  overview: overviewRoutes,
  clues: clueRoutes,
  households: householdRoutes,
  feeds: feedRoutes,
  batches: batchRoutes,
  policy: policyRoutes,
  keys: keyRoutes,
  audit: auditRoutes,
  exports: exportRoutes,
  secrets: secretRoutes,
  breakGlass: breakGlassRoutes,
  ownRecord: ownRecordRoutes,
  corrections: correctionRoutes,
  retention: retentionRoutes,
  visits: visitRoutes,
  cases: caseRoutes,
  categories: categoryRoutes,
  workbench: workbenchRoutes,
  plans: planRoutes,
  field: fieldRoutes,
  declarations: declarationRoutes,
  letters: { ...letterRoutes, ...ownLetterRoutes },
}
