import { accounts } from './accounts.ts'
import { clues } from './clues.ts'
import { divisions } from './divisions.ts'
import { batches, feeds } from './feeds.ts'
import { households } from './households.ts'
import { keys } from './keys.ts'
import { overview } from './overview.ts'
import { policy } from './policy.ts'
import { session } from './session.ts'

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
}
