import { common } from './common.ts'

export const resources = { common }
