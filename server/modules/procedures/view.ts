import { may } from '#contract/access/capabilities.ts'
import { placeOfRow } from '#contract/feeds/place-of-row.ts'
import type { Case, CaseRow, CaseStep, GuardCheck } from '#contract/work/cases.ts'
import type { AreaScope } from '#server/modules/divisions/index.ts'
import { sourceOf } from '#server/modules/policy/index.ts'
import { stripOf } from '#server/modules/registry/index.ts'
import { packOn } from '#server/modules/screening/index.ts'
import type { Actor } from '#server/modules/visits/index.ts'
import { AppError } from '#server/platform/errors.ts'
import type { RequestDeps } from '#server/platform/http/rpc.ts'
import { signersOf } from './conditions/authorisation.ts'
import { silentSources } from './conditions/comparison.ts'
import { type CaseFile, readCaseFile } from './conditions/facts.ts'
import { readResolutionFacts } from './conditions/resolution-facts.ts'
import {
  bearsSurname,
  checksOf,
  isResponsible,
  naturalChecks,
  resolutionChecks,
  responsible,
} from './conditions/rules.ts'
import { type CaseRecord, findCaseRecord } from './queries.ts'

export function presentCaseRow(record: CaseRecord): CaseRow {
  const {
    id,
    kind,
    state,
    step,
    causes,
    openedOn,
    dueOn,
    totalDueOn,
    overdue,
    greenChannel,
    pausedOn,
    decided,
  } = record
  return {
    ...{ id, kind, state, step, causes, openedOn, dueOn, totalDueOn, overdue, greenChannel },
    household: stripOf(record),
    category: decided,
    paused: pausedOn !== null,
  }
}

/** One case of the scope with the guards of its next step; `not-found` outside it. */
export async function getCase(
  { database: { db }, clock }: Pick<RequestDeps, 'database' | 'clock'>,
  scope: AreaScope,
  me: Actor,
  id: string,
): Promise<Case> {
  const today = clock.today()
  const record = await findCaseRecord(db, scope, id, today)
  if (!record) throw new AppError('not-found', { what: 'case' })
  const file = await readCaseFile(db, record, me, today)
  const checks = record.step ? checksOf(record.step, file.facts) : []
  if (record.kind === 'resolution' && record.step === 'county-approval') {
    const facts = await readResolutionFacts(db, record, today)
    checks.push(...(record.way === 'natural' ? naturalChecks(facts) : resolutionChecks(facts)))
  }
  return present(file, checks, await silentSources(db, record, { scopes: file.scopes, today }))
}

function present(file: CaseFile, checks: GuardCheck[], silent: Case['silentSources']): Case {
  const { record, entries, objections, clues, scopes, facts } = file
  const { step, visitId, comparedAt, publicityFrom, publicityUntil, publicityPlace } = record
  const pack = packOn(record.openedOn)
  return {
    ...presentCaseRow(record),
    clues,
    visit: visitId,
    entries: entries.map(({ step: done, at, by, details, result }) => ({
      step: done,
      at,
      by: by ?? '',
      details,
      result,
    })),
    flags: presentFlags(file),
    comparedAt,
    silentSources: silent,
    objections: objections.map(({ takenBy, ...objection }) => ({
      ...objection,
      mine: takenBy === facts.actor.userId,
    })),
    publicity:
      publicityFrom && publicityUntil
        ? { from: publicityFrom, to: publicityUntil, place: publicityPlace ?? '' }
        : null,
    authorisedScopes: scopes,
    signers: signersOf(file.people, facts.today, record.county).map(({ ref, name, age }) => ({
      ref,
      name,
      age,
    })),
    checks,
    responsible: step ? { role: responsible[step].roles[0], place: placeOf(record, step) } : null,
    mayAct: step !== null && may(facts.actor.role, 'case.act') && isResponsible(facts.actor.role, step),
    sameSurname: bearsSurname(facts),
    policy: { id: pack.id, title: pack.title },
  }
}

function presentFlags({ flags, record }: CaseFile): Case['flags'] {
  const pack = packOn(record.openedOn)
  return flags.flatMap((flag) => {
    const item = pack.checklist.find(({ id }) => id === flag.item)
    if (!item) return []
    const {
      id,
      person,
      fileName,
      rowNo: number,
      sheets,
      veto,
      explanation,
      explainedBy,
      decision,
      decisionReason,
      decidedBy,
    } = flag
    const { sheet, row: rowNo } = number === null ? { sheet: null, row: null } : placeOfRow(number, sheets)
    return [
      {
        ...{
          id,
          person,
          fileName,
          sheet,
          rowNo,
          veto,
          explanation,
          explainedBy,
          decision,
          decisionReason,
          decidedBy,
        },
        item: flag.item,
        title: item.title,
        source: sourceOf(pack, item),
        text: { zh: flag.textZh, en: flag.textEn },
      },
    ]
  })
}

function placeOf(record: CaseRecord, step: CaseStep): string {
  const { level } = responsible[step]
  if (level === 'county') return record.countyName
  return level === 'township' ? record.townshipName : record.villageName
}
