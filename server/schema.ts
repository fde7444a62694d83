import { schema as access } from '#server/modules/access/index.ts'
import { schema as audit } from '#server/modules/audit/index.ts'
import { schema as casework } from '#server/modules/clues/index.ts'
import { schema as divisions } from '#server/modules/divisions/index.ts'
import { schema as exports } from '#server/modules/exports/index.ts'
import { schema as feeds } from '#server/modules/feeds/index.ts'
import { schema as registry } from '#server/modules/registry/index.ts'
import { schema as rights } from '#server/modules/rights/index.ts'
import { schema as screening } from '#server/modules/screening/index.ts'
import { schema as platform } from '#server/platform/platform-tables.ts'
import type { SchemaPart } from '#server/platform/tables.ts'

/** What each module brings to the database, from the lowest up. */
export const schemaParts: readonly SchemaPart[] = [
  platform,
  divisions,
  access,
  audit,
  exports,
  registry,
  feeds,
  screening,
  ...casework,
  rights,
]
