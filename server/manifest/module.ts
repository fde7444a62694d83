import type { RawBuilder } from 'kysely'
import type { Clock } from '#server/platform/clock.ts'
import type { Session } from '#server/platform/database/db.ts'
import type { SchemaPart } from '#server/platform/database/rights/tables.ts'
import type { Services } from '#server/platform/http/rpc.ts'
import type { StreamHandlers } from '#server/platform/http/stream-route.ts'
import type { Jobs } from '#server/platform/jobs.ts'
import type { Projections } from '#server/platform/projections/definition.ts'
import type { HouseholdFollower } from '#server/platform/projections/due.ts'
import type { SecurityLimits } from '#server/platform/security-limits.ts'
import type { ExportSources } from './export-source.ts'
import type { HandoverPart } from './handover.ts'
import type { MergeStep } from './intake-hooks.ts'
import type { Questions, RouteName } from './leak-questions.ts'
import type { NoticeDefinition } from './notices.ts'
import type { RetentionParts } from './retention.ts'
import type { TaskDefinition } from './tasks.ts'

/** What background work receives when the server starts. */
export interface House {
  services: Services
  jobs: Jobs
  limits: SecurityLimits
  dataDirectory: string
}

/** Work of the night, in the transaction of the province's screening; the modules' steps run from the lowest up. */
export interface NightStep {
  /** Key of what it answers in the night's summary. */
  key: string
  run(session: Session, night: { clock: Clock }): Promise<unknown>
}

/** What one module brings. `server/assembly.ts` collects it from one list; a new module is one line there. */
export interface Module {
  name: string
  /** The tables it alone writes, and who may do what with them. */
  schema?: SchemaPart
  /** Handlers by group and name of the contract; a group may be shared by modules. */
  routes?: Readonly<Record<string, Readonly<Record<string, unknown>>>>
  streams?: Partial<StreamHandlers>
  /** Kinds of work: what is open for somebody to do, on every workbench, in the ladder and the reminders, and what was done. */
  tasks?: readonly TaskDefinition[]
  /** What somebody wants to know of: on the bell and the day's digest. */
  notices?: readonly NoticeDefinition[]
  /** What follows a merged batch, by what the feed's definition says follows it. */
  afterMerge?: readonly MergeStep[]
  night?: readonly NightStep[]
  /** What is counted and derived of its tables. */
  projections?: Projections
  /** What follows from changed spells of the registry, in the same transaction. */
  followSpells?: HouseholdFollower
  /** Once the night's transaction is over. */
  afterNight?(house: Pick<House, 'services' | 'jobs'>): Promise<void>
  /** Open work of an account that another can take over. */
  handover?: readonly HandoverPart[]
  /** How what the policy sets a time for is erased. */
  retention?: RetentionParts
  /** Lists that can be taken away as files. */
  exports?: ExportSources
  /** Received files its rows name, as a query of `ref` and `sm3` (null where no digest is known): a restore looks for each. */
  storedFiles?: RawBuilder<unknown>
  /** What the search for leaks asks its routes. */
  questions?: Questions
  /** Its routes that nothing is written down about in the audit, and why: they show and change nothing of people. */
  unwritten?: Readonly<Partial<Record<RouteName, string>>>
  /** Starts its jobs. */
  start?(house: House): Promise<void>
}
