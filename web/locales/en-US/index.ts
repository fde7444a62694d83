import { clues } from './clues.ts'
import { common } from './common.ts'
import { households } from './households.ts'
import { intake } from './intake.ts'
import { overview } from './overview.ts'
import { policy } from './policy.ts'

export const resources = { common, overview, clues, households, intake, policy }
export { later } from './later.ts'
