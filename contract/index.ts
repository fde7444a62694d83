import { accounts } from './access/accounts.ts'
import { session } from './access/session.ts'
import { declarations } from './contact/declarations.ts'
import { letters } from './contact/letters.ts'
import { batches, feeds } from './feeds/feeds.ts'
import { policy } from './feeds/policy.ts'
import { audit } from './protection/audit.ts'
import { exports } from './protection/exports.ts'
import { keys } from './protection/keys.ts'
import { operations } from './protection/operations.ts'
import { corrections, ownRecord } from './protection/own-record.ts'
import { retention } from './protection/retention.ts'
import { breakGlass, secrets } from './protection/secrets.ts'
import { categories } from './registry/categories.ts'
import { divisions } from './registry/divisions.ts'
import { households } from './registry/households.ts'
import { search } from './search.ts'
import { cases } from './work/cases.ts'
import { clues } from './work/clues.ts'
import { field } from './work/field.ts'
import { notices } from './work/notices.ts'
import { overview } from './work/overview.ts'
import { plans } from './work/plans.ts'
import { visits } from './work/visits.ts'
import { workbench } from './work/workbench.ts'

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
  operations,
  search,
  notices,
}
