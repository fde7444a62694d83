import type { z } from 'zod'
import { may } from '#contract/access/capabilities.ts'
import type { RiskLevel } from '#contract/common.ts'
import { isOverdue } from '#contract/work/standing.ts'
import type { ClueFinding, ClueOutcome, Visit, VisitReport, VisitRow } from '#contract/work/visits.ts'
import type { AreaScope } from '#server/modules/divisions/index.ts'
import { stripOf } from '#server/modules/registry/index.ts'
import { AppError } from '#server/platform/errors.ts'
import type { RequestDeps, Requester } from '#server/platform/http/rpc.ts'
import { readCards } from './card.ts'
import {
  findVisitRecord,
  listPhotoRecords,
  listReportRecords,
  listVisitClues,
  type ReportRecord,
  type VisitClue,
  type VisitRecord,
} from './queries.ts'

export type VisitDeps = Pick<
  RequestDeps,
  'database' | 'clock' | 'audit' | 'vault' | 'masks' | 'fileDirectory'
>
export type Actor = Pick<Requester, 'userId' | 'name' | 'role' | 'area'>

const levels: readonly RiskLevel[] = ['red', 'orange', 'yellow']

export function presentRow(
  record: VisitRecord,
  clues: readonly VisitClue[],
  { today, me }: { today: string; me: Pick<Actor, 'userId'> },
): VisitRow {
  const { id, groupName, purpose, state, dueOn, version, visitor, visitorName, levelRank } = record
  return {
    ...{ id, groupName, purpose, state, dueOn, version },
    household: stripOf(record),
    level: levelRank === null ? null : (levels[levelRank - 1] ?? null),
    clues: clues
      .filter(({ visitId }) => visitId === id)
      .map(({ id: clue, cause, level, why }) => ({ id: clue, cause, level, why })),
    overdue: isOverdue({ dueOn, isOpen: state === 'planned' }, today),
    visitor: { name: visitorName, mine: visitor === me.userId },
  }
}

/** One visit of the scope; `not-found` outside it. */
export async function getVisit(deps: VisitDeps, scope: AreaScope, me: Actor, id: string): Promise<Visit> {
  const record = await findVisitRecord(deps.database.db, scope, id)
  const [visit] = record ? await presentVisits(deps, me, [record]) : []
  if (!visit) throw new AppError('not-found', { what: 'visit' })
  return visit
}

/** Whole visits with what is known of their households, in a fixed number of queries. */
export async function presentVisits(
  deps: VisitDeps,
  me: Actor,
  records: readonly VisitRecord[],
): Promise<Visit[]> {
  const { db } = deps.database
  const today = deps.clock.today()
  const [clues, cards, reports, photos] = await Promise.all([
    listVisitClues(db, records),
    readCards(deps, records),
    listReportRecords(db, records),
    listPhotoRecords(db, records),
  ])
  return records.flatMap((record) => {
    const card = cards.get(record.householdId)
    const report = reports.find(({ visitId }) => visitId === record.id)
    const own = photos.filter(({ visitId }) => visitId === record.id)
    if (!card) return []
    return [
      {
        ...presentRow(record, clues, { today, me }),
        card,
        report: report ? presentReport(deps, report, own) : null,
        photos: own.map(({ id, size, received }) => ({ id, size, received })),
        decided: presentDecision(record, clues),
        closedNote: record.closedNote,
        mayDecide:
          may(me.role, 'visit.decide') &&
          record.state === 'reported' &&
          report !== undefined &&
          !wasThere(me, report),
        mayReport: may(me.role, 'visit.report') && record.state === 'planned' && record.visitor === me.userId,
      },
    ]
  })
}

const outcomes: Record<string, ClueOutcome> = {
  confirmed: 'confirm',
  excluded: 'exclude',
  solved: 'solved',
}

/** What became of each clue the visit looked into; one that cleared by itself meanwhile was not decided. */
function presentDecision(
  { id, decidedBy, decidedAt }: VisitRecord,
  clues: readonly VisitClue[],
): Visit['decided'] {
  if (decidedAt === null) return null
  const decisions = clues.flatMap(
    ({ visitId, id: clue, state, outcomeReason, outcomeNote, outcomeProof: proof }) => {
      const outcome = visitId === id ? outcomes[state] : undefined
      const reason = outcomeReason as ClueFinding['reason']
      return outcome ? [{ clue, outcome, reason, note: outcomeNote ?? '', proof }] : []
    },
  )
  const own = clues.find(({ visitId, caseId }) => visitId === id && caseId !== null)
  return { by: decidedBy ?? '', at: decidedAt, decisions, case: own?.caseId ?? null }
}

/** Whoever was at the household decides nothing about it. */
export function wasThere(me: Actor, report: Pick<ReportRecord, 'byUser' | 'secondVisitor'>): boolean {
  return report.byUser === me.userId || report.secondVisitor === me.name
}

type Shown = NonNullable<z.infer<typeof Visit>['report']>

function presentReport({ vault }: VisitDeps, record: ReportRecord, photos: readonly { id: string }[]): Shown {
  const {
    report,
    reportedAt,
    startedAt,
    endedAt,
    secondVisitor,
    met,
    incomePerHeadFen,
    rigidSpendingFen,
    remark,
    newRisks,
  } = record
  const { latitude, longitude, accuracyMetres, signaturesCipher } = record
  return {
    ...{
      report,
      reportedAt,
      startedAt,
      endedAt,
      secondVisitor,
      met,
      incomePerHeadFen,
      rigidSpendingFen,
      remark,
      newRisks,
    },
    by: record.byName,
    clockAheadHours: Math.round(record.clockAheadSeconds / 360) / 10,
    items: record.items as VisitReport['items'],
    findings: record.findings as VisitReport['findings'],
    position:
      latitude === null || longitude === null
        ? null
        : { latitude, longitude, accuracyMetres: accuracyMetres ?? 0 },
    photos: photos.map(({ id }) => id),
    signatures: signaturesCipher
      ? (JSON.parse(vault.decrypt(signaturesCipher)) as VisitReport['signatures'])
      : [],
  }
}
