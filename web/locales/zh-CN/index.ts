import { clues } from './clues.ts'
import { common } from './common.ts'

export const resources = { common, clues }
export { later } from './later.ts'
