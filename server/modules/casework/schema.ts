import type { SchemaPart } from '#server/platform/tables.ts'
import { schema as cases } from './cases/tables.ts'
import { schema as declarations } from './declarations/tables.ts'
import { schema as field } from './field/tables.ts'
import { schema as plans } from './plans/tables.ts'
import { schema as clues } from './tables.ts'
import { schema as visits } from './visits/tables.ts'

export const schema: readonly SchemaPart[] = [clues, visits, cases, plans, declarations, field]
