import { hash } from 'node:crypto'
import type { ExportSources } from '#server/manifest/export-source.ts'
import type { HandoverPart } from '#server/manifest/handover.ts'
import type { IntakeHooks } from '#server/manifest/intake-hooks.ts'
import type { House, Module } from '#server/manifest/module.ts'
import type { NoticeDefinition } from '#server/manifest/notices.ts'
import type { RetentionParts } from '#server/manifest/retention.ts'
import type { TaskDefinition } from '#server/manifest/tasks.ts'
import type { PublishedPolicy } from '#server/modules/audit/index.ts'
import { TakenMeter } from '#server/modules/exports/index.ts'
import { getParameter, resolveParameters } from '#server/modules/policy/index.ts'
import { judgedDay, packOn } from '#server/modules/screening/index.ts'
import type { Clock } from '#server/platform/clock.ts'
import { householdMover } from '#server/platform/projections/move-households.ts'
import { type SecurityLimits, securityLimitKeys } from '#server/platform/security-limits.ts'
import { modules } from './modules.ts'

/** What the modules bring, with every part a module may leave out. */
const all: readonly Module[] = modules

/** What follows a merge, and what the policy allows of a file: the modules above the intake, passed to it as values. */
export function assembleIntake(clock: Clock): IntakeHooks {
  const steps = all.flatMap(({ afterMerge = [] }) => afterMerge)
  return {
    limits(day, division) {
      const values = resolveParameters(packOn(day), day, division)
      const share = (
        key:
          | 'feedRejectShareLimit'
          | 'feedDuplicateShareLimit'
          | 'feedUnmatchedShareLimit'
          | 'feedCoverageShare'
          | 'feedFigureEmptiedShareLimit',
      ) => getParameter(values, key) / 10_000
      return {
        rejectShare: share('feedRejectShareLimit'),
        duplicateShare: share('feedDuplicateShareLimit'),
        unmatchedShare: share('feedUnmatchedShareLimit'),
        holdMinimumRows: getParameter(values, 'feedHoldMinimumRows'),
        coverageShare: share('feedCoverageShare'),
        settlementToleranceFen: getParameter(values, 'medicalTotalTolerance'),
        figures: {
          shiftFactor: getParameter(values, 'feedFigureShiftFactor'),
          eventShiftFactor: getParameter(values, 'feedFigureEventShiftFactor'),
          minimumPairs: getParameter(values, 'feedFigureMinimumPairs'),
          minimumRows: getParameter(values, 'feedFigureMinimumRows'),
          emptiedShare: share('feedFigureEmptiedShareLimit'),
          unstatedMinimumFen: getParameter(values, 'feedFigureUnstatedMinimum'),
          medianMaximumFen: getParameter(values, 'feedFigureMedianMaximum'),
        },
      }
    },
    followSpells: (db, changed) => {
      for (const module of all) module.followSpells?.(db, changed)
    },
    moveHouseholds: householdMover(
      Object.assign({}, ...all.map(({ schema }) => schema?.tables)),
      all.flatMap(({ projections }) => projections ?? []),
    ),
    async afterMerge(session, merged) {
      const sum = { newSignals: 0, newClues: 0 }
      const asOf = merged.follows === 'screening' ? await judgedDay(session.db, merged.asOf) : merged.asOf
      for (const step of steps.filter(({ follows }) => follows === merged.follows)) {
        const { newSignals = 0, newClues = 0 } = await step.run(session, { ...merged, asOf }, clock)
        sum.newSignals += newSignals
        sum.newClues += newClues
      }
      return sum
    },
  }
}

/** What modules bring for each other, as the server, the command line and the tests hand it to the routes. */
export function assembleServices(clock: Clock) {
  const limits = securityLimits(clock)
  return {
    intake: assembleIntake(clock),
    tasks: all.flatMap(({ tasks = [] }) => tasks) as readonly TaskDefinition[],
    notices: all.flatMap(({ notices = [] }) => notices) as readonly NoticeDefinition[],
    handover: all.flatMap(({ handover = [] }) => handover) as readonly HandoverPart[],
    retention: Object.assign({}, ...all.map(({ retention }) => retention)) as RetentionParts,
    exportSources: Object.assign({}, ...all.map((module) => module.exports)) as ExportSources,
    exportLimits: limits,
    taken: new TakenMeter(limits, clock),
    secretLimits: limits,
  }
}

/** Starts the jobs of every module, from the lowest up. */
export async function startModules(house: House): Promise<void> {
  for (const { start } of all) await start?.(house)
}

/** What the policy of the day sets for signing in and accounts. */
export function securityLimits(clock: Clock): SecurityLimits {
  const values = resolveParameters(packOn(clock.today()), clock.today(), 340_000_000_000)
  return Object.fromEntries(securityLimitKeys.map((key) => [key, getParameter(values, key)])) as Record<
    (typeof securityLimitKeys)[number],
    number
  >
}

/** The policy of the day as the audit records it: identified by the digest of all its parameters and rules. */
export function publishedPolicy(clock: Clock): PublishedPolicy {
  const pack = packOn(clock.today())
  const parameters = Object.fromEntries(
    [...pack.parameters.values()].map(({ key, values, derived }) => [key, JSON.stringify(derived ?? values)]),
  )
  const digest = hash('sm3', JSON.stringify({ parameters, rules: pack.rules }))
  return { id: pack.id, digest, parameters }
}
