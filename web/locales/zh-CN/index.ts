import { common } from './common.ts'

/** What every page needs, loaded at the start; the rest comes with its page. */
export const resources = { common }
