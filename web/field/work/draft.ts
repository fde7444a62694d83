import type { Cause, Department } from '#contract/common.ts'
import type { Signature } from '#contract/work/visit-proof.ts'
import type { ClueOutcome, ExcludeReason, Visit, VisitItemKey, VisitReport } from '#contract/work/visits.ts'

/** The items in the order of the form; the build fails when the contract names another. */
export const itemKeys = [
  'food',
  'clothing',
  'education',
  'medical',
  'housing',
  'water',
  'income',
  'spending',
  'self-help',
] as const satisfies readonly VisitItemKey[]

export type ItemResult = VisitReport['items'][number]['result']
export type SignatureOf = Signature['who']
export const nobody = 'nobody'

export interface DraftFinding {
  outcome: ClueOutcome | null
  reason: ExcludeReason | null
  note: string
  /** What shows that a department solved it; missing in drafts of older versions. */
  proof?: { department: Department | null; doneOn: string; document: string } | null
}

export interface PhotoMeta {
  id: string
  size: number
  sha256: string
}

/** A visit on its way; kept at every change. */
export interface Draft {
  visit: string
  version: number
  report: string
  startedAt: string
  step: string
  secondVisitor: string
  met: string | typeof nobody | null
  items: Partial<Record<VisitItemKey, { result: ItemResult | null; note: string }>>
  /** Null: as known. */
  incomePerHeadFen: number | null
  rigidSpendingFen: number | null
  findings: Record<string, DraftFinding>
  /** The key distinguishes them while they are edited. */
  newRisks: { key: string; cause: Cause; note: string }[]
  remark: string
  position: VisitReport['position']
  photos: PhotoMeta[]
  signatures: Partial<Record<SignatureOf, Signature['strokes']>>
}

export function newDraft(visit: Pick<Visit, 'id' | 'version'>, now: Date): Draft {
  return {
    visit: visit.id,
    version: visit.version,
    report: crypto.randomUUID(),
    startedAt: now.toISOString(),
    step: 'who',
    secondVisitor: '',
    met: null,
    items: {},
    incomePerHeadFen: null,
    rigidSpendingFen: null,
    findings: {},
    newRisks: [],
    remark: '',
    position: null,
    photos: [],
    signatures: {},
  }
}

/** The way through a visit, one thing at a time. */
export function stepsOf(visit: Pick<Visit, 'clues'>): string[] {
  return [
    'who',
    ...itemKeys.map((item) => `item:${item}`),
    ...visit.clues.map(({ id }) => `clue:${id}`),
    'risks',
    'evidence',
    'signatures',
    'review',
  ]
}

export type Lack =
  | 'second-visitor'
  | 'second-visitor-self'
  | 'met'
  | 'result'
  | 'item-note'
  | 'outcome'
  | 'exclude-reason'
  | 'finding-note'
  | 'finding-proof'
  | 'risk-note'
  | 'signature-first'
  | 'signature-second'

/** What a step still lacks; empty when it is done. */
export function lacksOf(draft: Draft, step: string, ownName: string): Lack[] {
  const [kind = '', id = ''] = step.split(/:(.*)/s)
  if (kind === 'who') {
    const second = draft.secondVisitor.trim()
    return [
      ...(second === '' ? (['second-visitor'] as const) : []),
      ...(second !== '' && second === ownName.trim() ? (['second-visitor-self'] as const) : []),
      ...(draft.met === null ? (['met'] as const) : []),
    ]
  }
  if (kind === 'item') {
    const found = draft.items[id as VisitItemKey]
    if (!found?.result) return ['result']
    return found.result === 'problem' && found.note.trim() === '' ? ['item-note'] : []
  }
  if (kind === 'clue') return lacksOfFinding(draft.findings[id])
  if (kind === 'risks') return draft.newRisks.some(({ note }) => note.trim() === '') ? ['risk-note'] : []
  if (kind === 'signatures') {
    return [
      ...(draft.signatures['first-visitor'] ? [] : (['signature-first'] as const)),
      ...(draft.signatures['second-visitor'] ? [] : (['signature-second'] as const)),
    ]
  }
  return []
}

function lacksOfFinding(finding: DraftFinding | undefined): Lack[] {
  if (!finding?.outcome) return ['outcome']
  if (finding.outcome === 'exclude') {
    if (finding.reason === null) return ['exclude-reason']
    return finding.reason === 'other' && finding.note.trim() === '' ? ['finding-note'] : []
  }
  if (finding.outcome !== 'solved') return []
  return [
    ...(finding.note.trim() === '' ? (['finding-note'] as const) : []),
    ...(wholeProof(finding) ? [] : (['finding-proof'] as const)),
  ]
}

/** The proof once all of it is there; only what is called solved has one. */
function wholeProof({ outcome, proof }: DraftFinding): VisitReport['findings'][number]['proof'] {
  const { department, doneOn = '', document = '' } = proof ?? {}
  if (outcome !== 'solved' || !department || doneOn === '' || document.trim() === '') return null
  return { department, doneOn, document: document.trim() }
}

export function lackingSteps(draft: Draft, visit: Pick<Visit, 'clues'>, ownName: string): string[] {
  return stepsOf(visit).filter((step) => lacksOf(draft, step, ownName).length > 0)
}

export interface Names {
  own: string
  /** Whoever signs for the household. */
  household: string
}

/** The report as it is handed in; only for a draft that lacks nothing. */
export function toReport(
  draft: Draft,
  visit: Pick<Visit, 'clues'>,
  names: Names,
  endedAt: Date,
): VisitReport {
  const signer: Record<SignatureOf, string> = {
    'first-visitor': names.own,
    'second-visitor': draft.secondVisitor.trim(),
    household: names.household,
  }
  return {
    report: draft.report,
    startedAt: draft.startedAt,
    endedAt: endedAt.toISOString(),
    secondVisitor: draft.secondVisitor.trim(),
    met: draft.met === nobody ? null : draft.met,
    items: itemKeys.flatMap((item) => {
      const found = draft.items[item]
      return found?.result ? [{ item, result: found.result, note: found.note.trim() }] : []
    }),
    incomePerHeadFen: draft.incomePerHeadFen,
    rigidSpendingFen: draft.rigidSpendingFen,
    findings: visit.clues.flatMap(({ id }) => {
      const finding = draft.findings[id]
      if (!finding?.outcome) return []
      const { outcome, note } = finding
      const reason = outcome === 'exclude' ? finding.reason : null
      return [{ clue: id, outcome, reason, note: note.trim(), proof: wholeProof(finding) }]
    }),
    newRisks: draft.newRisks.map(({ cause, note }) => ({ cause, note: note.trim() })),
    remark: draft.remark.trim(),
    position: draft.position,
    photos: draft.photos.map(({ id }) => id),
    signatures: (Object.keys(signer) as SignatureOf[]).flatMap((who) => {
      const strokes = draft.signatures[who]
      return strokes && strokes.length > 0 ? [{ who, name: signer[who], strokes }] : []
    }),
  }
}

/** Back to a form: a report that has to be looked through again on another version of its visit. */
export function draftOfReport(
  report: VisitReport,
  visit: Pick<Visit, 'id' | 'version'>,
  photos: PhotoMeta[],
): Draft {
  return {
    visit: visit.id,
    version: visit.version,
    report: report.report,
    startedAt: report.startedAt,
    step: 'review',
    secondVisitor: report.secondVisitor,
    met: report.met ?? nobody,
    items: Object.fromEntries(report.items.map(({ item, result, note }) => [item, { result, note }])),
    incomePerHeadFen: report.incomePerHeadFen,
    rigidSpendingFen: report.rigidSpendingFen,
    findings: Object.fromEntries(
      report.findings.map(({ clue, outcome, reason, note, proof }) => [
        clue,
        { outcome, reason, note, proof },
      ]),
    ),
    newRisks: report.newRisks.map((risk) => ({ key: crypto.randomUUID(), ...risk })),
    remark: report.remark,
    position: report.position,
    photos,
    signatures: Object.fromEntries(report.signatures.map(({ who, strokes }) => [who, strokes])),
  }
}

/** Whether a report answers exactly the clues a visit has now. */
export function fitsVisit(report: VisitReport, visit: Pick<Visit, 'clues'>): boolean {
  const answered = new Set(report.findings.map(({ clue }) => clue))
  return answered.size === visit.clues.length && visit.clues.every(({ id }) => answered.has(id))
}
