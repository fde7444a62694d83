import { schema as plans } from '#server/modules/assistance/tables.ts'
import { schema as declarations } from '#server/modules/contact/declarations/tables.ts'
import { schema as field } from '#server/modules/field/tables.ts'
import { schema as cases } from '#server/modules/procedures/tables.ts'
import { schema as visits } from '#server/modules/visits/tables.ts'
import type { SchemaPart } from '#server/platform/tables.ts'
import { schema as clues } from './tables.ts'

export const schema: readonly SchemaPart[] = [clues, visits, cases, plans, declarations, field]
