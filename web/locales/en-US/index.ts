import { clues } from './clues.ts'
import { common } from './common.ts'
import { households } from './households.ts'
import { overview } from './overview.ts'
import { policy } from './policy.ts'

export const resources = { common, overview, clues, households, policy }
export { later } from './later.ts'
