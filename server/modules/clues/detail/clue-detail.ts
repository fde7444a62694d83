import type { z } from 'zod'
import type { Cause, RiskLevel } from '#contract/common.ts'
import { addDays } from '#contract/days.ts'
import { placeOfRow } from '#contract/feeds/place-of-row.ts'
import type { Clue, Evidence, Signal } from '#contract/work/clues.ts'
import type { AreaScope } from '#server/modules/divisions/index.ts'
import { findFeed } from '#server/modules/feeds/index.ts'
import {
  getParameter,
  type PolicyPack,
  resolveParameters,
  type Values,
} from '#server/modules/policy/index.ts'
import type { Figures } from '#server/modules/policy/rules/index.ts'
import { describeEvidence, explainSignal, indicators, packOn } from '#server/modules/screening/index.ts'
import { whyUndecided, whyUnknown } from '#server/modules/screening/unknown/index.ts'
import type { Db } from '#server/platform/database/db.ts'
import { AppError } from '#server/platform/errors.ts'
import type { CaseworkDeps } from '../list/clue-list.ts'
import { type ClueRecord, findClueRecord, present } from '../list/clue-queries.ts'
import type { Actor } from '../work/locked-clues.ts'
import { findReceivers } from '../work/receivers.ts'
import { handOverStep } from '../work/rules.ts'
import { findOwnHandOvers } from '../work/withdraw.ts'
import {
  type EvidenceRecord,
  findFigures,
  listEvidence,
  listMemberSummary,
  listOpenBatches,
  listOtherClues,
  listReports,
  listSignals,
  listTimeline,
  type SignalRecord,
} from './detail-queries.ts'

/** One clue as a story: who, why, on what evidence, what happened since, what would clear it; `not-found` outside the scope. */
export async function getClue(
  { database: { db }, clock }: Pick<CaseworkDeps, 'database' | 'clock'>,
  scope: AreaScope,
  id: string,
  me?: Pick<Actor, 'userId' | 'area'>,
): Promise<z.infer<typeof Clue>> {
  const today = clock.today()
  const record = await findClueRecord(db, scope, id, today)
  if (!record) throw new AppError('not-found', { what: 'clue' })
  const [signals, evidence, timeline, members, others, figures, reports, receivers, own] = await Promise.all([
    listSignals(db, record),
    listEvidence(db, record),
    listTimeline(db, record),
    listMemberSummary(db, record, today),
    listOtherClues(db, record),
    findFigures(db, record),
    listReports(db, record),
    findReceivers(db, scope, [record.township, record.village]),
    me ? findOwnHandOvers(db, [id], me) : [],
  ])
  const openable = await listOpenBatches(
    db,
    scope,
    evidence.flatMap(({ batch }) => batch ?? []),
  )
  const shown = evidence.map((row) => ({
    ...row,
    batch: row.batch && openable.has(row.batch) ? row.batch : null,
  }))
  const pack = packOn(today)
  const values = resolveParameters(pack, today, record.county * 1e6)
  return {
    ...present(record),
    signals: signals.map((signal) =>
      presentSignal(
        pack,
        signal,
        record,
        shown.filter((row) => row.signalId === signal.id),
        getParameter(values, 'signalKept'),
      ),
    ),
    reports,
    visit: record.visitId,
    case: record.caseId,
    timeline,
    memberSummary: members,
    others: others.map((other) => ({
      ...other,
      cause: other.cause as Cause,
      level: other.level as RiskLevel,
    })),
    cannotJudge: figures
      ? await undecidedRules(db, record, figuresByName(figures), { pack, day: today, values })
      : [],
    defaultDeadlineWorkingDays: getParameter(values, 'verificationLimit'),
    receivers: receivers.filter(({ to }) => handOverStep(record, to) !== undefined),
    mayWithdraw: own.length > 0,
  }
}

function presentSignal(
  pack: PolicyPack,
  signal: SignalRecord,
  { headName }: ClueRecord,
  evidence: EvidenceRecord[],
  keptDays: number,
): Signal {
  const explained = explainSignal(pack, signal, { zh: headName, en: headName })
  return {
    id: String(signal.id),
    rule: signal.rule,
    ruleVersion: signal.ruleVersion,
    ruleTitle: explained.title,
    level: signal.level,
    sentence: explained.sentence,
    measure: explained.measure,
    clears: explained.clears,
    source: explained.source,
    raisedOn: signal.openedOn,
    clearedOn: signal.clearedOn,
    ended: signal.ended,
    silent:
      signal.silentSince === null || signal.clearedOn !== null
        ? null
        : { since: signal.silentSince, keptUntil: addDays(signal.silentSince, keptDays) },
    evidence: evidence.flatMap(presentEvidence),
  }
}

function presentEvidence(row: EvidenceRecord): Evidence[] {
  const feed = findFeed(row.feed)
  if (!feed) return []
  const { batch, fileName, person } = row
  const { sheet, row: rowNo } = placeOfRow(row.rowNo, row.sheets)
  const { code, name, department } = feed
  const source = { feed: code, feedName: name, department, batch, fileName, sheet, rowNo, person }
  return [{ ...source, date: row.happenedOn, text: describeEvidence(row) }]
}

/** Figures by the names of the catalogue. */
function figuresByName(byColumn: Readonly<Record<string, number | boolean | null>>): Figures {
  return Object.fromEntries(indicators.map(({ name, column }) => [name, byColumn[column] ?? null]))
}

/** Rules nobody can judge for this household today, each with why. */
async function undecidedRules(
  db: Db,
  record: ClueRecord,
  figures: Figures,
  { pack, day, values }: { pack: PolicyPack; day: string; values: Values },
): Promise<z.infer<typeof Clue>['cannotJudge']> {
  const reasons = await whyUnknown(db, record, figures, { pack, day })
  return whyUndecided(pack, values, figures, reasons).map(({ rule: { id, title }, because }) => ({
    ...{ rule: id, title, because },
  }))
}
