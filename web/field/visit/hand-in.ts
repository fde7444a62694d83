import type { Visit } from '#contract/work/visits.ts'
import { forgetDraft, keepAgain } from '../device/keep-draft.ts'
import { applyChange, listRows, type Owner } from '../device/store.ts'
import { reportNow } from '../work/clock.ts'
import { type Draft, draftOfReport, type PhotoMeta, toReport } from '../work/draft.ts'
import type { OutboxItem, PhotoItem, ReportItem } from '../work/outbox.ts'

/** Household and place, so that one item is distinct from another. */
export const labelOf = ({ household, groupName }: Pick<Visit, 'household' | 'groupName'>) =>
  [household.headName, household.village.name, groupName].filter(Boolean).join(' ')

/** Puts the report and its photos into the outbox and ends the draft, all in one. */
export async function handIn(key: CryptoKey, owner: Owner, visit: Visit, draft: Draft): Promise<void> {
  const now = new Date()
  const met = visit.card.members.find(({ ref }) => ref === draft.met)
  const names = { own: owner.name, household: met?.name ?? visit.household.headName }
  const common = {
    visit: visit.id,
    household: labelOf(visit),
    state: 'waiting',
    attempts: 0,
    nextAt: 0,
    reason: null,
    madeAt: now.toISOString(),
    sentAt: null,
  } as const
  const report: ReportItem = {
    ...common,
    id: draft.report,
    kind: 'report',
    version: visit.version,
    report: toReport(draft, visit, names, reportNow()),
    present: null,
  }
  const known = new Set((await listRows(key, 'outbox')).map(({ id }) => id))
  const photos = draft.photos
    // Photos of a report that comes back from a conflict may be in the outbox or on the server already.
    .filter(({ id }) => !known.has(id))
    .map((photo): PhotoItem => ({ ...common, ...photo, kind: 'photo', sentBytes: 0 }))
  const items: OutboxItem[] = [report, ...photos]
  // A draft that is being written would otherwise come after its end.
  await keepAgain()
  forgetDraft(visit.id)
  await applyChange(key, {
    put: { outbox: items.map((item) => [item.id, item]) },
    remove: { drafts: [visit.id] },
  })
}

/** A report whose visit changed goes back to the form with what the visit is now. */
export async function backToForm(
  key: CryptoKey,
  { id, report }: ReportItem,
  present: Visit,
  photos: PhotoMeta[],
): Promise<void> {
  if (!report) return
  const draft = draftOfReport(report, present, photos)
  await applyChange(key, {
    put: { visits: [[present.id, present]], drafts: [[present.id, draft]] },
    // The photos belong to the form again, where one may still be taken out.
    remove: { outbox: [id, ...photos.map((photo) => photo.id)] },
  })
}
