import { sql } from 'kysely'
import type { Visit, VisitReport } from '#contract/work/visits.ts'
import { addReport } from '#server/modules/clues/index.ts'
import { noteClues, postponeClues } from '#server/modules/clues/writing/index.ts'
import { addDeadline } from '#server/modules/deadlines/index.ts'
import type { AreaScope } from '#server/modules/divisions/index.ts'
import { type Db, inTransaction } from '#server/platform/database/db.ts'
import { AppError } from '#server/platform/errors.ts'
import { maskNumbers } from '#server/platform/text.ts'
import { findVisitRecord, listVisitClues, type VisitClue, type VisitRecord } from '../queries.ts'
import { type Actor, getVisit, type VisitDeps } from '../view.ts'
import { changeVisit } from '../visit-writer.ts'
import { isProven, proofOf } from './proof.ts'

type Handed = VisitReport & { id: string; version: number }

/**
 * Takes in what was found. The same report a second time changes nothing. Throws `not-found`; `visit-changed` with the present
 * visit when it was called off, assigned to another, reported or changed since; `case-guard` two-visitors; `reason-required`;
 * `bad-request` (a clue without a finding, or a finding about another's clue).
 */
export async function reportVisit(
  deps: VisitDeps,
  scope: AreaScope,
  me: Actor,
  handed: Handed,
): Promise<Visit> {
  const { id } = handed
  const outcome = await inTransaction(deps.database, async ({ db }) => {
    const record = await findVisitRecord(db, scope, id, { forUpdate: true })
    if (!record) throw new AppError('not-found', { what: 'visit' })
    if (await isKnown(db, record, handed.report)) {
      deps.audit.nothing()
      return 'known'
    }
    if (record.state !== 'planned' || record.visitor !== me.userId || record.version !== handed.version)
      return 'changed'
    checkFindings(handed, await listVisitClues(db, [record]), { me, today: deps.clock.today() })
    const at = deps.clock.now()
    const due =
      record.purpose === 'verify' ? addDeadline(deps.clock.today(), record.county, 'decisionLimit') : null
    await insertReport(deps, db, record, me, handed)
    await changeVisit(db, record, { state: 'reported', decisionDueOn: due, reportedOn: deps.clock.today() })
    await noteFindings(db, record, { at, by: me.userId, due })
    for (const risk of handed.newRisks) await reportRisk(deps, db, record, me, risk)
    await deps.audit.record(db, {
      action: 'visits.report',
      object: { kind: 'visit', ref: id },
      household: record.ref,
      after: {
        findings: handed.findings.map(({ clue, outcome: stated, reason }) => ({
          clue,
          outcome: stated,
          reason,
        })),
      },
    })
    return 'taken'
  })
  const visit = await getVisit(deps, scope, me, id)
  if (outcome === 'changed') throw new AppError('visit-changed', { present: visit })
  return visit
}

async function isKnown(db: Db, { county }: VisitRecord, report: string): Promise<boolean> {
  const { rows } =
    await sql`select from visit_report where county = ${county} and report = ${report}::uuid`.execute(db)
  return rows.length > 0
}

function checkFindings(
  { findings, secondVisitor }: Handed,
  clues: readonly VisitClue[],
  { me, today }: { me: Actor; today: string },
) {
  if (secondVisitor === me.name) throw new AppError('case-guard', { guard: 'two-visitors' })
  const open = clues.filter(({ state }) => state === 'verifying').map(({ id }) => id)
  const named = new Set(findings.map(({ clue }) => clue))
  if (
    named.size !== findings.length ||
    open.some((clue) => !named.has(clue)) ||
    findings.some(({ clue }) => !open.includes(clue))
  )
    throw new AppError('bad-request', { findings: open })
  for (const finding of findings) {
    const { outcome, reason, note } = finding
    const lacking =
      outcome === 'exclude'
        ? reason === null || (reason === 'other' && note === '')
        : outcome === 'solved' && (note === '' || !isProven(finding, today))
    if (lacking) throw new AppError('reason-required', { outcome })
  }
}

async function insertReport(
  { vault, clock }: VisitDeps,
  db: Db,
  { county, id, householdId, village }: VisitRecord,
  me: Actor,
  handed: Handed,
) {
  const {
    report,
    startedAt,
    endedAt,
    secondVisitor,
    met,
    incomePerHeadFen,
    rigidSpendingFen,
    position,
    signatures,
  } = handed
  const now = clock.now()
  const ahead = Math.max(0, Math.round((Date.parse(endedAt) - now.getTime()) / 1000))
  const signed = signatures.length > 0 ? vault.encrypt(JSON.stringify(signatures)) : null
  const risks = handed.newRisks.map(({ cause, note }) => ({ cause, note: maskNumbers(note) }))
  await sql`
    insert into visit_report (county, visit_id, household_id, village, report, by_user, reported_at, started_at,
      ended_at,
      clock_ahead_seconds, second_visitor, met_person, income_per_head_fen, rigid_spending_fen, remark, latitude,
      longitude,
      accuracy_metres, new_risks, signatures_cipher, photos)
    values (${county}, ${id}::uuid, ${householdId}, ${village}, ${report}::uuid, ${me.userId}, ${now}, ${startedAt},
      ${endedAt}, ${ahead},
      ${secondVisitor},
      (select p.id from person p where p.county = ${county} and p.household_id = ${householdId}
        and p.ref = ${met}::uuid),
      ${incomePerHeadFen}, ${rigidSpendingFen}, ${maskNumbers(handed.remark)}, ${position?.latitude ?? null},
      ${position?.longitude ?? null}, ${position?.accuracyMetres ?? null}, ${JSON.stringify(risks)}::jsonb, ${signed},
      ${handed.photos}::uuid[])`.execute(db)
  const items = handed.items.map(({ item, result, note }) => ({ item, result, note: maskNumbers(note) }))
  await sql`
    insert into visit_item (county, report, household_id, village, item, result, note)
    select ${county}, ${report}::uuid, ${householdId}, ${village}, item, result, note
    from jsonb_to_recordset(${JSON.stringify(items)}::jsonb) x (item text, result text, note text)`.execute(
    db,
  )
  const findings = handed.findings.map((finding) => ({
    ...finding,
    note: maskNumbers(finding.note),
    proof: proofOf(finding),
  }))
  await sql`
    insert into visit_finding (county, report, clue_id, household_id, village, outcome, reason, note, proof)
    select ${county}, ${report}::uuid, clue, ${householdId}, ${village}, outcome, reason, note, proof
    from jsonb_to_recordset(${JSON.stringify(findings)}::jsonb) x (clue uuid, outcome text, reason text, note text,
      proof jsonb)`.execute(db)
}

/** The clues wait for a decision now, and their timelines record what was found. */
async function noteFindings(
  db: Db,
  { county, id }: VisitRecord,
  { at, by, due }: { at: Date; by: string; due: string | null },
) {
  if (due !== null) await postponeClues(db, { county, id }, { due })
  await noteClues(
    db,
    { at, by },
    sql`
      select f.county, f.clue_id, 'visited', jsonb_strip_nulls(jsonb_build_object('outcome', f.outcome,
        'reason', f.reason, 'note', f.note, 'dueOn', ${due}::text))
      from visit_report r join visit_finding f on f.county = r.county and f.report = r.report
      where r.county = ${county} and r.visit_id = ${id}::uuid and not r.superseded`,
  )
}

function reportRisk(
  { clock }: VisitDeps,
  db: Db,
  { county, householdId, village, headName, headPinyin }: VisitRecord,
  me: Actor,
  { cause, note }: VisitReport['newRisks'][number],
) {
  return addReport(
    db,
    { county, id: householdId, village, headName, headPinyin },
    {
      ...{ channel: 'cadre', cause, text: maskNumbers(note), by: me, request: crypto.randomUUID() },
      ...{ now: clock.now(), today: clock.today() },
    },
  )
}
