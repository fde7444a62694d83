import { accounts } from './accounts.ts'
import { audit } from './audit.ts'
import { cases } from './cases.ts'
import { categories } from './categories.ts'
import { clues } from './clues.ts'
import { declarations } from './declarations.ts'
import { divisions } from './divisions.ts'
import { exports } from './exports.ts'
import { batches, feeds } from './feeds.ts'
import { field } from './field.ts'
import { households } from './households.ts'
import { keys } from './keys.ts'
import { letters } from './letters.ts'
import { overview } from './overview.ts'
import { corrections, ownRecord } from './own-record.ts'
import { plans } from './plans.ts'
import { policy } from './policy.ts'
import { retention } from './retention.ts'
import { breakGlass, secrets } from './secrets.ts'
import { session } from './session.ts'
import { visits } from './visits.ts'
import { workbench } from './workbench.ts'

/** Every typed route below `/api`; streams of files stand in `streams.ts`. */
export const contract = {
  session,
  accounts,
  divisions,
  overview,
  clues,
  households,
  feeds,
  batches,
  policy,
  keys,
  audit,
  exports,
  secrets,
  breakGlass,
  ownRecord,
  corrections,
  retention,
  visits,
  cases,
  categories,
  workbench,
  plans,
  field,
  declarations,
  letters,
}
